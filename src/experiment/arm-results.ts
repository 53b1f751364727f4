import type { JointCounts } from "../summaries/joint-counts.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { ArmData, MetricResult } from "./experiment-data.ts";
import type { MetricDefinition } from "./metric-definition.ts";

// The schema has seen to it that every arm holds every metric, in the shape of its kind.

function resultOf(arm: ArmData, metric: MetricDefinition): MetricResult {
  return arm.results.find((result) => result.metric === metric.name)!;
}

/** Units whose outcome in a metric is final. */
export function maturedN(arm: ArmData, metric: MetricDefinition): number {
  return resultOf(arm, metric).n ?? arm.n;
}

export function proportionOf(arm: ArmData, metric: MetricDefinition): Proportion {
  return { n: maturedN(arm, metric), conversions: resultOf(arm, metric).conversions! };
}

export function meanOf(arm: ArmData, metric: MetricDefinition): Mean {
  const { mean, variance } = resultOf(arm, metric);
  return { n: maturedN(arm, metric), mean: mean!, variance: variance! };
}

/**
 * The arm's micro × macro table: as it was given, or from the margins of a nested funnel, where every buyer did the
 * micro conversion. Null where neither tells, and where the two metrics matured on different units.
 */
export function jointCountsOf(
  arm: ArmData,
  micro: MetricDefinition,
  macro: MetricDefinition,
): JointCounts | null {
  const given = arm.jointCounts?.find((table) => table.micro === micro.name);
  if (given !== undefined) {
    const { neither, macroOnly, microOnly, both } = given;
    return { neither, macroOnly, microOnly, both };
  }
  const step = proportionOf(arm, micro);
  const sale = proportionOf(arm, macro);
  if (micro.nested !== true || step.n !== sale.n || sale.conversions > step.conversions) return null;
  return {
    neither: step.n - step.conversions,
    macroOnly: 0,
    microOnly: step.conversions - sale.conversions,
    both: sale.conversions,
  };
}
