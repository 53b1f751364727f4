import { smallestTrue } from "./smallest-true.ts";

/** A cdf that misses the probability by no more than its own rounding counts as having reached it. */
const ROUNDING = 1e-13;

/** The tails of a count at k, each computed on its own. */
export interface CountTails {
  readonly cdf: (k: number) => number;
  readonly sf: (k: number) => number;
}

/** The smallest k from `lowest` to `highest` with P(K <= k) at or above a probability: the quantile of a count. */
export function smallestCount(
  probability: number,
  { cdf, sf }: CountTails,
  guess: number,
  lowest: number,
  highest: number,
): number {
  const reached = (k: number): boolean =>
    probability <= 0.5 ? cdf(k) >= probability * (1 - ROUNDING) : sf(k) <= (1 - probability) * (1 + ROUNDING);
  return smallestTrue(reached, guess, lowest, highest);
}

/** The quantile by its normal approximation with the skewness term (Cornish and Fisher 1938). */
export function guessQuantile(z: number, mean: number, sd: number, skewness: number): number {
  return mean + sd * (z + (skewness * (z * z - 1)) / 6);
}
