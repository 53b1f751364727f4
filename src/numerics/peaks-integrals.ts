import { ConvergenceError } from "../core/convergence-error.ts";
import { logIntegrals } from "./log-integrals.ts";
import { findPeak, type Peak } from "./peak-integral.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

/** What is left of a term that no longer counts. */
const NEGLIGIBLE = 1e-18;
/** Halving the step about squares the error, or better, so the last sum is right to far more than this. */
const AGREEMENT = 1e-8;
/** In widths of the narrowest peak. */
const FIRST_STEP = 0.85;
/** Against a function that is not as it should be; a step needs halving a handful of times. */
const MOST_HALVINGS = 12;
/** Widths of the widest peak over which there may be something to add up. */
const REACH = 40;
/** Peaks so unlike or far apart that even steps would take more are left to panels. */
const MOST_STEPS = 1e4;
/** After all halvings. */
const MOST_TERMS = MOST_STEPS * 2 ** MOST_HALVINGS;
/** Differences of logs below this share of them are rounding, and sums do not agree any better. */
const ROUNDING = 16 * Number.EPSILON;

/**
 * ln ∫ exp(log) over the real line of several analytic functions at once, by the trapezoidal rule on nodes that they
 * share, where each has one peak or two, falls at least exponentially to both sides, and is asked for at the same cost
 * with the others. `logIntegrals` is for many functions that vary in more than two places, at several times the nodes;
 * `nestedNodes` for few nodes that serve many functions of nearly one place.
 *
 * Source: Trefethen and Weideman (2014), SIAM Review 56, 385–458.
 *
 * @param logs the natural logs of all functions at a point; −Infinity is legal except at the starts
 * @param starts from where peaks are looked for: one is enough for functions with one peak
 */
export function logPeaksIntegrals(
  logs: (x: number) => readonly number[],
  starts: readonly number[],
): readonly number[] {
  const count = logs(starts[0]!).length;
  const peaks: Peak[] = [];
  const heights: number[] = [];
  for (let k = 0; k < count; k++) {
    const log = (x: number): number => logs(x)[k]!;
    const found = starts.map((start) => findPeak(log, start, 1));
    heights.push(Math.max(...found.map(({ at }) => log(at))));
    peaks.push(...found);
  }
  const lowest = Math.min(...peaks.map(({ at }) => at));
  const highest = Math.max(...peaks.map(({ at }) => at));

  /** Adds up all functions at every step from a point on, up to where none of them counts any more. */
  const add = (sums: number[], from: number, step: number): void => {
    let x = from;
    for (let round = 0; round < MOST_TERMS; round++) {
      const values = logs(x);
      let counts = step > 0 ? x < highest : x > lowest;
      for (let k = 0; k < count; k++) {
        const term = exp(values[k]! - heights[k]!);
        sums[k]! += term;
        if (term > NEGLIGIBLE * sums[k]!) counts = true;
      }
      if (!counts) return;
      x += step;
    }
    throw new ConvergenceError(`the end of peaks from ${from} on`, MOST_TERMS);
  };

  const widths = peaks.map(({ width }) => width);
  let step = FIRST_STEP * Math.min(...widths);
  if (highest - lowest + REACH * Math.max(...widths) > MOST_STEPS * step) {
    const features = peaks.map(({ at, width }) => ({ center: at, width }));
    return [...logIntegrals(count, (x, into) => into.set(logs(x)), features)];
  }
  const sums = heights.map(() => 0);
  add(sums, lowest, step);
  add(sums, lowest - step, -step);
  for (let halvings = 1; ; halvings++) {
    const between = heights.map(() => 0);
    add(between, lowest + 0.5 * step, step);
    add(between, lowest - 0.5 * step, -step);
    step *= 0.5;
    const agree = sums.every((sum, k) => {
      const agreement = Math.max(AGREEMENT, ROUNDING * Math.abs(heights[k]!));
      return Math.abs(between[k]! - sum) <= agreement * (between[k]! + sum);
    });
    for (let k = 0; k < count; k++) sums[k]! += between[k]!;
    if (agree || halvings === MOST_HALVINGS) {
      return sums.map((sum, k) => heights[k]! + ln(sum * step));
    }
  }
}
