import { checkCount, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkAtOrAboveZero } from "./check-at-or-above-zero.ts";
import { findRoot } from "./find-root.ts";
import { log1mexp } from "./log1mexp.ts";
import { logChiMixture } from "./log-chi-mixture.ts";
import { normalBetween } from "./normal-between.ts";
import { normalLogCdf, normalLogPdf } from "./normal.ts";
import { findPeak, logPeakIntegral } from "./peak-integral.ts";
import { studentTPdf, studentTUpperQuantile } from "./student-t.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// The functions named studentizedRange... are for the inside of the library: they check nothing.

/** From here on an estimated variance and a known one differ by less than a double shows. */
const NORMAL_FROM = 1e30;
/** Above it a probability is told by its complement: its log keeps its digits, and it never exceeds 1. */
const NEARLY_CERTAIN = -0.01;

/** ln P(Q > q), computed as a tail of its own. */
export function studentizedRangeLogSf(q: number, groups: number, df: number): number {
  const log = logTail(logRangeAbove, q, groups, df);
  return log > NEARLY_CERTAIN ? log1mexp(logWithin(q, groups, df)) : log;
}

/** ln P(Q <= q), computed as a tail of its own. */
export function studentizedRangeLogCdf(q: number, groups: number, df: number): number {
  const log = logWithin(q, groups, df);
  return log > NEARLY_CERTAIN ? log1mexp(logTail(logRangeAbove, q, groups, df)) : log;
}

/** P(Q > q), computed as a tail of its own. */
export function studentizedRangeSf(q: number, groups: number, df: number): number {
  return exp(studentizedRangeLogSf(q, groups, df));
}

/** P(Q <= q), computed as a tail of its own. */
export function studentizedRangeCdf(q: number, groups: number, df: number): number {
  return exp(studentizedRangeLogCdf(q, groups, df));
}

/** The q with P(Q > q) = p. */
export function studentizedRangeUpperQuantile(p: number, groups: number, df: number): number {
  return quantileOfTails(1 - p, p, groups, df);
}

/** The q with P(Q <= q) = p. */
export function studentizedRangeQuantile(p: number, groups: number, df: number): number {
  return quantileOfTails(p, 1 - p, groups, df);
}

/** Below it the chance of a smaller range is a power of the range, to the last digit. */
const NEXT_TO_NOTHING = 1e-30;

/** ln P(Q <= q). */
function logWithin(q: number, groups: number, df: number): number {
  if (q === 0 || q >= NEXT_TO_NOTHING) return logTail(logRangeWithin, q, groups, df);
  return logTail(logRangeWithin, NEXT_TO_NOTHING, groups, df) + (groups - 1) * ln(q / NEXT_TO_NOTHING);
}

type LogTail = (range: number, groups: number) => number;

function logTail(logNormalTail: LogTail, q: number, groups: number, df: number): number {
  if (df > NORMAL_FROM) return logNormalTail(q, groups);
  if (q === 0 || q === Infinity) return logNormalTail(q, groups);
  // Two means apart by q standard deviations are where their variance is underestimated most easily.
  const start = logNormalTail === logRangeAbove ? -logHypotOfOne(ln(q) - 0.5 * ln(2 * df)) : 0;
  return logChiMixture((u) => logNormalTail(q * exp(u), groups), df, start);
}

/** ln √(1 + x²) from ln x, for any x that a double holds. */
function logHypotOfOne(logX: number): number {
  return logX > 0 ? logX + 0.5 * log1p(exp(-2 * logX)) : 0.5 * log1p(exp(2 * logX));
}

/** Below it the chance that two are beyond counts nothing beside that of one. */
const RARE = -37;
/** Beyond it the square overflows. */
const FARTHEST = 1e150;

/**
 * ln P(range > r) of standard normal variables. With the largest at x the others are below it, and not all of them above
 * x − r: groups · ∫ φ(x) [Φ(x)^(groups − 1) − (Φ(x) − Φ(x − r))^(groups − 1)] dx, where nothing cancels.
 */
function logRangeAbove(range: number, groups: number): number {
  if (range === 0) return 0;
  if (range > FARTHEST) return -Infinity;
  const others = groups - 1;
  const log = (x: number): number => {
    const logBelow = normalLogCdf(x);
    // Rounding may carry it above 0 where the range is next to nothing.
    const logShareBeyond = Math.min(0, normalLogCdf(x - range) - logBelow);
    const isRare = logShareBeyond + ln(others) < RARE;
    const logSomeBeyond = isRare ? logShareBeyond + ln(others) : log1mexp(others * log1mexp(logShareBeyond));
    return normalLogPdf(x) + others * logBelow + logSomeBeyond;
  };
  return ln(groups) + logPeakIntegral(log, findPeak(log, 0.5 * range, 1));
}

/** ln P(range <= r) of standard normal variables: groups · ∫ φ(x) (Φ(x) − Φ(x − r))^(groups − 1) dx. */
function logRangeWithin(range: number, groups: number): number {
  if (range === 0) return -Infinity;
  if (range > FARTHEST) return 0;
  const log = (x: number): number => normalLogPdf(x) + (groups - 1) * ln(normalBetween(x - range, x, range));
  return ln(groups) + logPeakIntegral(log, findPeak(log, Math.min(0.5 * range, 1), 1));
}

/** ln 2^−1022. */
const LOG_SMALLEST_NORMAL = -708;

/** The point with lower tail p and upper tail q = 1 − p; the smaller of the two is taken at its word. */
function quantileOfTails(p: number, q: number, groups: number, df: number): number {
  if (p === 0) return 0;
  if (q === 0) return Infinity;
  // The range is at least one difference of two means, and at most the largest of all of them (Bonferroni).
  // In logs, since a quotient of the smallest doubles has no digits.
  const logLeast = p < 0.5 ? ln(p) - ln(2 * studentTPdf(0, df)) : ln(studentTUpperQuantile(0.5 * q, df));
  const most = studentTUpperQuantile(Math.min(q, 0.5) / (groups * (groups - 1)), df);
  const excess = (logRange: number): number => {
    const range = exp(logRange);
    return p < 0.5
      ? studentizedRangeLogCdf(range, groups, df) - ln(p)
      : ln(q) - studentizedRangeLogSf(range, groups, df);
  };
  // The smallest doubles have few digits, or one.
  const margin = logLeast > LOG_SMALLEST_NORMAL ? 1e-9 : 1;
  const lower = 0.5 * Math.LN2 + logLeast - margin;
  const upper = ln(Math.SQRT2 * most) + margin;
  return exp(findRoot(excess, lower, upper, { tolerance: 1e-15 }));
}

const MOST_GROUPS = 1e9;
const SMALLEST_DF = 0.1;

function checkParameters(groups: number, df: number): void {
  checkCount("groups", groups, 2);
  if (groups > MOST_GROUPS) throw new DomainError("groups", groups, `must be at most ${MOST_GROUPS}`);
  if (!(typeof df === "number" && df >= SMALLEST_DF))
    throw new DomainError("df", df, `must be at least ${SMALLEST_DF}`);
}

function checkArguments(q: number, groups: number, df: number): void {
  checkAtOrAboveZero("q", q);
  checkParameters(groups, df);
}

/**
 * The studentized range: the range of the means of equal groups over their estimated standard error, which Tukey's
 * comparison of all pairs rests on. Both tails have full relative precision.
 *
 * Source: Copenhaver and Holland (1988), J. Statist. Comput. Simul. 30, 1–15, for the integral; the upper tail is
 * integrated for itself.
 *
 * @example
 * ```ts
 * import { studentizedRange } from "microlift";
 * studentizedRange.sf(3.5, 3, 10); // 0.07710331083841174
 * studentizedRange.quantile(0.95, 3, 10); // 3.87677675001318
 * ```
 */
export const studentizedRange = {
  /**
   * P(Q <= q).
   * @param q the range over the standard error of one mean, at or above 0, Infinity included
   * @param groups how many means, 2 to 1e9
   * @param df degrees of freedom of the standard error, at least 0.1; Infinity where it is known
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  cdf: (q: number, groups: number, df: number): number => {
    checkArguments(q, groups, df);
    return studentizedRangeCdf(q, groups, df);
  },

  /**
   * P(Q > q), computed as a tail of its own.
   * @param q the range over the standard error of one mean, at or above 0, Infinity included
   * @param groups how many means, 2 to 1e9
   * @param df degrees of freedom of the standard error, at least 0.1; Infinity where it is known
   * @returns a probability
   * @throws {DomainError} an argument outside its range
   */
  sf: (q: number, groups: number, df: number): number => {
    checkArguments(q, groups, df);
    return studentizedRangeSf(q, groups, df);
  },

  /**
   * Natural log of P(Q <= q), finite far below 1e-308.
   * @param q the range over the standard error of one mean, at or above 0, Infinity included
   * @param groups how many means, 2 to 1e9
   * @param df degrees of freedom of the standard error, at least 0.1; Infinity where it is known
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logCdf: (q: number, groups: number, df: number): number => {
    checkArguments(q, groups, df);
    return studentizedRangeLogCdf(q, groups, df);
  },

  /**
   * Natural log of P(Q > q), finite far below 1e-308.
   * @param q the range over the standard error of one mean, at or above 0, Infinity included
   * @param groups how many means, 2 to 1e9
   * @param df degrees of freedom of the standard error, at least 0.1; Infinity where it is known
   * @returns a log probability, 0 or less
   * @throws {DomainError} an argument outside its range
   */
  logSf: (q: number, groups: number, df: number): number => {
    checkArguments(q, groups, df);
    return studentizedRangeLogSf(q, groups, df);
  },

  /**
   * The q with P(Q <= q) = p.
   * @param p a probability, 0 and 1 included
   * @param groups how many means, 2 to 1e9
   * @param df degrees of freedom of the standard error, at least 0.1; Infinity where it is known
   * @returns a number at or above 0, Infinity for p = 1
   * @throws {DomainError} an argument outside its range
   */
  quantile: (p: number, groups: number, df: number): number => {
    checkProbability("p", p);
    checkParameters(groups, df);
    return studentizedRangeQuantile(p, groups, df);
  },
};
