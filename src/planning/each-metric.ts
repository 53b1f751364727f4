import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { withinField } from "./within-field.ts";

/** Reads the metrics of a plan, at least one, with the place of each in the errors about it. */
export function eachMetric<Metric extends object, Read>(
  metrics: readonly Metric[],
  read: (metric: Metric) => Read,
): Read[] {
  if (!Array.isArray(metrics) || metrics.length === 0) {
    throw new DomainError("metrics", metrics, "must be an array with at least one metric");
  }
  return metrics.map((metric: Metric, i) => {
    checkObject(`metrics[${i}]`, metric);
    return withinField(`metrics[${i}]`, () => read(metric));
  });
}

/** What to mind of each metric, with its name. */
export function metricWarnings(
  metrics: readonly { readonly name: string; readonly warnings: readonly Warning[] }[],
): Warning[] {
  return metrics.flatMap(({ name, warnings }) =>
    warnings.map(({ code, message }) => ({ code, message: `On "${name}": ${message}` })),
  );
}
