import { checkCount, checkObject, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { hypergeometricQuantile } from "./hypergeometric-quantile.ts";
import {
  hypergeometricCdf,
  hypergeometricLogPmf,
  type HypergeometricParameters,
  hypergeometricSf,
  hypergeometricSupport,
  logHypergeometricTails,
} from "./hypergeometric-tails.ts";
import { exp } from "./elementary/exp.ts";

/**
 * The hypergeometric distribution: successes among units drawn without return, with both tails to full relative
 * precision up to populations of 1e15.
 *
 * A tail is summed outwards from its first term, which takes a few microseconds at most: where there are more than 1500
 * terms, quadrature takes the place of the sum.
 *
 * Source: C. Loader (2000) for the probabilities; the sum of the tails is by Euler and Maclaurin.
 *
 * @example
 * ```ts
 * import { hypergeometric } from "microlift";
 * hypergeometric.sf(184, { population: 20_000, successes: 200, draws: 10_000 }); // 4.787536670204857e-39
 * hypergeometric.pmf(4, { population: 20, successes: 8, draws: 9 }); // 0.33007859014050965
 * ```
 */
export const hypergeometric = {
  /**
   * P(K = k).
   * @param k successes drawn, a whole number from 0 to draws
   * @param parameters.population units there are, a whole number at or above 0
   * @param parameters.successes successes among them
   * @param parameters.draws units drawn without return
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  pmf: (k: number, parameters: HypergeometricParameters): number => {
    checkArguments(k, parameters);
    return exp(logPmf(k, parameters));
  },

  /**
   * Natural log of P(K = k).
   * @param k successes drawn, a whole number from 0 to draws
   * @param parameters.population units there are, a whole number at or above 0
   * @param parameters.successes successes among them
   * @param parameters.draws units drawn without return
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logPmf: (k: number, parameters: HypergeometricParameters): number => {
    checkArguments(k, parameters);
    return logPmf(k, parameters);
  },

  /**
   * P(K <= k).
   * @param k successes drawn, a whole number from 0 to draws
   * @param parameters.population units there are, a whole number at or above 0
   * @param parameters.successes successes among them
   * @param parameters.draws units drawn without return
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (k: number, parameters: HypergeometricParameters): number => {
    checkArguments(k, parameters);
    return hypergeometricCdf(k, parameters);
  },

  /**
   * P(K > k), computed as a tail of its own.
   * @param k successes drawn, a whole number from 0 to draws
   * @param parameters.population units there are, a whole number at or above 0
   * @param parameters.successes successes among them
   * @param parameters.draws units drawn without return
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (k: number, parameters: HypergeometricParameters): number => {
    checkArguments(k, parameters);
    return hypergeometricSf(k, parameters);
  },

  /**
   * Natural log of P(K <= k), finite far below 1e-308.
   * @param k successes drawn, a whole number from 0 to draws
   * @param parameters.population units there are, a whole number at or above 0
   * @param parameters.successes successes among them
   * @param parameters.draws units drawn without return
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (k: number, parameters: HypergeometricParameters): number => {
    checkArguments(k, parameters);
    return logHypergeometricTails(k, parameters).lower;
  },

  /**
   * Natural log of P(K > k), finite far below 1e-308.
   * @param k successes drawn, a whole number from 0 to draws
   * @param parameters.population units there are, a whole number at or above 0
   * @param parameters.successes successes among them
   * @param parameters.draws units drawn without return
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (k: number, parameters: HypergeometricParameters): number => {
    checkArguments(k, parameters);
    return logHypergeometricTails(k, parameters).upper;
  },

  /**
   * The smallest k with P(K <= k) at or above a probability.
   * @param probability in [0, 1]
   * @param parameters.population units there are, a whole number at or above 0
   * @param parameters.successes successes among them
   * @param parameters.draws units drawn without return
   * @returns a whole number from 0 to draws
   * @throws {DomainError} an argument outside its range
   */
  quantile: (probability: number, parameters: HypergeometricParameters): number => {
    checkProbability("probability", probability);
    checkParameters(parameters);
    return hypergeometricQuantile(probability, parameters);
  },
};

function logPmf(k: number, parameters: HypergeometricParameters): number {
  const { lowest, highest } = hypergeometricSupport(parameters);
  return k < lowest || k > highest ? -Infinity : hypergeometricLogPmf(k, parameters);
}

function checkArguments(k: number, parameters: HypergeometricParameters): void {
  checkParameters(parameters);
  checkCount("k", k);
  if (k > parameters.draws) throw new DomainError("k", k, `must be at most draws = ${parameters.draws}`);
}

function checkParameters(parameters: HypergeometricParameters): void {
  checkObject("parameters", parameters);
  const { population, successes, draws } = parameters;
  checkCount("population", population);
  checkCount("successes", successes);
  if (successes > population) {
    throw new DomainError("successes", successes, `must be at most population = ${population}`);
  }
  checkCount("draws", draws);
  if (draws > population) throw new DomainError("draws", draws, `must be at most population = ${population}`);
}
