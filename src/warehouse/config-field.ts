import type { ExperimentConfig } from "./experiment-config.ts";

const OF_DOCUMENT = /^(control|treatments|name)\b|^metrics$/;
const OF_METRIC = /^metrics\[(\d+)\](.*)$/;
/** What a metric is; all else of it says what it is made of. */
const OF_DEFINITION = /^($|\.(name|kind|role|attributionDays)\b)/;

/** Where in a configuration stands what `summarySql` knows by another path. */
export function configField(config: ExperimentConfig, field: string): string {
  const { rows, metrics, plan } = config;
  const document = (own: string): string =>
    Object.hasOwn(config, own.split(/[[.]/)[0]!) || plan === undefined ? own : `plan.${own}`;
  if (OF_DOCUMENT.test(field)) return document(field);
  const [, index, part] = OF_METRIC.exec(field) ?? [];
  if (index === undefined || part === undefined) return `rows.${field}`;
  if (OF_DEFINITION.test(part)) return document(field);
  const { name } = (metrics ?? plan!.metrics)[Number(index)]!;
  return `rows.measures[${rows.measures.findIndex(({ metric }) => metric === name)}]${part}`;
}
