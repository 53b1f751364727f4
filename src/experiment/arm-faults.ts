import { checkEventCount, type Count } from "../summaries/count.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { checkRatio, type Ratio } from "../summaries/ratio.ts";
import { jointN, macroProportion, microProportion } from "../summaries/joint-counts.ts";
import type { ArmData, ArmJointCounts, MetricResult } from "./experiment-data.ts";
import { duplicateFaults, type Fault } from "./fault.ts";
import { faultsOf } from "./passing.ts";
import type { MetricDefinition, MetricKind } from "./metric-definition.ts";

/**
 * Faults of what one arm showed.
 *
 * @param needed - metrics that must be there; all of them unless said
 */
export function armFaults(
  arm: ArmData,
  metrics: readonly MetricDefinition[],
  at: readonly (string | number)[],
  needed: readonly MetricDefinition[] = metrics,
): Fault[] {
  const faults = duplicateFaults(
    arm.results.map((result) => result.metric),
    (i) => [...at, "results", i, "metric"],
  );
  arm.results.forEach((result, i) => {
    const metric = metrics.find((candidate) => candidate.name === result.metric);
    const found =
      metric === undefined
        ? [{ path: ["metric"], message: `must name one of the metrics, not "${result.metric}"` }]
        : resultFaults(result, metric, arm.n);
    faults.push(...found.map((fault) => ({ ...fault, path: [...at, "results", i, ...fault.path] })));
  });
  for (const metric of needed) {
    if (!arm.results.some((result) => result.metric === metric.name)) {
      faults.push({ path: [...at, "results"], message: `must hold the metric "${metric.name}"` });
    }
  }
  return [...faults, ...funnelFaults(arm, metrics, at), ...jointFaults(arm, metrics, at)];
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
  return faults.length > 0 || n === 0 ? faults : summaryFaults(result, metric, n);
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

/** What the summary of its kind asks of the numbers. */
function summaryFaults(result: MetricResult, metric: MetricDefinition, n: number): Fault[] {
  return faultsOf(() => {
    const { metric: _, ...numbers } = result;
    const summary = { ...numbers, n };
    switch (metric.kind) {
      case "proportion":
        return checkProportion("", summary as Proportion);
      case "mean":
        return checkMean("", summary as Mean);
      case "ratio":
        return checkRatio("", summary as Ratio);
      case "count":
        return checkEventCount("", summary as Count);
    }
  });
}

/** In a nested funnel the sales of some units are at most their micro conversions. */
function funnelFaults(
  arm: ArmData,
  metrics: readonly MetricDefinition[],
  at: readonly (string | number)[],
): Fault[] {
  const macro = metrics.find((metric) => metric.role === "macro");
  const sales = arm.results.find((result) => result.metric === macro?.name);
  return arm.results.flatMap((result, i) => {
    const metric = metrics.find((candidate) => candidate.name === result.metric);
    const isBroken =
      metric?.nested === true &&
      (result.n ?? arm.n) >= (sales?.n ?? arm.n) &&
      (result.conversions ?? Infinity) < (sales?.conversions ?? 0);
    if (!isBroken) return [];
    const message = `must be at least the ${sales!.conversions!} of "${macro!.name}": the proxy is said to be nested`;
    return [{ path: [...at, "results", i, "conversions"], message }];
  });
}

function jointFaults(
  arm: ArmData,
  metrics: readonly MetricDefinition[],
  at: readonly (string | number)[],
): Fault[] {
  const tables = arm.jointCounts ?? [];
  const faults = duplicateFaults(
    tables.map((table) => table.micro),
    (i) => [...at, "jointCounts", i, "micro"],
  );
  const macro = metrics.find((metric) => metric.role === "macro");
  tables.forEach((table, i) => {
    const path = [...at, "jointCounts", i];
    const micro = metrics.find((metric) => metric.name === table.micro && metric.kind === "proportion");
    if (micro === undefined || macro?.kind !== "proportion") {
      faults.push({
        path: [...path, "micro"],
        message: "must name a proportion, beside a macro metric that is one",
      });
      return;
    }
    faults.push(...marginFaults(arm, table, micro.name, macro.name).map((message) => ({ path, message })));
    if (micro.nested === true && table.macroOnly > 0) {
      faults.push({
        path: [...path, "macroOnly"],
        message: `must be 0: "${micro.name}" is said to be nested`,
      });
    }
  });
  return faults;
}

// A table counts the units whose macro conversion is final. The proxy may have matured on more of them, and then its
// own counts hold the table's.
function marginFaults(arm: ArmData, table: ArmJointCounts, micro: string, macro: string): string[] {
  const n = jointN(table);
  return [
    { name: macro, counted: macroProportion(table).conversions, mayExceed: false },
    { name: micro, counted: microProportion(table).conversions, mayExceed: true },
  ].flatMap(({ name, counted, mayExceed }) => {
    const result = arm.results.find((candidate) => candidate.metric === name);
    if (result?.conversions === undefined) return [];
    const reported = result.n ?? arm.n;
    if (mayExceed && n < reported && counted <= result.conversions) return [];
    if (n !== reported) return [`must count as many units as "${name}": ${n} against ${reported}`];
    if (counted === result.conversions) return [];
    return [`must add up to "${name}": ${counted} conversions against ${result.conversions}`];
  });
}
