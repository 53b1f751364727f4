import { checkBetween, checkPositive, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkAtOrAboveZero } from "./check-at-or-above-zero.ts";
import { productError } from "./error-free.ts";
import { logGammaPrefix } from "./gamma-prefix.ts";
import { gammaQuantilePoint } from "./gamma-quantile.ts";
import { incompleteGamma, logIncompleteGamma } from "./incomplete-gamma.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

// The functions named gamma... are for the inside of the library: they check nothing.

/** Above it the parts of the exact product overflow. */
const LARGEST_FACTOR = 1e290;

/** rate · x − shape. What rounding the product loses is added back: at a large shape it would be seen. */
function deviation(x: number, shape: number, rate: number): number {
  const scaled = rate * x;
  const lost = Math.max(rate, x) < LARGEST_FACTOR ? productError(rate, x, scaled) : 0;
  return scaled - shape + lost;
}

export function gammaLogPdf(x: number, shape: number, rate = 1): number {
  if (rate * x === Infinity) return -Infinity;
  if (x === 0) {
    if (shape === 1) return ln(rate);
    return shape < 1 ? Infinity : -Infinity;
  }
  return logGammaPrefix(rate * x, shape, deviation(x, shape, rate)) - ln(x);
}

export function gammaPdf(x: number, shape: number, rate = 1): number {
  return exp(gammaLogPdf(x, shape, rate));
}

export function gammaCdf(x: number, shape: number, rate = 1): number {
  return incompleteGamma(rate * x, shape, deviation(x, shape, rate)).lower;
}

/** P(X > x), computed as a tail of its own. */
export function gammaSf(x: number, shape: number, rate = 1): number {
  return incompleteGamma(rate * x, shape, deviation(x, shape, rate)).upper;
}

export function gammaLogCdf(x: number, shape: number, rate = 1): number {
  return logIncompleteGamma(rate * x, shape, deviation(x, shape, rate)).lower;
}

export function gammaLogSf(x: number, shape: number, rate = 1): number {
  return logIncompleteGamma(rate * x, shape, deviation(x, shape, rate)).upper;
}

/** The x with P(X <= x) = p. */
export function gammaQuantile(p: number, shape: number, rate = 1): number {
  return gammaQuantilePoint(p, 1 - p, shape) / rate;
}

/** The x with P(X > x) = q. */
export function gammaUpperQuantile(q: number, shape: number, rate = 1): number {
  return gammaQuantilePoint(1 - q, q, shape) / rate;
}

/** Beyond these limits intermediate results leave the range of a double. */
const SMALLEST_SHAPE = 1e-300;
const LARGEST_SHAPE = 1e300;
/** Below it the product of rate and x has lost its digits. */
const SMALLEST_PRODUCT = 2.3e-308;

function checkShape(shape: number, rate: number): void {
  checkBetween("shape", shape, SMALLEST_SHAPE, LARGEST_SHAPE);
  checkPositive("rate", rate);
}

function checkPoint(x: number, shape: number, rate: number): void {
  checkAtOrAboveZero("x", x);
  checkShape(shape, rate);
  if (rate !== 1 && x > 0 && rate * x < SMALLEST_PRODUCT) {
    throw new DomainError("x", x, `must keep rate * x at or above ${SMALLEST_PRODUCT}`);
  }
}

/**
 * The gamma distribution of a shape and a rate, with both tails to full relative precision from shapes of a fraction
 * to shapes in the quadrillions: the posterior of an event rate, the waiting time for a number of events.
 *
 * Source: C. Loader (2000) for the density, Gautschi (1979, ACM TOMS algorithm 542) for the fraction; the others where
 * they are used.
 *
 * @example
 * ```ts
 * import { gamma } from "microlift";
 * gamma.sf(1000, 900); // 0.0006225977842750472
 * gamma.quantile(1e-20, 10); // 0.04547486316124717
 * ```
 */
export const gamma = {
  /**
   * Density at x.
   * @param x at or above 0, Infinity included
   * @param shape from 1e-300 to 1e300
   * @param rate events per unit of x, above 0; 1 by default
   * @returns the density, Infinity at 0 for a shape below 1
   * @throws {DomainError} an argument outside its range
   */
  pdf: (x: number, shape: number, rate: number = 1): number => {
    checkPoint(x, shape, rate);
    return gammaPdf(x, shape, rate);
  },

  /**
   * Natural log of the density at x.
   * @param x at or above 0, Infinity included
   * @param shape from 1e-300 to 1e300
   * @param rate events per unit of x, above 0; 1 by default
   * @returns the log density
   * @throws {DomainError} an argument outside its range
   */
  logPdf: (x: number, shape: number, rate: number = 1): number => {
    checkPoint(x, shape, rate);
    return gammaLogPdf(x, shape, rate);
  },

  /**
   * P(X <= x).
   * @param x at or above 0, Infinity included
   * @param shape from 1e-300 to 1e300
   * @param rate events per unit of x, above 0; 1 by default
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (x: number, shape: number, rate: number = 1): number => {
    checkPoint(x, shape, rate);
    return gammaCdf(x, shape, rate);
  },

  /**
   * P(X > x), computed as a tail of its own.
   * @param x at or above 0, Infinity included
   * @param shape from 1e-300 to 1e300
   * @param rate events per unit of x, above 0; 1 by default
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (x: number, shape: number, rate: number = 1): number => {
    checkPoint(x, shape, rate);
    return gammaSf(x, shape, rate);
  },

  /**
   * Natural log of P(X <= x), finite far below 1e-308.
   * @param x at or above 0, Infinity included
   * @param shape from 1e-300 to 1e300
   * @param rate events per unit of x, above 0; 1 by default
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (x: number, shape: number, rate: number = 1): number => {
    checkPoint(x, shape, rate);
    return gammaLogCdf(x, shape, rate);
  },

  /**
   * Natural log of P(X > x), finite far below 1e-308.
   * @param x at or above 0, Infinity included
   * @param shape from 1e-300 to 1e300
   * @param rate events per unit of x, above 0; 1 by default
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (x: number, shape: number, rate: number = 1): number => {
    checkPoint(x, shape, rate);
    return gammaLogSf(x, shape, rate);
  },

  /**
   * The x with P(X <= x) = p.
   * @param p a probability, 0 and 1 included
   * @param shape from 1e-300 to 1e300
   * @param rate events per unit of x, above 0; 1 by default
   * @returns a number at or above 0, Infinity for p = 1
   * @throws {DomainError} an argument outside its range
   */
  quantile: (p: number, shape: number, rate: number = 1): number => {
    checkProbability("p", p);
    checkShape(shape, rate);
    return gammaQuantile(p, shape, rate);
  },
};
