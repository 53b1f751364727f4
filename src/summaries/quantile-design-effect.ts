import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { combinedVariance } from "./combined-variance.ts";
import { checkRatio, type Ratio, ratioCovariance } from "./ratio.ts";

/**
 * How many times the variance of a share of events grows because several events come from one unit, so that a quantile
 * over events (page loads) can be compared where units (users) were randomised.
 *
 * The share is that of the events at or below the arm's quantile; its variance between units is that of a ratio by the
 * delta method, over what it would be if events were independent. Hand the figure to `quantileRanks` and put it into the
 * summary of the quantile, whose `n` then counts events.
 *
 * @param ratio - for each unit the events at or below the quantile (numerator) and all its events (denominator), over at
 *   least 2 units
 * @returns a number above 0, seldom below 1
 * @throws {DomainError} for a broken ratio, a share of 0 or 1, or units that are all alike
 * @example
 * ```ts
 * import { quantileDesignEffect } from "microlift";
 * const loads = {
 *   n: 4000,
 *   numerator: { mean: 9, variance: 90 },
 *   denominator: { mean: 10, variance: 100 },
 *   covariance: 94,
 * };
 * quantileDesignEffect(loads); // 2
 * ```
 * Woodruff (1952); Deng, Knoblich and Lu (2018), Section 4.1; Kish (1965) for the design effect.
 */
export function quantileDesignEffect(ratio: Ratio): number {
  checkRatio("ratio", ratio);
  checkCount("ratio.n", ratio.n, 2);
  const { numerator, denominator } = ratio;
  const share = numerator.mean / denominator.mean;
  if (!(denominator.mean > 0 && share > 0 && share < 1)) {
    throw new DomainError(
      "ratio.numerator.mean",
      numerator.mean,
      `must lie between 0 and the denominator's ${denominator.mean}, both excluded`,
    );
  }
  const variance = combinedVariance(ratioCovariance(ratio), [1, -share]);
  const effect = variance / denominator.mean / share / (1 - share);
  if (!(effect > 0 && effect < Infinity)) {
    throw new DomainError(
      "ratio",
      ratio,
      "must have units whose shares of events differ, by a finite variance",
    );
  }
  return effect;
}
