import { checkBetween, checkProbability } from "../core/checks.ts";
import { checkAtOrAboveZero } from "./check-at-or-above-zero.ts";
import { fLogPdf, fQuantile, fTails, logFTails } from "./f-tails.ts";
import { exp } from "./elementary/exp.ts";

/**
 * Fisher's F distribution, with both tails to full relative precision: the ratio of two estimates of a variance, with
 * df1 degrees of freedom above and df2 below.
 *
 * Degrees of freedom run from 1e-99 to 1e16 and need not be whole numbers.
 *
 * Source: Abramowitz and Stegun (1964), 26.6.2, on the library's incomplete beta function.
 *
 * @example
 * ```ts
 * import { f } from "microlift";
 * f.sf(100, 2, 100); // 1.3929555690985384e-24
 * f.quantile(0.95, 1, 10); // 4.9646027437307
 * ```
 */
export const f = {
  /**
   * Density at x.
   * @param x at or above 0, Infinity included
   * @param df1 degrees of freedom above, from 1e-99 to 1e16
   * @param df2 degrees of freedom below, from 1e-99 to 1e16
   * @returns the density, Infinity at 0 for df1 below 2
   * @throws {DomainError} an argument outside its range
   */
  pdf: (x: number, df1: number, df2: number): number => {
    checkPoint(x, df1, df2);
    return exp(fLogPdf(x, df1, df2));
  },

  /**
   * Natural log of the density at x.
   * @param x at or above 0, Infinity included
   * @param df1 degrees of freedom above, from 1e-99 to 1e16
   * @param df2 degrees of freedom below, from 1e-99 to 1e16
   * @returns the log density
   * @throws {DomainError} an argument outside its range
   */
  logPdf: (x: number, df1: number, df2: number): number => {
    checkPoint(x, df1, df2);
    return fLogPdf(x, df1, df2);
  },

  /**
   * P(X <= x).
   * @param x at or above 0, Infinity included
   * @param df1 degrees of freedom above, from 1e-99 to 1e16
   * @param df2 degrees of freedom below, from 1e-99 to 1e16
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (x: number, df1: number, df2: number): number => {
    checkPoint(x, df1, df2);
    return fTails(x, df1, df2).lower;
  },

  /**
   * P(X > x), computed as a tail of its own.
   * @param x at or above 0, Infinity included
   * @param df1 degrees of freedom above, from 1e-99 to 1e16
   * @param df2 degrees of freedom below, from 1e-99 to 1e16
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (x: number, df1: number, df2: number): number => {
    checkPoint(x, df1, df2);
    return fTails(x, df1, df2).upper;
  },

  /**
   * Natural log of P(X <= x), finite far below 1e-308.
   * @param x at or above 0, Infinity included
   * @param df1 degrees of freedom above, from 1e-99 to 1e16
   * @param df2 degrees of freedom below, from 1e-99 to 1e16
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (x: number, df1: number, df2: number): number => {
    checkPoint(x, df1, df2);
    return logFTails(x, df1, df2).lower;
  },

  /**
   * Natural log of P(X > x), finite far below 1e-308.
   * @param x at or above 0, Infinity included
   * @param df1 degrees of freedom above, from 1e-99 to 1e16
   * @param df2 degrees of freedom below, from 1e-99 to 1e16
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (x: number, df1: number, df2: number): number => {
    checkPoint(x, df1, df2);
    return logFTails(x, df1, df2).upper;
  },

  /**
   * The x with P(X <= x) = p.
   * @param p a probability, 0 and 1 included
   * @param df1 degrees of freedom above, from 1e-99 to 1e16
   * @param df2 degrees of freedom below, from 1e-99 to 1e16
   * @returns a number at or above 0, Infinity for p = 1
   * @throws {DomainError} an argument outside its range
   */
  quantile: (p: number, df1: number, df2: number): number => {
    checkProbability("p", p);
    checkDegreesOfFreedom("df1", df1);
    checkDegreesOfFreedom("df2", df2);
    return fQuantile(p, df1, df2);
  },
};

function checkPoint(x: number, df1: number, df2: number): void {
  checkAtOrAboveZero("x", x);
  checkDegreesOfFreedom("df1", df1);
  checkDegreesOfFreedom("df2", df2);
}

/** Beyond these limits the incomplete beta function is not known to hold. */
const SMALLEST_DF = 1e-99;
const LARGEST_DF = 1e16;

function checkDegreesOfFreedom(field: string, value: number): void {
  checkBetween(field, value, SMALLEST_DF, LARGEST_DF);
}
