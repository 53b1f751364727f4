import { betaBinomialLogPmf } from "./beta-binomial-tails.ts";
import { smallestTrue } from "./smallest-true.ts";

/** The counts that matter, with their probabilities. */
export interface CountProbabilities {
  /** The count that pmf[0] belongs to. */
  readonly first: number;
  readonly pmf: Float64Array;
}

/** ln of 1e-300: less likely counts matter to no product of two probabilities. Some 75 standard deviations are left. */
export const LOG_NEGLIGIBLE_IN_TAILS = -690;
/** ln of 1e-33: less likely counts matter to nothing that lies in the body. Some 25 standard deviations are left. */
export const LOG_NEGLIGIBLE_IN_BODY = -75;

/**
 * The probabilities of all numbers of successes that matter in n trials whose common rate is Beta(alpha, beta) distributed;
 * null where these are more than `most`.
 *
 * By ratios outwards from the likeliest count. They are made to add up to 1, so that only the ratios' rounding is left.
 */
export function betaBinomialCounts(
  n: number,
  alpha: number,
  beta: number,
  most: number,
  logNegligible: number = LOG_NEGLIGIBLE_IN_TAILS,
): CountProbabilities | null {
  const top = likeliestCount(n, alpha, beta);
  const isNegligible = (k: number): boolean => betaBinomialLogPmf(k, n, alpha, beta) < logNegligible;
  const hasOnePeak = alpha >= 1 || beta >= 1;
  const first = hasOnePeak ? smallestTrue((k) => !isNegligible(k), top, 0, top) : 0;
  const last = hasOnePeak ? smallestTrue((k) => k === n || isNegligible(k + 1), top, top, n) : n;
  if (last - first >= most) return null;
  const pmf = new Float64Array(last - first + 1);
  pmf[top - first] = 1;
  for (let k = top; k < last; k++) {
    const ratio = ((n - k) * (alpha + k)) / ((k + 1) * (beta + (n - k - 1)));
    pmf[k + 1 - first] = pmf[k - first]! * ratio;
  }
  for (let k = top; k > first; k--) {
    const ratio = (k * (beta + (n - k))) / ((n - k + 1) * (alpha + (k - 1)));
    pmf[k - 1 - first] = pmf[k - first]! * ratio;
  }
  const sum = runningSums(pmf)[pmf.length]!;
  for (let i = 0; i < pmf.length; i++) pmf[i]! /= sum;
  return { first, pmf };
}

/** Where the ratio of neighbours passes 1; for shapes that pile up at the ends, the likelier of these. */
function likeliestCount(n: number, alpha: number, beta: number): number {
  if (alpha + beta > 2 && alpha >= 1 && beta >= 1) {
    const above = Math.floor((n * (alpha - 1) - (beta - 1)) / (alpha + beta - 2)) + 1;
    return Math.min(n, Math.max(0, above));
  }
  return alpha <= beta ? 0 : n;
}

/** P(K < first + i) for i from 0 to the number of counts: a sum of its own from the far end. */
export function countsBelow({ pmf }: CountProbabilities): Float64Array {
  return runningSums(pmf);
}

/** P(K >= first + i) for i from 0 to the number of counts: a sum of its own from the far end. */
export function countsFrom({ pmf }: CountProbabilities): Float64Array {
  return runningSums(pmf.toReversed()).toReversed();
}

/**
 * The sums of the first 0, 1, 2, … values, all above 0. Compensated (Kahan): millions of equal values are rounded the same
 * way each time.
 */
export function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  let sum = 0;
  let excess = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! - excess;
    const next = sum + value;
    excess = next - sum - value;
    sum = next;
    sums[i + 1] = sum;
  }
  return sums;
}
