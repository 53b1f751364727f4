import type { MetricKind } from "../core/metric-kind.ts";
import { resultSummary } from "./arm-results.ts";
import type { MetricResult, PartData } from "./experiment-data.ts";
import { duplicateFaults, type Fault, faultsAt, notNamed, type Path } from "./fault.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { MetricIndex } from "./metric-index.ts";
import { faultsOf } from "./passing.ts";
import { checkSummary } from "./summary-kind.ts";

/** Faults of the results of an arm, or of a part of it: each on its own, and against the steps before it. */
export function resultListFaults({ n, results }: PartData, index: MetricIndex, at: Path): Fault[] {
  const faults = duplicateFaults(
    results.map(({ metric }) => metric),
    (i) => [...at, "results", i, "metric"],
  );
  results.forEach((result, i) => {
    const metric = index.byName.get(result.metric);
    const found =
      metric === undefined
        ? [{ path: ["metric"], message: notNamed("one of the metrics", result.metric, index.byName.keys()) }]
        : resultFaults(result, metric, n);
    if (found.length > 0) faults.push(...faultsAt([...at, "results", i], found));
  });
  return [...faults, ...nestingFaults({ n, results }, index, at)];
}

/** A fault for each metric that a part does not hold. */
export function missingFaults(
  { results }: Pick<PartData, "results">,
  needed: readonly MetricDefinition[],
  at: Path,
): Fault[] {
  const held = new Set(results.map(({ metric }) => metric));
  return needed.flatMap(({ name }) =>
    held.has(name) ? [] : [{ path: [...at, "results"], message: `must hold the metric "${name}"` }],
  );
}

function resultFaults(result: MetricResult, metric: MetricDefinition, armN: number): Fault[] {
  const { n = armN } = result;
  const name = `"${metric.name}" is a ${metric.kind}`;
  const faults: Fault[] = [];
  if (n > armN) faults.push({ path: ["n"], message: `must be at most the arm's n = ${armN}` });
  for (const field of OWN_FIELDS[metric.kind]) {
    if (result[field] === undefined) faults.push({ path: [field], message: `is needed: ${name}` });
  }
  for (const field of RESULT_FIELDS) {
    if (result[field] === undefined || mayHold(metric.kind, field)) continue;
    faults.push({ path: [field], message: `does not belong here: ${name}` });
  }
  if (faults.length > 0) return faults;
  return n === 0
    ? emptyFaults(result)
    : faultsOf(() => checkSummary("", resultSummary(n, result, metric), metric.kind));
}

/** Where no unit is final, nothing can have been counted. */
function emptyFaults(result: MetricResult): Fault[] {
  return (["conversions", "events"] as const).flatMap((field) =>
    (result[field] ?? 0) > 0 ? [{ path: [field], message: "must be 0 where n = 0" }] : [],
  );
}

/** What a result of each kind must hold. */
const OWN_FIELDS = {
  proportion: ["conversions"],
  mean: ["mean", "variance"],
  ratio: ["numerator", "denominator", "covariance"],
  count: ["events"],
} as const satisfies Record<MetricKind, readonly (keyof MetricResult)[]>;
const RESULT_FIELDS = Object.values(OWN_FIELDS).flat();

/** The variance of a count is welcome and not needed. */
function mayHold(kind: MetricKind, field: keyof MetricResult): boolean {
  const own: readonly (keyof MetricResult)[] = OWN_FIELDS[kind];
  return own.includes(field) || (kind === "count" && field === "variance");
}

/** Of some units, those that went further are at most those that came so far. */
function nestingFaults(
  { n: all, results }: Pick<PartData, "n" | "results">,
  index: MetricIndex,
  at: Path,
): Fault[] {
  const placeOf = (name: string): number => results.findIndex(({ metric }) => metric === name);
  return index.nestings.flatMap(({ inner, outer, said }) => {
    const i = placeOf(outer.name);
    const went = results[placeOf(inner.name)];
    const came = results[i];
    if (went?.conversions === undefined || came?.conversions === undefined) return [];
    const isBroken = (came.n ?? all) >= (went.n ?? all) && came.conversions < went.conversions;
    if (!isBroken) return [];
    const message = `must be at least the ${went.conversions} of "${inner.name}": ${said}`;
    return [{ path: [...at, "results", i, "conversions"], message }];
  });
}
