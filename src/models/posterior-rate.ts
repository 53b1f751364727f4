import { betaDeviation, logBetaPrefix } from "../numerics/beta-prefix.ts";
import { betaQuantilePoint } from "../numerics/beta-quantile.ts";
import { incompleteBeta } from "../numerics/incomplete-beta.ts";
import { findPeak } from "../numerics/peak-integral.ts";
import { trapezoidal } from "../numerics/trapezoidal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A conversion rate that is Beta distributed, given that it lies below a bound. */
export interface PosteriorRate {
  /** Probability of the Beta distribution beyond the bound. */
  readonly beyond: number;
  /** The rate below which it lies with probability p, and above with q = 1 − p. */
  quantile(p: number, q: number): number;
  /** The average of a smooth function of the rate, at or above 0: right to about 1e-12 of it. */
  average(f: (rate: number) => number): number;
}

/** Log weights so far below the largest count for nothing. */
const NEGLIGIBLE = -45;
/** But a function may be next to 0 where most of the weight is: within this distance in log-odds less is worth adding. */
const NEAR = 60;
const NEGLIGIBLE_NEAR = -700;
/** Log-odds beyond which no double holds the rate. */
const FARTHEST = 700;

/** P(X > bound) of X ~ Beta(a, b), with rest 1 − bound. */
export function probabilityBeyond(a: number, b: number, bound: number, rest: number): number {
  return sidesOf(a, b, bound, rest).upper;
}

function sidesOf(a: number, b: number, bound: number, rest: number): { lower: number; upper: number } {
  return rest === 0 ? { lower: 1, upper: 0 } : incompleteBeta(bound, rest, a, b);
}

/**
 * A Beta(a, b) variable below a bound in (0, 1], whose shapes are not so small that most of it underflows.
 *
 * Averages go over the log-odds of rate / bound, where the density falls exponentially to both sides: some hundred
 * evaluations by the trapezoidal rule.
 *
 * @param rest 1 − bound
 */
export function posteriorRate(a: number, b: number, bound: number, rest: number): PosteriorRate {
  const { lower: within, upper: beyond } = sidesOf(a, b, bound, rest);
  // A rate that would round to the bound is the double before it: a rate of 1 has no variance.
  const highest = bound * (1 - Number.EPSILON / 2);
  const rateAt = (logOdds: number): number => Math.min(highest, bound / (1 + exp(-logOdds)));
  const quantile = (p: number, q: number): number =>
    Math.min(highest, betaQuantilePoint(p * within, beyond + q * within, a, b).x);
  const logWeight = (logOdds: number): number => {
    const x = rateAt(logOdds);
    const remainder = 1 / (1 + exp(logOdds));
    const y = rest + bound * remainder;
    return logBetaPrefix(x, y, a, b, betaDeviation(x, y, a, b)) + ln(remainder / y);
  };
  const middle = quantile(0.5, 0.5);
  const { at, width } = findPeak(logWeight, ln(middle / (bound - middle)), Math.sqrt(1 / a + 1 / b));
  const height = logWeight(at);
  const matters = (logOdds: number): boolean => {
    const weight = logWeight(logOdds) - height;
    return weight > (Math.abs(logOdds - at) < NEAR ? NEGLIGIBLE_NEAR : NEGLIGIBLE);
  };
  const endOf = (step: number): number => {
    let end = at;
    while (Math.abs(end) < FARTHEST && matters(end)) end += step;
    return end;
  };
  const [lower, upper] = [endOf(-width), endOf(width)];
  const integral = (f: (rate: number) => number): number =>
    trapezoidal((u) => f(rateAt(u)) * exp(logWeight(u) - height), lower, upper, width);
  const whole = integral(() => 1);
  return {
    beyond,
    quantile,
    average: (f) => integral(f) / whole,
  };
}
