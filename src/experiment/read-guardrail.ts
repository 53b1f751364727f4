import type { MeanComparison } from "../inference/compare-means.ts";
import type { ProportionComparison } from "../inference/compare-proportions.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/** Whether a guardrail held: its interval of the lift against the margin of tolerated worsening. */
export interface GuardrailReading {
  /** Relative worsening that is tolerated. */
  readonly margin: number;
  /** Confidence of the interval that is held against the margin, 1 − 2 alpha. */
  readonly confidenceLevel: number;
  /** The worst worsening that the data leave open: above 0 is worse, at or below `margin` is tolerated. */
  readonly worstCase: number;
  /** The least worsening that the data leave open. */
  readonly bestCase: number;
  /** `holds`: worse by the margin is ruled out. `violated`: better than the margin is ruled out. */
  readonly outcome: "holds" | "violated" | "open";
}

/** Holds a comparison, with its interval at 1 − 2 alpha, against the margin: the one-sided test of non-inferiority. */
export function readGuardrail(
  metric: MetricDefinition,
  comparison: ProportionComparison | MeanComparison,
): GuardrailReading {
  const margin = metric.margin!;
  const { lower, upper, excluded, confidenceLevel } = comparison.lift.interval;
  const isDecreaseBetter = metric.improvesWhen === "decrease";
  const worstCase = isDecreaseBetter ? upper : -lower;
  const bestCase = isDecreaseBetter ? lower : -upper;
  // A set that is no interval settles nothing.
  const isSettled = excluded === null && comparison.lift.status !== "undetermined";
  const outcome =
    isSettled && worstCase < margin ? "holds" : isSettled && bestCase > margin ? "violated" : "open";
  return { margin, confidenceLevel, worstCase, bestCase, outcome };
}
