import { binomialCdf, binomialSf } from "./binomial-tails.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { guessQuantile, smallestCount } from "./smallest-count.ts";

/** The smallest k with P(K <= k) >= probability. */
export function binomialQuantile(probability: number, n: number, p: number): number {
  if (probability === 0 || p === 0) return 0;
  if (probability === 1 || p === 1) return n;
  const tails = {
    cdf: (k: number) => binomialCdf(k, n, p),
    sf: (k: number) => binomialSf(k, n, p),
  };
  const sd = Math.sqrt(n * p * (1 - p));
  const skewness = sd > 0 ? (1 - 2 * p) / sd : 0;
  return smallestCount(
    probability,
    tails,
    guessQuantile(normalQuantile(probability), n * p, sd, skewness),
    0,
    n,
  );
}
