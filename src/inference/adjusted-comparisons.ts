import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { ArmFamily, ArmsTest } from "./arm-family.ts";
import type { ArmsAdjustment } from "./arms-adjustment.ts";
import type { AdjustedComparison, SimultaneousIntervals } from "./arms-comparison.ts";
import { checkedConfidence, type Confidence } from "../core/confidence.ts";

/** Two arms by their places. */
export type ArmPair = readonly [control: number, treatment: number];

export interface AdjustedComparisons {
  readonly comparisons: readonly AdjustedComparison[];
  /** Level of a single one of the simultaneous intervals; null where there are none. */
  readonly singleConfidenceLevel: number | null;
}

/** Compares pairs of arms, accounts for their number, and gives the intervals that go with it. */
export function adjustedComparisons(
  arms: ArmFamily,
  pairs: readonly ArmPair[],
  adjustment: ArmsAdjustment,
  confidence: Confidence,
): AdjustedComparisons {
  const { alternative, confidenceLevel } = confidence;
  const tests = pairs.map((pair) => arms.compare(...pair, confidence));
  const family = { arms, tests, confidence };
  const adjusted = adjustment.adjust(family);
  const level = adjustment.level?.(family) ?? null;
  if (level === 1) {
    throw new DomainError(
      "confidenceLevel",
      confidenceLevel,
      `must lie further from 1 for ${pairs.length} tests`,
    );
  }
  const single = level === null ? null : checkedConfidence(alternative, level);
  const comparisons = tests.map((comparison, i): AdjustedComparison => {
    const { pValue, logPValue } = adjusted[i]!;
    const hasAnswer = comparison.pValue !== null;
    return {
      comparison,
      adjustedPValue: hasAnswer ? pValue : null,
      adjustedLogPValue: hasAnswer ? logPValue : null,
      rejected: hasAnswer && pValue < 1 - confidenceLevel,
      simultaneous: single && intervalsOf(arms.compare(...pairs[i]!, single), confidenceLevel),
    };
  });
  return { comparisons, singleConfidenceLevel: level };
}

/** The intervals of one comparison, under the level at which all of them hold together. */
function intervalsOf(comparison: ArmsTest, confidenceLevel: number): SimultaneousIntervals {
  const together = (interval: Interval): Interval => ({ ...interval, confidenceLevel });
  return {
    difference: together(comparison.difference.interval),
    lift: together(comparison.lift.interval),
    oddsRatio: "oddsRatio" in comparison ? together(comparison.oddsRatio.interval) : null,
  };
}
