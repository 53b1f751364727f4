import { binomialLogPmf } from "./binomial-tails.ts";
import { log1mexp } from "./log1mexp.ts";
import { outwardSums, type TablePath } from "./outward-sums.ts";
import type { Tails } from "./tails.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

// For the inside of the library: nothing is checked.

/** Units drawn without return from a population, of which some are successes. */
export interface HypergeometricParameters {
  /** Units there are, a whole number at or above 0. */
  readonly population: number;
  /** Successes among them. */
  readonly successes: number;
  /** Units drawn. */
  readonly draws: number;
}

/** The smallest and the largest number of successes that can be drawn. */
export function hypergeometricSupport({ population, successes, draws }: HypergeometricParameters): {
  readonly lowest: number;
  readonly highest: number;
} {
  return { lowest: Math.max(0, draws - (population - successes)), highest: Math.min(successes, draws) };
}

/** ln P(K = k) for k in the support. */
export function hypergeometricLogPmf(k: number, parameters: HypergeometricParameters): number {
  const { population, successes, draws } = parameters;
  // The share of draws is kept below one half, where a double holds it and its complement alike.
  if (draws > population / 2) {
    return hypergeometricLogPmf(successes - k, { population, successes, draws: population - draws });
  }
  // Draws by the toss of a coin, given their number (Loader 2000): it holds for any coin, and none of the three
  // probabilities is small unless the first two are.
  const share = population > 0 ? draws / population : 0;
  return (
    binomialLogPmf(k, successes, share) +
    binomialLogPmf(draws - k, population - successes, share) -
    binomialLogPmf(draws, population, share)
  );
}

/** The path of tables on which k rises from here. */
export function upwardPath(k: number, parameters: HypergeometricParameters, logOdds = 0): TablePath {
  const { population, successes, draws } = parameters;
  return {
    growing: [k, population - successes - (draws - k)],
    shrinking: [draws - k, successes - k],
    logOdds,
  };
}

/** The path of tables on which k falls from here. */
export function downwardPath(k: number, parameters: HypergeometricParameters, logOdds = 0): TablePath {
  const { growing, shrinking } = upwardPath(k, parameters);
  return { growing: shrinking, shrinking: growing, logOdds: -logOdds };
}

/** ln P(K >= k) for k in the support at or above the mode. */
export function hypergeometricLogUpperTail(k: number, parameters: HypergeometricParameters): number {
  return hypergeometricLogPmf(k, parameters) + ln(outwardSums(upwardPath(k, parameters)).total);
}

/** ln P(K <= k) for k in the support at or below the mode. */
export function hypergeometricLogLowerTail(k: number, parameters: HypergeometricParameters): number {
  return hypergeometricLogPmf(k, parameters) + ln(outwardSums(downwardPath(k, parameters)).total);
}

/**
 * The natural logs of P(K <= k) and P(K > k). The tail that leads away from the mode is summed; it is never close to 1
 * (mode and median lie within one of the mean), so the other one is its complement without loss.
 */
export function logHypergeometricTails(k: number, parameters: HypergeometricParameters): Tails {
  const { lowest, highest } = hypergeometricSupport(parameters);
  if (k < lowest) return { lower: -Infinity, upper: 0 };
  if (k >= highest) return { lower: 0, upper: -Infinity };
  if (k >= hypergeometricMode(parameters)) {
    const upper = hypergeometricLogUpperTail(k + 1, parameters);
    return { lower: log1mexp(upper), upper };
  }
  const lower = hypergeometricLogLowerTail(k, parameters);
  return { lower, upper: log1mexp(lower) };
}

/** Where P(K = k) is largest, within one. */
export function hypergeometricMode({ population, successes, draws }: HypergeometricParameters): number {
  return Math.floor((draws + 1) * ((successes + 1) / (population + 2)));
}

export function hypergeometricCdf(k: number, parameters: HypergeometricParameters): number {
  return exp(logHypergeometricTails(k, parameters).lower);
}

/** P(K > k), computed as a tail of its own. */
export function hypergeometricSf(k: number, parameters: HypergeometricParameters): number {
  return exp(logHypergeometricTails(k, parameters).upper);
}
