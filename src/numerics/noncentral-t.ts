import { checkBetween, checkNumber, checkProbability } from "../core/checks.ts";
import { log1mexp } from "./log1mexp.ts";
import { nearlyNormalTSf } from "./nearly-normal-t.ts";
import { newtonRoot } from "./newton-root.ts";
import { logNoncentralT, type Part } from "./noncentral-t-integral.ts";
import { normalLogSf, normalUpperQuantile } from "./normal.ts";
import { exp } from "./elementary/exp.ts";
import { cosh, sinh } from "./elementary/hyperbolic.ts";
import { hypot } from "./elementary/hypot.ts";
import { asinh } from "./elementary/inverse-hyperbolic.ts";
import { ln } from "./elementary/ln.ts";

// The functions named noncentralT... are for the inside of the library: they check nothing.

export function noncentralTLogPdf(t: number, df: number, noncentrality: number): number {
  return t < 0
    ? logNoncentralT("density", -t, df, -noncentrality)
    : logNoncentralT("density", t, df, noncentrality);
}

export function noncentralTPdf(t: number, df: number, noncentrality: number): number {
  return exp(noncentralTLogPdf(t, df, noncentrality));
}

/** Above it a probability is told by its complement: its log keeps its digits, and it never exceeds 1. */
const NEARLY_CERTAIN = -0.01;

/** ln P(T > t), computed as a tail of its own. */
export function noncentralTLogSf(t: number, df: number, noncentrality: number): number {
  if (t === 0) return normalLogSf(-noncentrality);
  const log = logTail("upper", t, df, noncentrality);
  return log > NEARLY_CERTAIN ? log1mexp(logTail("lower", t, df, noncentrality)) : log;
}

function logTail(part: Part, t: number, df: number, noncentrality: number): number {
  if (t > 0) return logNoncentralT(part, t, df, noncentrality);
  return logNoncentralT(part === "upper" ? "lower" : "upper", -t, df, -noncentrality);
}

/** P(T > t), computed as a tail of its own. */
export function noncentralTSf(t: number, df: number, noncentrality: number): number {
  return nearlyNormalTSf(t, df, noncentrality) ?? exp(noncentralTLogSf(t, df, noncentrality));
}

/** ln P(T <= t), computed as a tail of its own. */
export function noncentralTLogCdf(t: number, df: number, noncentrality: number): number {
  return noncentralTLogSf(-t, df, -noncentrality);
}

/** P(T <= t), computed as a tail of its own. */
export function noncentralTCdf(t: number, df: number, noncentrality: number): number {
  return noncentralTSf(-t, df, -noncentrality);
}

/** The t with P(T > t) = q. */
export function noncentralTUpperQuantile(q: number, df: number, noncentrality: number): number {
  return q <= 0.5 ? quantileOfTail(q, df, noncentrality) : 0 - quantileOfTail(1 - q, df, -noncentrality);
}

/** The t with P(T <= t) = p. */
export function noncentralTQuantile(p: number, df: number, noncentrality: number): number {
  return 0 - noncentralTUpperQuantile(p, df, -noncentrality);
}

/** Beyond it sinh overflows. */
const LARGEST = 710;

/** Newton's method on the log of the tail in x, t = sinh x: even in x near 0, and on the log scale far out. */
function quantileOfTail(q: number, df: number, noncentrality: number): number {
  const logQ = ln(q);
  if (logQ <= noncentralTLogSf(sinh(LARGEST), df, noncentrality)) return Infinity;
  const rounding = Number.EPSILON * Math.max(1, Math.abs(logQ));
  const z = normalUpperQuantile(q);
  const guess = noncentrality + z * hypot(1, noncentrality / Math.sqrt(2 * df));
  const x = newtonRoot(
    (y) => {
      const t = sinh(y);
      const log = noncentralTLogSf(t, df, noncentrality);
      const excess = logQ - log;
      const slope = exp(noncentralTLogPdf(t, df, noncentrality) - log) * cosh(y);
      return [Math.abs(excess) <= rounding ? 0 : excess, slope];
    },
    -LARGEST,
    LARGEST,
    asinh(guess),
  );
  return sinh(x);
}

/** Below, T reaches past the largest double on both sides. */
const SMALLEST_DF = 1e-3;
const LARGEST_DF = 1e30;
const LARGEST_NONCENTRALITY = 1e10;

function checkParameters(df: number, noncentrality: number): void {
  checkBetween("df", df, SMALLEST_DF, LARGEST_DF);
  checkBetween("noncentrality", noncentrality, -LARGEST_NONCENTRALITY, LARGEST_NONCENTRALITY);
}

function checkArguments(t: number, df: number, noncentrality: number): void {
  checkNumber("t", t);
  checkParameters(df, noncentrality);
}

/**
 * The noncentral t distribution, of (Z + noncentrality) / S for a standard normal Z and df · S² chi-squared with df
 * degrees of freedom: what a t statistic follows when there is an effect. Both tails have full relative precision.
 *
 * Source: its definition (Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 31),
 * integrated over S or over Z by the trapezoidal rule.
 *
 * @example
 * ```ts
 * import { noncentralT } from "microlift";
 * noncentralT.sf(1.96, 5, 2.8); // 0.7891970950637518
 * noncentralT.cdf(-2, 1e4, 5); // 1.2866789541833769e-12
 * ```
 */
export const noncentralT = {
  /**
   * Density at t.
   * @param t any number, infinities included
   * @param df degrees of freedom, from 0.001 to 1e30
   * @param noncentrality the mean of the numerator, from −1e10 to 1e10
   * @returns the density, 0 or more
   * @throws {DomainError} an argument outside its range
   */
  pdf: (t: number, df: number, noncentrality: number): number => {
    checkArguments(t, df, noncentrality);
    return noncentralTPdf(t, df, noncentrality);
  },

  /**
   * Natural log of the density at t.
   * @param t any number, infinities included
   * @param df degrees of freedom, from 0.001 to 1e30
   * @param noncentrality the mean of the numerator, from −1e10 to 1e10
   * @returns the log density
   * @throws {DomainError} an argument outside its range
   */
  logPdf: (t: number, df: number, noncentrality: number): number => {
    checkArguments(t, df, noncentrality);
    return noncentralTLogPdf(t, df, noncentrality);
  },

  /**
   * P(T <= t), computed as a tail of its own.
   * @param t any number, infinities included
   * @param df degrees of freedom, from 0.001 to 1e30
   * @param noncentrality the mean of the numerator, from −1e10 to 1e10
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (t: number, df: number, noncentrality: number): number => {
    checkArguments(t, df, noncentrality);
    return noncentralTCdf(t, df, noncentrality);
  },

  /**
   * P(T > t), computed as a tail of its own.
   * @param t any number, infinities included
   * @param df degrees of freedom, from 0.001 to 1e30
   * @param noncentrality the mean of the numerator, from −1e10 to 1e10
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (t: number, df: number, noncentrality: number): number => {
    checkArguments(t, df, noncentrality);
    return noncentralTSf(t, df, noncentrality);
  },

  /**
   * Natural log of P(T <= t), finite far below 1e-308.
   * @param t any number, infinities included
   * @param df degrees of freedom, from 0.001 to 1e30
   * @param noncentrality the mean of the numerator, from −1e10 to 1e10
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (t: number, df: number, noncentrality: number): number => {
    checkArguments(t, df, noncentrality);
    return noncentralTLogCdf(t, df, noncentrality);
  },

  /**
   * Natural log of P(T > t), finite far below 1e-308.
   * @param t any number, infinities included
   * @param df degrees of freedom, from 0.001 to 1e30
   * @param noncentrality the mean of the numerator, from −1e10 to 1e10
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (t: number, df: number, noncentrality: number): number => {
    checkArguments(t, df, noncentrality);
    return noncentralTLogSf(t, df, noncentrality);
  },

  /**
   * The t with P(T <= t) = p.
   * @param p a probability, 0 (−Infinity) and 1 (Infinity) included
   * @param df degrees of freedom, from 0.001 to 1e30
   * @param noncentrality the mean of the numerator, from −1e10 to 1e10
   * @returns any number, infinities included
   * @throws {DomainError} an argument outside its range
   */
  quantile: (p: number, df: number, noncentrality: number): number => {
    checkProbability("p", p);
    checkParameters(df, noncentrality);
    return noncentralTQuantile(p, df, noncentrality);
  },
};
