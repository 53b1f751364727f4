import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { betaDeviation, logBetaPrefix, logPowerConstant } from "./beta-prefix.ts";
import { logIncompleteBeta } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";

/** A point of [0, 1] as x and y = 1 − x, each with full relative precision. */
export interface UnitPoint {
  readonly x: number;
  readonly y: number;
}

/** The point below which Beta(a, b) has probability p, where q = 1 − p; the smaller of the two is taken at its word. */
export function betaQuantilePoint(p: number, q: number, a: number, b: number): UnitPoint {
  if (p <= q) return lowerTailPoint(p, a, b);
  const { x, y } = lowerTailPoint(q, b, a);
  return { x: y, y: x };
}

/** Below this error in the log tail, one more step of third order leaves nothing that a double could show. */
const LAST_STEP = 1e-6;

/** A step from the flat side may be far too long; this many units of logit x at a time keep x away from underflow. */
const LONGEST_STEP = 30;

/**
 * Solves ln P(X <= x) = ln p for p up to 1/2 by Halley's method in logit x. The log of the tail is concave and
 * increasing there, so that a plain Newton step never passes the root from below; that is all the safeguard needed.
 */
function lowerTailPoint(p: number, a: number, b: number): UnitPoint {
  if (p === 0) return { x: 0, y: 1 };
  const logP = ln(p);
  const logLeading = (logP - logPowerConstant(a, b)) / a;
  // The leading power alone is exact here, and reaches below the smallest x that the tails can be asked about.
  if (logLeading + ln(b + 1) < ln(1e-17)) {
    const x = exp(logLeading);
    return { x, y: 1 - x };
  }
  let { x, y } = startingPoint(p, logLeading, a, b);
  let excess = Infinity;
  let step = Infinity;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const isFarther = Math.abs(excess) > LAST_STEP && Math.abs(step) > spacing(x, y);
    if (!isFarther || x <= 0 || y <= 0) return { x, y };
    const lambda = betaDeviation(x, y, a, b);
    const logTail = logIncompleteBeta(x, y, a, b).lower;
    excess = logTail - logP;
    const share = exp(logTail - logBetaPrefix(x, y, a, b, lambda)); // 1 over the slope of the log tail
    const bend = 1 + (excess * Math.max(0, 1 - share * lambda)) / 2;
    const free = (-excess * share) / (bend > 0.5 ? bend : 1);
    step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, free));
    // Move logit x by the step, x and y each by its own factor.
    const factor = exp(-Math.abs(step));
    const total = step > 0 ? x + y * factor : x * factor + y;
    x = (step > 0 ? x : x * factor) / total;
    y = (step > 0 ? y * factor : y) / total;
  }
  throw new ConvergenceError(`the quantile of Beta(${a}, ${b})`, MOST_ROUNDS);
}

/** Relative distance of neighbouring doubles at the smaller of x and y: no shorter step can be taken. */
function spacing(x: number, y: number): number {
  return Math.max(Number.EPSILON, Number.MIN_VALUE / Math.min(x, y));
}

/** The leading power of the tail, or the normal approximation of logit X where that lies closer. */
function startingPoint(p: number, logLeading: number, a: number, b: number): UnitPoint {
  const small = a < 1 || b < 1; // the normal approximation is of no use
  if (small && logLeading < 0) return leadingPoint(logLeading);
  const z = small ? 0 : normalQuantile(p);
  const logit = ln(a) - ln(b) + z * Math.sqrt(1 / a + 1 / b);
  const x = 1 / (1 + exp(-logit));
  // For b >= 1 the density lies below its leading power, so that power's point is never beyond the root.
  if (!small && logLeading < 0 && ln(x) < logLeading) return leadingPoint(logLeading);
  return { x, y: 1 / (1 + exp(logit)) };
}

function leadingPoint(logLeading: number): UnitPoint {
  return { x: exp(logLeading), y: -expm1(logLeading) };
}
