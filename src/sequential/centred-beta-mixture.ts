import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { logPriorPosteriorRatio } from "./prior-posterior-ratio.ts";
import { TWO_SIDED_MIXTURE } from "./two-sided-mixture.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Beyond so many units, or conversions, a double does not hold each one. */
export const LARGEST_TIGHTEST = 1e15;

/** Howard et al. keep their mixture from getting wider than this, however early it is to be tight. */
const SMALLEST_CONCENTRATION = 1e-3;

/**
 * The concentration a + b of a Beta mixture around a rate with which limits are tightest after so many units: its variance
 * p(1 − p) / (a + b + 1) over that of the rate seen, p(1 − p)/n, is then what it is for the normal mixture.
 */
export function concentrationFor(tightestN: number, alpha: number): number {
  return Math.max(tightestN / TWO_SIDED_MIXTURE.tightestRatio(alpha) - 1, SMALLEST_CONCENTRATION);
}

/**
 * The rates p that a mixture of rates from Beta(cp, c(1 − p)) around them does not reject: the two-sided beta-binomial
 * mixture of Howard et al. (2021).
 */
export function centredMixtureLimits(
  arm: Proportion,
  concentration: number,
  alpha: number,
): { readonly lower: number; readonly upper: number } {
  const { n, conversions } = arm;
  const upper = lowerLimit({ n, conversions: n - conversions }, concentration, alpha);
  return { lower: lowerLimit(arm, concentration, alpha).rate, upper: upper.rest };
}

/**
 * The log of the mixture is convex in p, and not above 0 at the rate seen. Towards p = 0 it grows without end, save after
 * a single conversion: that is as likely under a mixture around a tiny rate as under the rate itself.
 */
function lowerLimit(
  arm: Proportion,
  concentration: number,
  alpha: number,
): { readonly rate: number; readonly rest: number } {
  const { n, conversions } = arm;
  if (conversions <= 1) return { rate: 0, rest: 1 };
  const seen = conversions / n;
  const missing = (n - conversions) / n;
  const logAlpha = ln(alpha);
  const excess = (log: number): number => {
    const x = seen * exp(log);
    const y = missing - seen * expm1(log);
    const prior = { alpha: concentration * x, beta: concentration * y };
    return logPriorPosteriorRatio(arm, prior, x, y) + logAlpha;
  };
  const guess = -Math.sqrt((-2 * logAlpha * (missing + 1 / n)) / conversions);
  const [a, b] = bracketRoot(excess, 2 * guess, 0.5 * guess, { maximum: -Number.MIN_VALUE })!;
  const log = findRoot(excess, a, b);
  return { rate: seen * exp(log), rest: missing - seen * expm1(log) };
}
