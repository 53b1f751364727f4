import { besideLine, type Side } from "./beside-line.ts";
import { betaDensity } from "./beta-density.ts";
import { betaDeviation, logBetaPrefix } from "./beta-prefix.ts";
import { binomialLogPmf } from "./binomial-tails.ts";
import { differenceLine } from "./line.ts";
import { log1mexp } from "./log1mexp.ts";
import type { Tails } from "./tails.ts";
import { exp } from "./elementary/exp.ts";

// For the inside of the library: nothing is checked. K counts the successes in n trials whose common rate is X ~ Beta.

/** ln P(K = k). */
export function betaBinomialLogPmf(k: number, n: number, alpha: number, beta: number): number {
  const total = alpha + beta + n;
  // The rate that is likeliest given k; the smaller of it and its complement is the one that a double holds.
  const rate = (alpha + k) / total;
  if (rate > 0.5) return betaBinomialLogPmf(n - k, n, beta, alpha);
  // Prior times probability over posterior: it holds at any rate, and at this one the posterior is not small.
  const logAtRate = (a: number, b: number): number =>
    logBetaPrefix(rate, 1 - rate, a, b, betaDeviation(rate, 1 - rate, a, b));
  return binomialLogPmf(k, n, rate) + logAtRate(alpha, beta) - logAtRate(alpha + k, beta + (n - k));
}

/** Of the integral: what it leaves out is below the rounding of the sums. */
const PRECISION = 40;

/**
 * The natural logs of P(K <= k) and P(K > k). There are more than k successes where the rate X is above the (k + 1)-th
 * smallest of n uniform variables, which is Beta(k + 1, n − k): one Beta variable above another. What is unlikely is
 * integrated, what is likely is its complement.
 */
export function logBetaBinomialTails(k: number, n: number, alpha: number, beta: number): Tails {
  if (k < 0) return { lower: -Infinity, upper: 0 };
  if (k >= n) return { lower: 0, upper: -Infinity };
  const rate = betaDensity(alpha, beta);
  const order = betaDensity(k + 1, n - k);
  // A shape below 1 spreads the rate over far more log-odds than its deviation tells.
  const isOrderNarrower = Math.min(alpha, beta) < 1 || order.deviation <= rate.deviation;
  const logTail = (side: Side): number => {
    const { logProbability } = besideLine(order, rate, differenceLine(0), side, PRECISION, isOrderNarrower);
    return Math.min(0, logProbability);
  };
  const upperIsSmaller = alpha / (alpha + beta) < (k + 1) / (n + 1);
  const log = logTail(upperIsSmaller ? "upper" : "lower");
  // Skewed distributions: the tail beyond the mean may be the larger one.
  if (log > -Math.LN2) {
    const other = logTail(upperIsSmaller ? "lower" : "upper");
    return upperIsSmaller
      ? { lower: other, upper: log1mexp(other) }
      : { lower: log1mexp(other), upper: other };
  }
  return upperIsSmaller ? { lower: log1mexp(log), upper: log } : { lower: log, upper: log1mexp(log) };
}

export function betaBinomialCdf(k: number, n: number, alpha: number, beta: number): number {
  return exp(logBetaBinomialTails(k, n, alpha, beta).lower);
}

/** P(K > k), computed as a tail of its own. */
export function betaBinomialSf(k: number, n: number, alpha: number, beta: number): number {
  return exp(logBetaBinomialTails(k, n, alpha, beta).upper);
}
