import { checkBetween, checkCount, checkProbability } from "../core/checks.ts";
import { poissonQuantile } from "./poisson-quantile.ts";
import { poissonCdf, poissonLogCdf, poissonLogPmf, poissonLogSf, poissonSf } from "./poisson-tails.ts";
import { exp } from "./elementary/exp.ts";

/**
 * The Poisson distribution: events where `mean` of them are expected, each on its own, with both tails to full relative
 * precision from means of a fraction to means in the trillions.
 *
 * Source: C. Loader (2000) for the probabilities; Abramowitz and Stegun (1964), 26.4.21, for the tails.
 *
 * @example
 * ```ts
 * import { poisson } from "microlift";
 * poisson.cdf(1000, 1000); // 0.50840936716850599
 * poisson.quantile(0.975, 100); // 120
 * ```
 */
export const poisson = {
  /**
   * P(K = k).
   * @param k events, a whole number at or above 0
   * @param mean events expected, from 0 to 1e15
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  pmf: (k: number, mean: number): number => {
    checkArguments(k, mean);
    return exp(poissonLogPmf(k, mean));
  },

  /**
   * Natural log of P(K = k).
   * @param k events, a whole number at or above 0
   * @param mean events expected, from 0 to 1e15
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logPmf: (k: number, mean: number): number => {
    checkArguments(k, mean);
    return poissonLogPmf(k, mean);
  },

  /**
   * P(K <= k).
   * @param k events, a whole number at or above 0
   * @param mean events expected, from 0 to 1e15
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (k: number, mean: number): number => {
    checkArguments(k, mean);
    return poissonCdf(k, mean);
  },

  /**
   * P(K > k), computed as a tail of its own.
   * @param k events, a whole number at or above 0
   * @param mean events expected, from 0 to 1e15
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (k: number, mean: number): number => {
    checkArguments(k, mean);
    return poissonSf(k, mean);
  },

  /**
   * Natural log of P(K <= k), finite far below 1e-308.
   * @param k events, a whole number at or above 0
   * @param mean events expected, from 0 to 1e15
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (k: number, mean: number): number => {
    checkArguments(k, mean);
    return poissonLogCdf(k, mean);
  },

  /**
   * Natural log of P(K > k), finite far below 1e-308.
   * @param k events, a whole number at or above 0
   * @param mean events expected, from 0 to 1e15
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (k: number, mean: number): number => {
    checkArguments(k, mean);
    return poissonLogSf(k, mean);
  },

  /**
   * The smallest k with P(K <= k) at or above a probability.
   * @param probability in [0, 1]
   * @param mean events expected, from 0 to 1e15
   * @returns a whole number, Infinity for a probability of 1 of a mean above 0
   * @throws {DomainError} an argument outside its range
   */
  quantile: (probability: number, mean: number): number => {
    checkProbability("probability", probability);
    checkMean(mean);
    return poissonQuantile(probability, mean);
  },
};

function checkArguments(k: number, mean: number): void {
  checkCount("k", k);
  checkMean(mean);
}

/** Beyond it the counts of the upper tail are no longer exact doubles. */
const LARGEST_MEAN = 1e15;

function checkMean(mean: number): void {
  checkBetween("mean", mean, 0, LARGEST_MEAN);
}
