import { betaCdf, betaSf } from "../numerics/beta.ts";

// The share of the population at or below the value of rank r out of n is Beta(r, n − r + 1), so how an order statistic
// lies to a quantile is known exactly and does not depend on the distribution (for tied values, at most so). Values that
// are not independent count for fewer: both parameters are divided by the design effect, which keeps the mean of that
// share and multiplies its variance.

/** Of which values and which quantile a rank is. */
export interface RankedValues {
  readonly n: number;
  readonly probability: number;
  /** 1 unless said. */
  readonly designEffect?: number | undefined;
}

/** Probability that the value of this rank lies above the quantile: P(Binomial(n, p) < rank). */
export function chanceAboveQuantile(
  rank: number,
  { n, probability, designEffect = 1 }: RankedValues,
): number {
  return betaSf(probability, rank / designEffect, (n - rank + 1) / designEffect);
}

/** Probability that the value of this rank lies below the quantile: P(Binomial(n, p) >= rank). */
export function chanceBelowQuantile(
  rank: number,
  { n, probability, designEffect = 1 }: RankedValues,
): number {
  return betaCdf(probability, rank / designEffect, (n - rank + 1) / designEffect);
}

/** A chance that exceeds its limit by no more than its own rounding counts as equal to it. */
const ROUNDING = 1e-12;

/** Whether the value of this rank is a lower confidence limit of the quantile. */
export function isLowerLimit(rank: number, values: RankedValues, tail: number): boolean {
  return chanceAboveQuantile(rank, values) <= tail * (1 + ROUNDING);
}

/** Whether the value of this rank is an upper confidence limit of the quantile. */
export function isUpperLimit(rank: number, values: RankedValues, tail: number): boolean {
  return chanceBelowQuantile(rank, values) <= tail * (1 + ROUNDING);
}
