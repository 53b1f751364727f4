import { checkNumber, checkProbability } from "../core/checks.ts";
import { normalQuantile } from "./normal-quantile.ts";
import {
  CENTRE,
  halfSquareExp,
  INVERSE_SQRT_TWO_PI,
  LOG_SQRT_TWO_PI,
  normalCentre,
  scaledNormalTail,
} from "./normal-tail.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// The functions named normal... are for the inside of the library: they check nothing.

export { normalQuantile, normalUpperQuantile } from "./normal-quantile.ts";

export function normalPdf(x: number): number {
  return INVERSE_SQRT_TWO_PI * halfSquareExp(x);
}

export function normalLogPdf(x: number): number {
  return -0.5 * x * x - LOG_SQRT_TWO_PI;
}

/** P(Z > x), computed as a tail of its own. */
export function normalSf(x: number): number {
  if (Math.abs(x) <= CENTRE) return 0.5 - normalCentre(x);
  return x > 0 ? farTail(x) : 1 - farTail(-x);
}

/** P(Z <= x), computed as a tail of its own. */
export function normalCdf(x: number): number {
  return normalSf(-x);
}

/** ln P(Z > x), finite far beyond where the tail itself underflows. */
export function normalLogSf(x: number): number {
  if (Math.abs(x) <= CENTRE) return ln(0.5 - normalCentre(x));
  if (x < 0) return log1p(0 - farTail(-x)); // 0 − 0 is 0, where −0 would show
  return x === Infinity ? -Infinity : -0.5 * x * x + ln(scaledNormalTail(x));
}

/** ln P(Z <= x), finite far beyond where the tail itself underflows. */
export function normalLogCdf(x: number): number {
  return normalLogSf(-x);
}

function farTail(x: number): number {
  return halfSquareExp(x) * scaledNormalTail(x);
}

/**
 * The standard normal distribution, with both tails to full relative precision.
 *
 * Source: W. J. Cody (1969; 1993, ACM TOMS algorithm 715) for the tails, M. J. Wichura (1988, AS 241) for the quantile.
 *
 * @example
 * ```ts
 * import { normal } from "microlift";
 * normal.cdf(-9); // 1.1285884059538406e-19
 * normal.logSf(100); // -5005.5242086942050
 * normal.quantile(0.975); // 1.9599639845400543
 * ```
 */
export const normal = {
  /**
   * Density at x.
   * @param x any number, infinities included
   * @returns the density, 0 or more
   * @throws {DomainError} x is NaN
   */
  pdf: (x: number): number => {
    checkNumber("x", x);
    return normalPdf(x);
  },

  /**
   * Natural log of the density at x.
   * @param x any number, infinities included
   * @returns the log density
   * @throws {DomainError} x is NaN
   */
  logPdf: (x: number): number => {
    checkNumber("x", x);
    return normalLogPdf(x);
  },

  /**
   * P(Z <= x).
   * @param x any number, infinities included
   * @returns a probability
   * @throws {DomainError} x is NaN
   */
  cdf: (x: number): number => {
    checkNumber("x", x);
    return normalCdf(x);
  },

  /**
   * P(Z > x), computed as a tail of its own.
   * @param x any number, infinities included
   * @returns a probability
   * @throws {DomainError} x is NaN
   */
  sf: (x: number): number => {
    checkNumber("x", x);
    return normalSf(x);
  },

  /**
   * Natural log of P(Z <= x), finite far below 1e-308.
   * @param x any number, infinities included
   * @returns a log probability, 0 or less
   * @throws {DomainError} x is NaN
   */
  logCdf: (x: number): number => {
    checkNumber("x", x);
    return normalLogCdf(x);
  },

  /**
   * Natural log of P(Z > x), finite far below 1e-308.
   * @param x any number, infinities included
   * @returns a log probability, 0 or less
   * @throws {DomainError} x is NaN
   */
  logSf: (x: number): number => {
    checkNumber("x", x);
    return normalLogSf(x);
  },

  /**
   * The x with P(Z <= x) = p.
   * @param p a probability, 0 (−Infinity) and 1 (Infinity) included
   * @returns any number, infinities included
   * @throws {DomainError} p lies outside [0, 1]
   */
  quantile: (p: number): number => {
    checkProbability("p", p);
    return normalQuantile(p);
  },
};
