import { checkBetween, checkCount, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { betaBinomialQuantile } from "./beta-binomial-quantile.ts";
import {
  betaBinomialCdf,
  betaBinomialLogPmf,
  betaBinomialSf,
  logBetaBinomialTails,
} from "./beta-binomial-tails.ts";
import { exp } from "./elementary/exp.ts";

/**
 * The beta-binomial distribution: successes in n trials whose common rate is drawn from Beta(alpha, beta), with both
 * tails to full relative precision; what a posterior predicts for the next n units.
 *
 * A tail takes tens of microseconds, whatever n and the shapes; milliseconds where a shape is near 0.
 *
 * Source: C. Loader (2000) for the probabilities; the tails are the probability that one Beta variable is above another.
 *
 * @example
 * ```ts
 * import { betaBinomial } from "microlift";
 * betaBinomial.pmf(3, 10, 2, 3); // 0.14385614385614386
 * betaBinomial.quantile(0.975, 10_000, 51, 951); // 660
 * ```
 */
export const betaBinomial = {
  /**
   * P(K = k).
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param alpha first shape of the rate, from 1e-3 to 1e16
   * @param beta second shape of the rate, from 1e-3 to 1e16
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  pmf: (k: number, n: number, alpha: number, beta: number): number => {
    checkArguments(k, n, alpha, beta);
    return exp(betaBinomialLogPmf(k, n, alpha, beta));
  },

  /**
   * Natural log of P(K = k).
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param alpha first shape of the rate, from 1e-3 to 1e16
   * @param beta second shape of the rate, from 1e-3 to 1e16
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logPmf: (k: number, n: number, alpha: number, beta: number): number => {
    checkArguments(k, n, alpha, beta);
    return betaBinomialLogPmf(k, n, alpha, beta);
  },

  /**
   * P(K <= k).
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param alpha first shape of the rate, from 1e-3 to 1e16
   * @param beta second shape of the rate, from 1e-3 to 1e16
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (k: number, n: number, alpha: number, beta: number): number => {
    checkArguments(k, n, alpha, beta);
    return betaBinomialCdf(k, n, alpha, beta);
  },

  /**
   * P(K > k), computed as a tail of its own.
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param alpha first shape of the rate, from 1e-3 to 1e16
   * @param beta second shape of the rate, from 1e-3 to 1e16
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (k: number, n: number, alpha: number, beta: number): number => {
    checkArguments(k, n, alpha, beta);
    return betaBinomialSf(k, n, alpha, beta);
  },

  /**
   * Natural log of P(K <= k), finite far below 1e-308.
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param alpha first shape of the rate, from 1e-3 to 1e16
   * @param beta second shape of the rate, from 1e-3 to 1e16
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (k: number, n: number, alpha: number, beta: number): number => {
    checkArguments(k, n, alpha, beta);
    return logBetaBinomialTails(k, n, alpha, beta).lower;
  },

  /**
   * Natural log of P(K > k), finite far below 1e-308.
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param alpha first shape of the rate, from 1e-3 to 1e16
   * @param beta second shape of the rate, from 1e-3 to 1e16
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (k: number, n: number, alpha: number, beta: number): number => {
    checkArguments(k, n, alpha, beta);
    return logBetaBinomialTails(k, n, alpha, beta).upper;
  },

  /**
   * The smallest k with P(K <= k) at or above a probability.
   * @param probability in [0, 1]
   * @param n trials, a whole number at or above 0
   * @param alpha first shape of the rate, from 1e-3 to 1e16
   * @param beta second shape of the rate, from 1e-3 to 1e16
   * @returns a whole number from 0 to n
   * @throws {DomainError} an argument outside its range
   */
  quantile: (probability: number, n: number, alpha: number, beta: number): number => {
    checkProbability("probability", probability);
    checkParameters(n, alpha, beta);
    return betaBinomialQuantile(probability, n, alpha, beta);
  },
};

function checkArguments(k: number, n: number, alpha: number, beta: number): void {
  checkParameters(n, alpha, beta);
  checkCount("k", k);
  if (k > n) throw new DomainError("k", k, `must be at most n = ${n}`);
}

/** Nearer to 0 the rate is 0 or 1 for all that counts can tell, and a tail takes ever more terms. */
const SMALLEST_SHAPE = 1e-3;
const LARGEST_SHAPE = 1e16;

function checkParameters(n: number, alpha: number, beta: number): void {
  checkCount("n", n);
  checkBetween("alpha", alpha, SMALLEST_SHAPE, LARGEST_SHAPE);
  checkBetween("beta", beta, SMALLEST_SHAPE, LARGEST_SHAPE);
}
