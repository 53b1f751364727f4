import { betaCdf, betaSf } from "../numerics/beta.ts";

// The share of the population at or below the value of rank r out of n is Beta(r, n − r + 1), so how an order statistic
// lies to a quantile is known exactly and does not depend on the distribution (for tied values, at most so).

/** Probability that the value of this rank lies above the quantile: P(Binomial(n, p) < rank). */
export function chanceAboveQuantile(rank: number, n: number, probability: number): number {
  return betaSf(probability, rank, n - rank + 1);
}

/** Probability that the value of this rank lies below the quantile: P(Binomial(n, p) >= rank). */
export function chanceBelowQuantile(rank: number, n: number, probability: number): number {
  return betaCdf(probability, rank, n - rank + 1);
}
