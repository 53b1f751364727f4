import { checkCount, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { binomialQuantile } from "./binomial-quantile.ts";
import { binomialCdf, binomialLogCdf, binomialLogPmf, binomialLogSf, binomialSf } from "./binomial-tails.ts";
import { exp } from "./elementary/exp.ts";

/**
 * The binomial distribution: successes in n trials of probability p, with both tails to full relative precision up to
 * the largest n that a double counts.
 *
 * Source: C. Loader (2000) for the probabilities; Abramowitz and Stegun (1964), 26.5.24, for the tails.
 *
 * @example
 * ```ts
 * import { binomial } from "microlift";
 * binomial.pmf(1000, 10000, 0.1); // 0.013296955574587914
 * binomial.cdf(3, 100, 0.3); // 4.4252853419916964e-12
 * ```
 */
export const binomial = {
  /**
   * P(K = k).
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param p probability of success, in [0, 1]
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  pmf: (k: number, n: number, p: number): number => {
    checkArguments(k, n, p);
    return exp(binomialLogPmf(k, n, p));
  },

  /**
   * Natural log of P(K = k).
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param p probability of success, in [0, 1]
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logPmf: (k: number, n: number, p: number): number => {
    checkArguments(k, n, p);
    return binomialLogPmf(k, n, p);
  },

  /**
   * P(K <= k).
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param p probability of success, in [0, 1]
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (k: number, n: number, p: number): number => {
    checkArguments(k, n, p);
    return binomialCdf(k, n, p);
  },

  /**
   * P(K > k), computed as a tail of its own.
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param p probability of success, in [0, 1]
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (k: number, n: number, p: number): number => {
    checkArguments(k, n, p);
    return binomialSf(k, n, p);
  },

  /**
   * Natural log of P(K <= k), finite far below 1e-308.
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param p probability of success, in [0, 1]
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (k: number, n: number, p: number): number => {
    checkArguments(k, n, p);
    return binomialLogCdf(k, n, p);
  },

  /**
   * Natural log of P(K > k), finite far below 1e-308.
   * @param k successes, a whole number from 0 to n
   * @param n trials, a whole number at or above 0
   * @param p probability of success, in [0, 1]
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (k: number, n: number, p: number): number => {
    checkArguments(k, n, p);
    return binomialLogSf(k, n, p);
  },

  /**
   * The smallest k with P(K <= k) at or above a probability.
   * @param probability in [0, 1]
   * @param n trials, a whole number at or above 0
   * @param p probability of success, in [0, 1]
   * @returns a whole number from 0 to n
   * @throws {DomainError} an argument outside its range
   */
  quantile: (probability: number, n: number, p: number): number => {
    checkProbability("probability", probability);
    checkCount("n", n);
    checkProbability("p", p);
    return binomialQuantile(probability, n, p);
  },
};

function checkArguments(k: number, n: number, p: number): void {
  checkCount("n", n);
  checkCount("k", k);
  if (k > n) throw new DomainError("k", k, `must be at most n = ${n}`);
  checkProbability("p", p);
}
