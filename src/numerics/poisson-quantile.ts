import { normalQuantile } from "./normal-quantile.ts";
import { poissonCdf, poissonSf } from "./poisson-tails.ts";
import { guessQuantile, smallestCount } from "./smallest-count.ts";

/** The smallest k with P(K <= k) >= probability. */
export function poissonQuantile(probability: number, mean: number): number {
  if (probability === 0 || mean === 0) return 0;
  if (probability === 1) return Infinity;
  const tails = { cdf: (k: number) => poissonCdf(k, mean), sf: (k: number) => poissonSf(k, mean) };
  const sd = Math.sqrt(mean);
  const guess = guessQuantile(normalQuantile(probability), mean, sd, 1 / sd);
  return smallestCount(probability, tails, mean > 1 ? guess : 0, 0, Number.MAX_SAFE_INTEGER);
}
