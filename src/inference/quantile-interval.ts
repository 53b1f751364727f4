import { checkObject } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { checkQuantileSummary, type QuantileSummary } from "../summaries/quantile-summary.ts";
import { isLowerLimit, isUpperLimit } from "../summaries/rank-reach.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "../core/confidence.ts";
import { valueBounds } from "./value-bounds.ts";

export interface QuantileIntervalOptions extends QuantileSummary, ConfidenceOptions {}

/**
 * A confidence interval for one quantile, between two order statistics: exact for any distribution, tied values included.
 *
 * It covers at least as often as it says. An end is infinite where the summary's order statistic is too close to the
 * quantile for this confidence: too few units, or ranks that were chosen for a lower one (see `quantileRanks`). Values
 * from a sketch widen it by the accuracy of the sketch. There is no test beside it, so `dualToTest` is false.
 *
 * @param options.n - units of the arm, a whole number of at least 1
 * @param options.probability - which quantile, in (0, 1)
 * @param options.value - the quantile of the sample
 * @param options.lower - rank and value of an order statistic at or below it
 * @param options.upper - the same at or above it
 * @param options.relativeAccuracy - of the three values; 0 unless said
 * @param options.designEffect - for several values a unit, from `quantileDesignEffect`; 1 unless said
 * @param options.confidenceLevel - coverage, in (0, 1); 0.95 unless said
 * @param options.alternative - `greater` for a lower limit only, `less` for an upper limit only
 * @returns the interval; −Infinity or Infinity where an end is open
 * @throws {DomainError} for a broken summary, an unknown alternative, or a level outside (0, 1)
 * @example
 * ```ts
 * import { quantileInterval, quantileSummary } from "microlift";
 * const orders = quantileSummary([31, 12, 18, 25, 16, 44, 22], { probability: 0.5 });
 * quantileInterval(orders).upper; // 44
 * ```
 * Thompson (1936); Woodruff (1952).
 */
export function quantileInterval(options: QuantileIntervalOptions): Interval {
  checkObject("options", options);
  checkQuantileSummary("", options);
  return woodruffInterval(options, checkedConfidence(options.alternative, options.confidenceLevel));
}

/** The same for a summary that is known to be sound. */
export function woodruffInterval(
  summary: QuantileSummary,
  { alternative, confidenceLevel, tail }: Confidence,
): Interval {
  const { lower, upper, relativeAccuracy = 0 } = summary;
  const hasLower = alternative !== "less" && isLowerLimit(lower.rank, summary, tail);
  const hasUpper = alternative !== "greater" && isUpperLimit(upper.rank, summary, tail);
  return {
    lower: hasLower ? valueBounds(lower.value, relativeAccuracy).low : -Infinity,
    upper: hasUpper ? valueBounds(upper.value, relativeAccuracy).high : Infinity,
    confidenceLevel,
    method: "woodruff",
    dualToTest: false,
    excluded: null,
  };
}
