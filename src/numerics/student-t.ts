import { checkNumber, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { logPowerConstant } from "./beta-prefix.ts";
import { betaQuantilePoint } from "./beta-quantile.ts";
import { incompleteBeta, logIncompleteBeta } from "./incomplete-beta.ts";
import { log1mexp } from "./log1mexp.ts";
import { logBeta } from "./log-beta.ts";
import { normalLogPdf, normalLogSf, normalPdf, normalSf, normalUpperQuantile } from "./normal.ts";
import { polynomial } from "./polynomial.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// With x = df / (df + t²), P(|T| > t) is the lower tail of Beta(df/2, 1/2) at x (Abramowitz and Stegun 1964, 26.7.1).
// The functions named studentT... are for the inside of the library: they check nothing.

/** From here on T and a standard normal variable differ by less than a double shows. */
const NORMAL_FROM = 1e30;
/** Beyond this t²/df its reciprocal nears the smallest double, and the leading power of the tail is exact. */
const POWER_FROM = 1e290;

export function studentTLogPdf(t: number, df: number): number {
  return studentTLogDensity(df)(t);
}

/** ln of the density, for many t: what depends on the degrees of freedom alone is computed once. */
export function studentTLogDensity(df: number): (t: number) => number {
  if (df > NORMAL_FROM) return normalLogPdf;
  const logRoot = 0.5 * ln(df);
  const logIntegral = logBeta(0.5 * df, 0.5);
  return (t) => {
    const ratio = (t * t) / df;
    const log = ratio > POWER_FROM ? -logPoint(t, df) : log1p(ratio);
    return -0.5 * (df + 1) * log - logRoot - logIntegral;
  };
}

export function studentTPdf(t: number, df: number): number {
  return df > NORMAL_FROM ? normalPdf(t) : exp(studentTLogPdf(t, df));
}

/** P(T > t), computed as a tail of its own. */
export function studentTSf(t: number, df: number): number {
  if (df > NORMAL_FROM) return normalSf(t);
  const tail = 0.5 * bothTails(Math.abs(t), df);
  return t > 0 ? tail : 1 - tail;
}

/** P(T <= t), computed as a tail of its own. */
export function studentTCdf(t: number, df: number): number {
  return studentTSf(-t, df);
}

/** ln P(T > t), finite far beyond where the tail itself underflows. */
export function studentTLogSf(t: number, df: number): number {
  if (df > NORMAL_FROM) return normalLogSf(t);
  const log = logBothTails(Math.abs(t), df) - Math.LN2;
  return t > 0 ? log : log1mexp(log);
}

/** ln P(T <= t), finite far beyond where the tail itself underflows. */
export function studentTLogCdf(t: number, df: number): number {
  return studentTLogSf(-t, df);
}

/** The t with P(T > t) = q. */
export function studentTUpperQuantile(q: number, df: number): number {
  if (df > NORMAL_FROM) return normalUpperQuantile(q);
  return q <= 0.5 ? positiveQuantile(q, df) : 0 - positiveQuantile(1 - q, df);
}

/** The t with P(T <= t) = p. */
export function studentTQuantile(p: number, df: number): number {
  return 0 - studentTUpperQuantile(p, df);
}

function bothTails(t: number, df: number): number {
  const ratio = (t * t) / df;
  if (ratio > POWER_FROM) return exp(logBothTails(t, df));
  return incompleteBeta(1 / (1 + ratio), ratio / (1 + ratio), 0.5 * df, 0.5).lower;
}

function logBothTails(t: number, df: number): number {
  const ratio = (t * t) / df;
  if (ratio > POWER_FROM) return 0.5 * df * logPoint(t, df) + logPowerConstant(0.5 * df, 0.5);
  return logIncompleteBeta(1 / (1 + ratio), ratio / (1 + ratio), 0.5 * df, 0.5).lower;
}

/** ln x = ln(df / t²) where 1 beside t²/df no longer counts. */
function logPoint(t: number, df: number): number {
  return ln(df) - 2 * ln(Math.abs(t));
}

function positiveQuantile(q: number, df: number): number {
  if (q === 0) return Infinity;
  const z = normalUpperQuantile(q);
  const isInTail = z > BODY && z < FAR_TAIL;
  if (isInTail && df >= EXPANDED_FROM * (1 + z * z)) return expandedQuantile(q, z, df);
  const logX = (ln(2 * q) - logPowerConstant(0.5 * df, 0.5)) / (0.5 * df);
  if (logX < -ln(POWER_FROM)) return exp(0.5 * (ln(df) - logX));
  const { x, y } = betaQuantilePoint(2 * q, 1 - 2 * q, 0.5 * df, 0.5);
  return Math.sqrt(df * (y / x));
}

/** From so many times 1 + z² degrees of freedom on, the expansion below is right to seven digits and more. */
const EXPANDED_FROM = 15;
// Nearer to 0, and where tails are about to underflow, the difference of two tails has too few digits for Newton's step.
const BODY = 0.5;
const FAR_TAIL = 30;

/** The expansion about the normal quantile z (Abramowitz and Stegun 1964, 26.7.5), and a step of Newton's method. */
function expandedQuantile(q: number, z: number, df: number): number {
  const w = z * z;
  const second = (z * polynomial([5, 16, 3], w)) / 96 / df / df;
  const third = (z * polynomial([3, 19, 17, -15], w)) / 384 / df / df / df;
  const fourth = (z * polynomial([79, 776, 1482, -1920, -945], w)) / 92160 / df / df / df / df;
  const t = z + ((z * (1 + w)) / 4 / df + (second + (third + fourth)));
  return Math.abs(fourth) <= Number.EPSILON * t ? t : t + (studentTSf(t, df) - q) / studentTPdf(t, df);
}

/**
 * Student's t distribution with any real degrees of freedom, with both tails to full relative precision.
 *
 * Degrees of freedom run from 1e-99 to Infinity, which is the normal distribution.
 *
 * Source: Abramowitz and Stegun (1964), 26.7.1, on the library's incomplete beta function.
 *
 * @example
 * ```ts
 * import { studentT } from "microlift";
 * studentT.cdf(-0.1, 1e6); // 0.46017217274602158
 * studentT.quantile(0.975, 10); // 2.228138851986274
 * ```
 */
export const studentT = {
  /**
   * Density at t.
   * @param t any number, infinities included
   * @param df degrees of freedom, above 0; Infinity is the normal distribution
   * @returns the density, 0 or more
   * @throws {DomainError} an argument outside its range
   */
  pdf: (t: number, df: number): number => {
    checkArguments(t, df);
    return studentTPdf(t, df);
  },

  /**
   * Natural log of the density at t.
   * @param t any number, infinities included
   * @param df degrees of freedom, above 0; Infinity is the normal distribution
   * @returns the log density
   * @throws {DomainError} an argument outside its range
   */
  logPdf: (t: number, df: number): number => {
    checkArguments(t, df);
    return studentTLogPdf(t, df);
  },

  /**
   * P(T <= t).
   * @param t any number, infinities included
   * @param df degrees of freedom, above 0; Infinity is the normal distribution
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (t: number, df: number): number => {
    checkArguments(t, df);
    return studentTCdf(t, df);
  },

  /**
   * P(T > t), computed as a tail of its own.
   * @param t any number, infinities included
   * @param df degrees of freedom, above 0; Infinity is the normal distribution
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (t: number, df: number): number => {
    checkArguments(t, df);
    return studentTSf(t, df);
  },

  /**
   * Natural log of P(T <= t), finite far below 1e-308.
   * @param t any number, infinities included
   * @param df degrees of freedom, above 0; Infinity is the normal distribution
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (t: number, df: number): number => {
    checkArguments(t, df);
    return studentTLogCdf(t, df);
  },

  /**
   * Natural log of P(T > t), finite far below 1e-308.
   * @param t any number, infinities included
   * @param df degrees of freedom, above 0; Infinity is the normal distribution
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (t: number, df: number): number => {
    checkArguments(t, df);
    return studentTLogSf(t, df);
  },

  /**
   * The t with P(T <= t) = p.
   * @param p a probability, 0 (−Infinity) and 1 (Infinity) included
   * @param df degrees of freedom, above 0; Infinity is the normal distribution
   * @returns any number, infinities included
   * @throws {DomainError} an argument outside its range
   */
  quantile: (p: number, df: number): number => {
    checkProbability("p", p);
    checkDegreesOfFreedom(df);
    return studentTQuantile(p, df);
  },
};

function checkArguments(t: number, df: number): void {
  checkNumber("t", t);
  checkDegreesOfFreedom(df);
}

/** Below, the tails reach past the largest double on both sides and nothing is left between. */
const SMALLEST_DF = 1e-99;

function checkDegreesOfFreedom(df: number): void {
  if (!(typeof df === "number" && df >= SMALLEST_DF))
    throw new DomainError("df", df, `must be at least ${SMALLEST_DF}`);
}
