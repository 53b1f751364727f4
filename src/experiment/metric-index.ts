import type { MetricDefinition } from "./metric-definition.ts";

/** The metrics of a document, found by name. */
export interface MetricIndex {
  readonly all: readonly MetricDefinition[];
  readonly byName: ReadonlyMap<string, MetricDefinition>;
  /** Undefined only in a document that is at fault. */
  readonly macro: MetricDefinition | undefined;
  readonly nestings: readonly Nesting[];
}

/** Two proportions, of which every unit with the inner one has the outer one too. */
export interface Nesting {
  readonly inner: MetricDefinition;
  readonly outer: MetricDefinition;
  /** How the document says so. */
  readonly said: string;
}

export function metricIndex(all: readonly MetricDefinition[]): MetricIndex {
  const byName = new Map(all.map((metric) => [metric.name, metric]));
  const macro = all.find(({ role }) => role === "macro");
  return { all, byName, macro, nestings: [...steps(all, byName), ...nestedProxies(all, macro)] };
}

function steps(all: readonly MetricDefinition[], byName: MetricIndex["byName"]): Nesting[] {
  return all.flatMap((inner) => {
    const outer = inner.previousStep === undefined ? undefined : byName.get(inner.previousStep);
    return outer === undefined ? [] : [{ inner, outer, said: "it is the step before" }];
  });
}

function nestedProxies(all: readonly MetricDefinition[], macro: MetricDefinition | undefined): Nesting[] {
  if (macro?.kind !== "proportion") return [];
  return all.flatMap((outer) =>
    outer.nested === true ? [{ inner: macro, outer, said: "the proxy is said to be nested" }] : [],
  );
}

/** The steps of the funnel that leads to a metric, itself the last; one alone where no step comes before. */
export function funnelTo(metric: MetricDefinition, byName: MetricIndex["byName"]): MetricDefinition[] {
  const funnel = [metric];
  for (let step = before(metric, byName); step !== undefined; step = before(step, byName)) {
    // A funnel that goes round in a circle is at fault, and must not hang the check that says so.
    if (funnel.includes(step)) break;
    funnel.unshift(step);
  }
  return funnel;
}

function before(
  { previousStep }: MetricDefinition,
  byName: MetricIndex["byName"],
): MetricDefinition | undefined {
  return previousStep === undefined ? undefined : byName.get(previousStep);
}

/** Whether every unit with the macro conversion has this one: the proxy says so, or it is a step on the way. */
export function isNested(
  proxy: MetricDefinition,
  { macro, byName }: Pick<MetricIndex, "macro" | "byName">,
): boolean {
  if (proxy.nested !== undefined || macro === undefined) return proxy.nested === true;
  return funnelTo(macro, byName).includes(proxy);
}
