import { checkBetween, checkProbability } from "../core/checks.ts";
import { checkAtOrAboveZero } from "./check-at-or-above-zero.ts";
import {
  gammaCdf,
  gammaLogCdf,
  gammaLogPdf,
  gammaLogSf,
  gammaPdf,
  gammaQuantile,
  gammaSf,
  gammaUpperQuantile,
} from "./gamma.ts";

// Half a chi-squared variable with df degrees of freedom is a gamma variable of shape df / 2; halving is exact. The
// functions named chiSquared... are for the inside of the library: they check nothing.

export function chiSquaredPdf(x: number, df: number): number {
  return 0.5 * gammaPdf(0.5 * x, 0.5 * df);
}

export function chiSquaredLogPdf(x: number, df: number): number {
  return gammaLogPdf(0.5 * x, 0.5 * df) - Math.LN2;
}

export function chiSquaredCdf(x: number, df: number): number {
  return gammaCdf(0.5 * x, 0.5 * df);
}

/** P(X > x), computed as a tail of its own. */
export function chiSquaredSf(x: number, df: number): number {
  return gammaSf(0.5 * x, 0.5 * df);
}

export function chiSquaredLogCdf(x: number, df: number): number {
  return gammaLogCdf(0.5 * x, 0.5 * df);
}

export function chiSquaredLogSf(x: number, df: number): number {
  return gammaLogSf(0.5 * x, 0.5 * df);
}

/** The x with P(X <= x) = p. */
export function chiSquaredQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, 0.5 * df);
}

/** The x with P(X > x) = q. */
export function chiSquaredUpperQuantile(q: number, df: number): number {
  return 2 * gammaUpperQuantile(q, 0.5 * df);
}

// Twice the shapes that the gamma distribution takes.
const SMALLEST_DF = 2e-300;
const LARGEST_DF = 2e300;

function checkPoint(x: number, df: number): void {
  checkAtOrAboveZero("x", x);
  checkBetween("df", df, SMALLEST_DF, LARGEST_DF);
}

/**
 * The chi-squared distribution with df degrees of freedom, with both tails to full relative precision.
 *
 * Source: the gamma distribution of shape df / 2 at x / 2 (Abramowitz & Stegun 26.4.19).
 *
 * @example
 * ```ts
 * import { chiSquared } from "microlift";
 * chiSquared.sf(100, 1); // 1.5239706048321052e-23
 * chiSquared.quantile(0.95, 1); // 3.841458820694124
 * ```
 */
export const chiSquared = {
  /**
   * Density at x.
   * @param x at or above 0, Infinity included
   * @param df degrees of freedom, above 0, not only whole numbers
   * @returns the density, Infinity at 0 for df below 2
   * @throws {DomainError} an argument outside its range
   */
  pdf: (x: number, df: number): number => {
    checkPoint(x, df);
    return chiSquaredPdf(x, df);
  },

  /**
   * Natural log of the density at x.
   * @param x at or above 0, Infinity included
   * @param df degrees of freedom, above 0, not only whole numbers
   * @returns the log density
   * @throws {DomainError} an argument outside its range
   */
  logPdf: (x: number, df: number): number => {
    checkPoint(x, df);
    return chiSquaredLogPdf(x, df);
  },

  /**
   * P(X <= x).
   * @param x at or above 0, Infinity included
   * @param df degrees of freedom, above 0, not only whole numbers
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (x: number, df: number): number => {
    checkPoint(x, df);
    return chiSquaredCdf(x, df);
  },

  /**
   * P(X > x), computed as a tail of its own.
   * @param x at or above 0, Infinity included
   * @param df degrees of freedom, above 0, not only whole numbers
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (x: number, df: number): number => {
    checkPoint(x, df);
    return chiSquaredSf(x, df);
  },

  /**
   * Natural log of P(X <= x), finite far below 1e-308.
   * @param x at or above 0, Infinity included
   * @param df degrees of freedom, above 0, not only whole numbers
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (x: number, df: number): number => {
    checkPoint(x, df);
    return chiSquaredLogCdf(x, df);
  },

  /**
   * Natural log of P(X > x), finite far below 1e-308.
   * @param x at or above 0, Infinity included
   * @param df degrees of freedom, above 0, not only whole numbers
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (x: number, df: number): number => {
    checkPoint(x, df);
    return chiSquaredLogSf(x, df);
  },

  /**
   * The x with P(X <= x) = p.
   * @param p a probability, 0 and 1 included
   * @param df degrees of freedom, above 0, not only whole numbers
   * @returns a number at or above 0, Infinity for p = 1
   * @throws {DomainError} an argument outside its range
   */
  quantile: (p: number, df: number): number => {
    checkProbability("p", p);
    checkBetween("df", df, SMALLEST_DF, LARGEST_DF);
    return chiSquaredQuantile(p, df);
  },
};
