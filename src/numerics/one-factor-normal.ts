import { findRoot } from "./find-root.ts";
import { integrate } from "./integrate.ts";
import { logChiMixture } from "./log-chi-mixture.ts";
import { normalLogSf } from "./normal.ts";
import { studentTLogSf, studentTUpperQuantile } from "./student-t.ts";
import { trapezoidal } from "./trapezoidal.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// oneFactorSf(thresholds, { loadings, df, isTwoSided }): number               P(some T_i > thresholds[i])
// oneFactorLogSf(thresholds, { loadings, df, isTwoSided }): number            its natural log
// oneFactorUpperQuantile(q, { loadings, df, isTwoSided }): number             the one c with P(some T_i > c) = q
//
// These are for the inside of the library: they check nothing.

/** Variables that depend on each other through one common factor, as comparisons with one control do. */
export interface OneFactor {
  /**
   * Variables i and j have correlation loadings[i] · loadings[j]; each strictly between −1 and 1. Comparisons with a
   * control have √(n_i / (n_i + n_control)).
   */
  readonly loadings: readonly number[];
  /** Degrees of freedom of the common estimate of the variance; Infinity where it is known. */
  readonly df: number;
  /** Whether a variable counts by its absolute value. */
  readonly isTwoSided: boolean;
}

/** Variables of one loading and one threshold. */
interface Group {
  readonly loading: number;
  /** √(1 − loading²): the standard deviation of a variable when the common factor is known. */
  readonly rest: number;
  readonly threshold: number;
  size: number;
}

/** P(T_i > thresholds[i] for some i), or with |T_i|: computed as a tail of its own. */
export function oneFactorSf(thresholds: readonly number[], family: OneFactor): number {
  return exp(oneFactorLogSf(thresholds, family));
}

/** ln P(T_i > thresholds[i] for some i), or with |T_i|: finite far below where the tail itself underflows. */
export function oneFactorLogSf(thresholds: readonly number[], family: OneFactor): number {
  const { df, isTwoSided } = family;
  const lowest = Math.min(...thresholds);
  if (lowest === Infinity) return -Infinity;
  if (lowest <= (isTwoSided ? 0 : -Infinity)) return 0;
  const groups = groupsOf(thresholds, family);
  if (groups.length === 1 && groups[0]!.size === 1) {
    return studentTLogSf(lowest, df) + (isTwoSided ? Math.LN2 : 0);
  }
  if (df === Infinity) return Math.min(0, logNormalTail(groups, isTwoSided, 1));
  if (lowest > POWER_FROM) {
    // So far out the tail is a power of t, and squares would overflow.
    const nearer = thresholds.map((c) => (c / lowest) * POWER_FROM);
    return oneFactorLogSf(nearer, family) - df * ln(lowest / POWER_FROM);
  }
  // Where Student's t itself exceeds the lowest threshold most easily.
  const start = lowest > 0 ? -0.5 * log1p((lowest * lowest) / df) : 0;
  return Math.min(
    0,
    logChiMixture((u) => logNormalTail(groups, isTwoSided, exp(u)), df, start),
  );
}

/** The c with P(T_i > c for some i) = q, or with |T_i|: a critical value. */
export function oneFactorUpperQuantile(q: number, family: OneFactor): number {
  const { loadings, df, isTwoSided } = family;
  const single = isTwoSided ? 0.5 * q : q;
  const lower = studentTUpperQuantile(single, df);
  if (loadings.length === 1) return lower;
  // Between one variable alone and Bonferroni's bound, which deep in the tail is met to the last digit.
  const upper = studentTUpperQuantile(single / loadings.length, df);
  const margin = 1e-9 * (1 + Math.abs(upper));
  const logQ = ln(q);
  return findRoot(
    (c) =>
      oneFactorLogSf(
        loadings.map(() => c),
        family,
      ) - logQ,
    lower - margin,
    upper + margin,
    { tolerance: QUANTILE_TOLERANCE * Math.abs(upper) },
  );
}

/** Of a critical value, relative to its bound: the digits of the tail, which is integrated, allow no more. */
const QUANTILE_TOLERANCE = 1e-14;

/** From here on the tail of t is its leading power, for any degrees of freedom that a double tells from infinite ones. */
const POWER_FROM = 1e100;

function groupsOf(thresholds: readonly number[], { loadings, isTwoSided }: OneFactor): Group[] {
  const groups = new Map<string, Group>();
  for (let i = 0; i < thresholds.length; i++) {
    const threshold = thresholds[i]!;
    if (threshold === Infinity) continue;
    // Both sides together do not see the sign of a variable.
    const loading = isTwoSided ? Math.abs(loadings[i]!) : loadings[i]!;
    const key = `${loading} ${threshold}`;
    const group = groups.get(key);
    if (group) group.size++;
    else groups.set(key, { loading, rest: Math.sqrt((1 - loading) * (1 + loading)), threshold, size: 1 });
  }
  return [...groups.values()];
}

/** A factor this many standard deviations from where it is expected no longer counts. */
const REACH = 9;
/**
 * From here on the log of the tail is so large that whether one variable lies beyond or several at once no longer shows
 * in it, and its square leaves no digits for a density.
 */
const FAR = 1e7;
/** A tail that has fallen by this power of e no longer counts. */
const NEGLIGIBLE = 40;

/**
 * ln P(Z_i > scale · threshold_i for some i) of standard normal variables: the probability given the common factor,
 * averaged over the factor.
 */
function logNormalTail(groups: readonly Group[], isTwoSided: boolean, scale: number): number {
  if (groups.every(({ threshold }) => scale * threshold > FAR)) {
    const logs = groups.map(({ threshold }) => logAbove(scale * threshold, 0, 1, isTwoSided));
    return logTotal(groups, logs);
  }
  let from = Infinity;
  let to = -Infinity;
  const marks: { at: number; width: number }[] = [];
  for (const { loading, rest, threshold } of groups) {
    const c = scale * threshold;
    if (c > FAR) continue; // Beside a nearer one it adds nothing.
    // Where the factor lies, given that a variable of this group exceeds c.
    const ends = [loading * Math.max(c, -REACH), loading * Math.sqrt(Math.max(c, 0) ** 2 + 2 * NEGLIGIBLE)];
    from = Math.min(from, Math.min(...ends) - REACH * rest);
    to = Math.max(to, Math.max(...ends) + REACH * rest);
    marks.push({ at: loading * Math.max(c, 0), width: rest }, { at: c / loading, width: rest });
  }
  if (isTwoSided) from = Math.max(from, 0); // The other half of the line says the same.
  const logDensity = (y: number): number => -0.5 * y * y + logSomeAbove(groups, isTwoSided, scale, y);

  const cuts: number[] = [];
  let height = -Infinity;
  marks.sort((a, b) => a.at - b.at);
  for (const { at, width } of marks) {
    if (!(at > from && at < to)) continue;
    height = Math.max(height, logDensity(at));
    if (at - (cuts.at(-1) ?? from) > width && to - at > width) cuts.push(at);
  }
  height = Math.max(height, logDensity(from));
  const density = (y: number): number => exp(logDensity(y) - height);
  const width = Math.min(...groups.map(({ rest }) => rest));
  const value =
    to - from < MOST_WIDTHS * width
      ? trapezoidal(density, from, to, width)
      : integrate(density, from, to, { cuts, maxIntervals: 200 + cuts.length }).value;
  return height + ln(value) - (isTwoSided ? HALF_LOG_HALF_PI : HALF_LOG_TWO_PI);
}

/** Over more than so many widths of the narrowest peak, quadrature that adapts itself needs fewer points than equal steps. */
const MOST_WIDTHS = 150;

const HALF_LOG_TWO_PI = 0.5 * /* @__PURE__ */ ln(2 * Math.PI);
const HALF_LOG_HALF_PI = 0.5 * /* @__PURE__ */ ln(0.5 * Math.PI);

/** Below it the chance of two events counts nothing beside that of one, and 1 − e^x is lost. */
const RARE = -37;

/** ln P(Z_i > scale · threshold_i for some i | factor = y), where the variables are independent. */
function logSomeAbove(groups: readonly Group[], isTwoSided: boolean, scale: number, y: number): number {
  const logs = groups.map(({ loading, rest, threshold }) =>
    logAbove(scale * threshold, loading * y, rest, isTwoSided),
  );
  if (Math.max(...logs) <= RARE) return logTotal(groups, logs);
  const logNone = groups.reduce((sum, { size }, i) => sum + size * log1p(-exp(logs[i]!)), 0);
  return ln(-expm1(logNone));
}

/** Log of a sum over all variables of what has a log for each group. */
function logTotal(groups: readonly Group[], logs: readonly number[]): number {
  const largest = Math.max(...logs);
  if (largest === -Infinity) return largest;
  const sum = groups.reduce((total, { size }, i) => total + size * exp(logs[i]! - largest), 0);
  return largest + ln(sum);
}

function logAbove(c: number, mean: number, rest: number, isTwoSided: boolean): number {
  const log = normalLogSf((c - mean) / rest);
  if (!isTwoSided || log === -Infinity) return log;
  // The other side is less likely by this power of e at least.
  if (2 * c * mean > NEGLIGIBLE * rest * rest) return log;
  return log + log1p(exp(normalLogSf((c + mean) / rest) - log));
}
