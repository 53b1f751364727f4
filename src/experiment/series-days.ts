import { resultSummary } from "./arm-results.ts";
import type { DayArms } from "./checked-days.ts";
import type { DayData, PartData } from "./experiment-data.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { MetricIndex } from "./metric-index.ts";

/** The metrics that a series holds, in the order of the document. */
export function metricsOfSeries(days: readonly DayData[], { all }: MetricIndex): MetricDefinition[] {
  const held = new Set(days[0]!.arms[0]!.results.map(({ metric }) => metric));
  return all.filter(({ name }) => held.has(name));
}

/** One metric of a series, day by day in two arms. */
export function armDays(
  days: readonly DayData[],
  metric: MetricDefinition,
  [control, treatment]: readonly [control: string, treatment: string],
): DayArms[] {
  return days.map(({ day, arms }) => ({
    day,
    control: summaryIn(arms, control, metric),
    treatment: summaryIn(arms, treatment, metric),
  }));
}

function summaryIn(arms: readonly PartData[], name: string, metric: MetricDefinition): DayArms["control"] {
  const arm = arms.find((candidate) => candidate.name === name)!;
  const result = arm.results.find((candidate) => candidate.metric === metric.name)!;
  return resultSummary(result.n ?? arm.n, result, metric);
}
