import { checkBetween, checkProbability } from "../core/checks.ts";
import { betaDeviation, logBetaPrefix } from "./beta-prefix.ts";
import { betaQuantilePoint } from "./beta-quantile.ts";
import { incompleteBeta, logIncompleteBeta } from "./incomplete-beta.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// The functions named beta... are for the inside of the library: they check nothing.

export { logBeta } from "./log-beta.ts";

export function betaLogPdf(x: number, a: number, b: number): number {
  if (x === 0) return logPdfAtZero(a, b);
  if (x === 1) return logPdfAtZero(b, a);
  const y = 1 - x;
  return logBetaPrefix(x, y, a, b, betaDeviation(x, y, a, b)) - ln(x) - log1p(-x);
}

function logPdfAtZero(a: number, b: number): number {
  if (a === 1) return ln(b);
  return a < 1 ? Infinity : -Infinity;
}

export function betaPdf(x: number, a: number, b: number): number {
  return exp(betaLogPdf(x, a, b));
}

export function betaCdf(x: number, a: number, b: number): number {
  return incompleteBeta(x, 1 - x, a, b).lower;
}

export function betaSf(x: number, a: number, b: number): number {
  return incompleteBeta(x, 1 - x, a, b).upper;
}

export function betaLogCdf(x: number, a: number, b: number): number {
  return logIncompleteBeta(x, 1 - x, a, b).lower;
}

export function betaLogSf(x: number, a: number, b: number): number {
  return logIncompleteBeta(x, 1 - x, a, b).upper;
}

/** The x with P(X <= x) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaQuantilePoint(p, 1 - p, a, b).x;
}

/** The x with P(X > x) = q. */
export function betaUpperQuantile(q: number, a: number, b: number): number {
  return betaQuantilePoint(1 - q, q, a, b).x;
}

/**
 * The beta distribution on [0, 1] with shapes a and b, with both tails to full relative precision from shapes of a
 * fraction to shapes in the quadrillions: the posterior of a conversion rate.
 *
 * Shapes run from 1e-100 to 1e16, beyond any count that a double holds exactly.
 *
 * Source: Didonato and Morris (1992, ACM TOMS algorithm 708) for the tails, C. Loader (2000) for the density.
 *
 * @example
 * ```ts
 * import { beta } from "microlift";
 * beta.cdf(0.3, 3e6, 7e6); // 0.50003670617758497
 * beta.quantile(0.999999999999, 1, 1e6); // 2.763066150413406e-5
 * ```
 */
export const beta = {
  /**
   * Density at x.
   * @param x in [0, 1]
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns the density, Infinity at an end whose shape is below 1
   * @throws {DomainError} an argument outside its range
   */
  pdf: (x: number, a: number, b: number): number => {
    checkPoint(x, a, b);
    return betaPdf(x, a, b);
  },

  /**
   * Natural log of the density at x.
   * @param x in [0, 1]
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns the log density
   * @throws {DomainError} an argument outside its range
   */
  logPdf: (x: number, a: number, b: number): number => {
    checkPoint(x, a, b);
    return betaLogPdf(x, a, b);
  },

  /**
   * P(X <= x).
   * @param x in [0, 1]
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (x: number, a: number, b: number): number => {
    checkPoint(x, a, b);
    return betaCdf(x, a, b);
  },

  /**
   * P(X > x), computed as a tail of its own.
   * @param x in [0, 1]
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (x: number, a: number, b: number): number => {
    checkPoint(x, a, b);
    return betaSf(x, a, b);
  },

  /**
   * Natural log of P(X <= x), finite far below 1e-308.
   * @param x in [0, 1]
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (x: number, a: number, b: number): number => {
    checkPoint(x, a, b);
    return betaLogCdf(x, a, b);
  },

  /**
   * Natural log of P(X > x), finite far below 1e-308.
   * @param x in [0, 1]
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (x: number, a: number, b: number): number => {
    checkPoint(x, a, b);
    return betaLogSf(x, a, b);
  },

  /**
   * The x with P(X <= x) = p.
   * @param p a probability in [0, 1]
   * @param a first shape, above 0
   * @param b second shape, above 0
   * @returns a point of [0, 1]
   * @throws {DomainError} an argument outside its range
   */
  quantile: (p: number, a: number, b: number): number => {
    checkProbability("p", p);
    checkShape("a", a);
    checkShape("b", b);
    return betaQuantile(p, a, b);
  },
};

function checkPoint(x: number, a: number, b: number): void {
  checkProbability("x", x);
  checkShape("a", a);
  checkShape("b", b);
}

/** Beyond these limits products of shapes leave the range of a double. */
const SMALLEST_SHAPE = 1e-100;
const LARGEST_SHAPE = 1e16;

function checkShape(field: string, value: number): void {
  checkBetween(field, value, SMALLEST_SHAPE, LARGEST_SHAPE);
}
