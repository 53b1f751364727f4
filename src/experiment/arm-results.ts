import type { Arm } from "../inference/arm-family.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { ArmData, MetricResult, PartData } from "./experiment-data.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { MetricIndex } from "./metric-index.ts";

// The schema has seen to it that every arm holds every metric, in the shape of its kind.

function resultOf(arm: PartData, metric: MetricDefinition): MetricResult {
  return arm.results.find((result) => result.metric === metric.name)!;
}

/** Units whose outcome in a metric is final. */
export function maturedN(arm: PartData, metric: MetricDefinition): number {
  return resultOf(arm, metric).n ?? arm.n;
}

/** What an arm showed in a metric. */
export function summaryOf(arm: PartData, metric: MetricDefinition): Arm {
  return resultSummary(maturedN(arm, metric), resultOf(arm, metric), metric);
}

/** @param n - units whose outcome is final */
export function resultSummary(
  n: number,
  { conversions, mean, variance, numerator, denominator, covariance, events }: MetricResult,
  { kind }: MetricDefinition,
): Arm {
  switch (kind) {
    case "proportion":
      return { n, conversions: conversions! };
    case "mean":
      return { n, mean: mean!, variance: variance! };
    case "ratio":
      return { n, numerator: numerator!, denominator: denominator!, covariance: covariance! };
    case "count":
      return variance === undefined ? { n, events: events! } : { n, events: events!, variance };
  }
}

/** What an arm showed in each of its metrics, by name: for those who ask for one after the other. */
export function summariesOf(
  arm: PartData,
  { byName }: Pick<MetricIndex, "byName">,
): ReadonlyMap<string, Arm> {
  return new Map(
    arm.results.map((result) => [
      result.metric,
      resultSummary(result.n ?? arm.n, result, byName.get(result.metric)!),
    ]),
  );
}

/** The same of one arm in a part of the units, a segment or a day. */
export function partSummaries(
  parts: readonly PartData[],
  armName: string,
  index: Pick<MetricIndex, "byName">,
): ReadonlyMap<string, Arm> {
  return summariesOf(
    parts.find(({ name }) => name === armName)!,
    index,
  );
}

export function proportionOf(arm: PartData, metric: MetricDefinition): Proportion {
  return { n: maturedN(arm, metric), conversions: resultOf(arm, metric).conversions! };
}

/**
 * The arm's micro × macro table: as it was given, or from the margins of a nested funnel, where every buyer did the
 * micro conversion (`isFunnel`). Null where neither tells, and where the two metrics matured on different units.
 */
export function jointCountsOf(
  arm: ArmData,
  micro: MetricDefinition,
  macro: MetricDefinition,
  isFunnel: boolean,
): JointCounts | null {
  const given = arm.jointCounts?.find((table) => table.micro === micro.name);
  if (given !== undefined) {
    const { neither, macroOnly, microOnly, both } = given;
    return { neither, macroOnly, microOnly, both };
  }
  const step = proportionOf(arm, micro);
  const sale = proportionOf(arm, macro);
  if (!isFunnel || step.n !== sale.n || sale.conversions > step.conversions) return null;
  return {
    neither: step.n - step.conversions,
    macroOnly: 0,
    microOnly: step.conversions - sale.conversions,
    both: sale.conversions,
  };
}
