import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

/** Differences of logs below this share of them are rounding. */
const ROUNDING = 16 * Number.EPSILON;
/** A log so far from 0 that rounding leaves of its exponential no more than the height and width of its peak. */
const FAR_FROM_ZERO = 1e11;

/** The one peak of a positive function, and the distance from it over which the function falls by about √e. */
export interface Peak {
  readonly at: number;
  readonly width: number;
}

/**
 * The peak of a positive function that rises to it and falls from it, found from the log of the function to within a
 * part of its width, which is all that `logPeakIntegral` needs.
 *
 * @param log the natural log of the function; −Infinity is legal except at `start`
 * @param start a guess of the place
 * @param step a guess of the width
 * @throws {Error} when the log is not finite at the start: a mistake of the calling code
 */
export function findPeak(log: (x: number) => number, start: number, step: number): Peak {
  let at = start;
  let height = log(at);
  if (!Number.isFinite(height)) throw new Error(`findPeak: the log is ${height} at the start ${start}`);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const left = log(at - step);
    const right = log(at + step);
    if (Math.max(left, right) > height) {
      at += right > left ? step : -step;
      height = Math.max(left, right);
      step *= 2;
      continue;
    }
    // The parabola through three points, of which the middle one is the highest.
    const curvature = height - left + (height - right);
    const width = Math.max(step / Math.sqrt(curvature), step / 16);
    const shift = curvature < Infinity ? (0.5 * step * (right - left)) / curvature : 0;
    if (curvature <= ROUNDING * Math.abs(height)) return { at, width: step };
    if (width > 0.5 * step) return { at: at + shift, width: Math.min(width, 2 * step) };
    const next = log(at + shift);
    if (next > height) [at, height] = [at + shift, next];
    step = width;
  }
  throw new ConvergenceError(`the peak of a function beside ${start}`, MOST_ROUNDS);
}

/** What is left of a term that no longer counts. */
const NEGLIGIBLE = 1e-18;
/** Halving the step about squares the error, or better, so the last sum is right to far more than this. */
const AGREEMENT = 1e-9;
/** An error below this that halving the step hardly lessens is of the logs themselves. */
const LARGEST_NOISE = 1e-6;
/** In widths of the peak: at this step and half of it sums over a normal density agree to 3e-12. */
const FIRST_STEP = 0.85;
/** Against a function that is not as it should be; a step needs halving a handful of times. */
const MOST_HALVINGS = 16;

/**
 * ln ∫ exp(log(x)) dx over the real line, for an analytic function with one peak that falls at least exponentially to
 * both sides: the trapezoidal rule, whose error for such functions falls exponentially with the number of nodes
 * (Trefethen and Weideman 2014, SIAM Review 56, 385–458), with its step halved until two sums agree.
 */
export function logPeakIntegral(log: (x: number) => number, { at, width }: Peak): number {
  const height = log(at);
  const sumFrom = (offset: number, step: number): number => {
    let sum = 0;
    let x = at + offset;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const term = exp(log(x) - height);
      sum += term;
      if (!(term > NEGLIGIBLE * sum)) return sum;
      x += step;
    }
    throw new ConvergenceError(`the end of a peak at ${at}`, MOST_ROUNDS);
  };
  if (Math.abs(height) > FAR_FROM_ZERO) return height + ln(width * Math.sqrt(2 * Math.PI));
  // Sums do not agree any better than the logs are rounded.
  const agreement = Math.max(AGREEMENT, ROUNDING * Math.abs(height));
  let step = FIRST_STEP * width;
  let sum = 1 + sumFrom(step, step) + sumFrom(-step, -step);
  let lastError = Infinity;
  for (let halvings = 1; ; halvings++) {
    const between = sumFrom(0.5 * step, step) + sumFrom(-0.5 * step, -step);
    step *= 0.5;
    const error = Math.abs(between - sum) / (between + sum);
    const agree = error <= agreement || (error < LARGEST_NOISE && error > 0.25 * lastError);
    lastError = error;
    sum += between;
    if (agree || halvings === MOST_HALVINGS) return height + ln(sum * step);
  }
}
