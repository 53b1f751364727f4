import {
  hypergeometricCdf,
  type HypergeometricParameters,
  hypergeometricSf,
  hypergeometricSupport,
} from "./hypergeometric-tails.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { guessQuantile, smallestCount } from "./smallest-count.ts";

/** The smallest k with P(K <= k) >= probability. */
export function hypergeometricQuantile(probability: number, parameters: HypergeometricParameters): number {
  const { lowest, highest } = hypergeometricSupport(parameters);
  if (probability === 0 || lowest === highest) return lowest;
  if (probability === 1) return highest;
  const tails = {
    cdf: (k: number) => hypergeometricCdf(k, parameters),
    sf: (k: number) => hypergeometricSf(k, parameters),
  };
  const { population, successes, draws } = parameters;
  const share = draws / population;
  const rate = successes / population;
  const sd = Math.sqrt(successes * share * (1 - share) * (1 - rate));
  const skewness = ((1 - 2 * share) * (1 - 2 * rate)) / sd;
  const guess = guessQuantile(normalQuantile(probability), successes * share, sd, skewness);
  return smallestCount(probability, tails, guess, lowest, highest);
}
