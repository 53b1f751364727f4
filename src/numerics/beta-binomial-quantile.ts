import { betaBinomialCdf, betaBinomialSf } from "./beta-binomial-tails.ts";
import { betaQuantile } from "./beta.ts";
import { smallestCount } from "./smallest-count.ts";

/** The smallest k with P(K <= k) >= probability. */
export function betaBinomialQuantile(probability: number, n: number, alpha: number, beta: number): number {
  if (probability === 0) return 0;
  if (probability === 1) return n;
  const tails = {
    cdf: (k: number) => betaBinomialCdf(k, n, alpha, beta),
    sf: (k: number) => betaBinomialSf(k, n, alpha, beta),
  };
  // As if the share of successes had the distribution of the rate, which is where its spread mostly comes from.
  return smallestCount(probability, tails, n * betaQuantile(probability, alpha, beta), 0, n);
}
