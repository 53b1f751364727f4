import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import type { Side } from "../numerics/beside-line.ts";
import { findPeak, type Peak } from "../numerics/peak-integral.ts";
import type { PointLogs } from "./tabulated-logs.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** ln of a density and of a tail at one point. */
export interface Logs {
  density: number;
  tail: number;
}

/** A distribution of u that is a known one given a hidden coordinate x. */
export interface Mixture {
  /** ln of the density of x, which is smooth on the whole real line, peaks near 0, and falls at least exponentially. */
  logWeight(x: number): number;
  /** About the standard deviation of x. */
  readonly width: number;
  /** A hidden coordinate at which the density of u is not 0. */
  start(u: number): number;
  /** The distribution of u given x: it puts the logs at u, of the tail on that side, into `logs`. */
  given(x: number): (u: number, side: Side, logs: Logs) => void;
}

/** In widths of the narrowest peak: right to 1e-17 for the log of a gamma variable of any shape. */
const STEP = 0.45;
/** And at most so long, where it is the log of an exponential variable or a heavier tail. */
const LONGEST_STEP = 0.2;
/** What is left of terms that no longer count. */
const NEGLIGIBLE = 1e-18;
const LOG_NEGLIGIBLE = -45;
/** Points whose peaks lie farther apart are computed one by one. */
const MOST_STEPS = 500;

/**
 * The mixture at neighbouring points, by one trapezoidal rule over the hidden coordinate for all of them.
 *
 * Its nodes are laid by the densities at the first and the last point. The integrands of all points, and of their tails,
 * have their peaks between these two and 0, where the weight has its own.
 * Source: Trefethen and Weideman (2014), SIAM Review 56, 385–458.
 */
export function mixtureLogs(mixture: Mixture, points: readonly number[], side: Side): PointLogs {
  const { logWeight, width, start, given } = mixture;
  const logs: Logs = { density: 0, tail: 0 };
  const peakOf = (u: number): Peak =>
    findPeak(
      (x) => {
        given(x)(u, side, logs);
        return logWeight(x) + logs.density;
      },
      start(u),
      width,
    );
  const first = points[0]!;
  const last = points.at(-1)!;
  const ofFirst = peakOf(first);
  const ofLast = first === last ? ofFirst : peakOf(last);
  const step = Math.min(LONGEST_STEP, STEP * Math.min(ofFirst.width, ofLast.width));
  if (Math.abs(ofLast.at - ofFirst.at) > MOST_STEPS * step) return eachAlone(mixture, points, side);

  // About the largest terms of each point, so that no sum leaves the doubles.
  let isWeightSeen = false;
  const references = points.map((u): Logs => {
    const share = first === last ? 0 : (u - first) / (last - first);
    const peak = ofFirst.at + share * (ofLast.at - ofFirst.at);
    given(peak)(u, side, logs);
    const atPeak = { density: logWeight(peak) + logs.density, tail: logWeight(peak) + logs.tail };
    given(0)(u, side, logs);
    const atZero = { density: logWeight(0) + logs.density, tail: logWeight(0) + logs.tail };
    isWeightSeen ||= atZero.tail > atPeak.tail + LOG_NEGLIGIBLE;
    return {
      density: Math.max(atPeak.density, atZero.density),
      tail: Math.max(atPeak.tail, atZero.tail),
    };
  });
  // Where the weight's own peak counts for nothing, the long way to it is spared.
  const lowest = Math.min(isWeightSeen ? 0 : ofFirst.at, ofFirst.at, ofLast.at);
  const highest = Math.max(isWeightSeen ? 0 : ofFirst.at, ofFirst.at, ofLast.at);
  const sums = points.map((): Logs => ({ density: 0, tail: 0 }));
  const add = (from: number, stride: number): void => {
    let x = from;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const weight = logWeight(x);
      const evaluate = given(x);
      let counts = stride > 0 ? x < highest : x > lowest;
      for (let i = 0; i < points.length; i++) {
        const sum = sums[i]!;
        evaluate(points[i]!, side, logs);
        const density = exp(weight + logs.density - references[i]!.density);
        const tail = exp(weight + logs.tail - references[i]!.tail);
        sum.density += density;
        sum.tail += tail;
        counts ||= density > NEGLIGIBLE * sum.density || tail > NEGLIGIBLE * sum.tail;
      }
      if (!counts) return;
      x += stride;
    }
    throw new ConvergenceError(`the end of a mixture from ${from} on`, MOST_ROUNDS);
  };
  add(lowest, step);
  add(lowest - step, -step);
  const logStep = ln(step);
  return {
    densities: sums.map((sum, i) => ln(sum.density) + references[i]!.density + logStep),
    tails: sums.map((sum, i) => ln(sum.tail) + references[i]!.tail + logStep),
  };
}

function eachAlone(mixture: Mixture, points: readonly number[], side: Side): PointLogs {
  const alone = points.map((u) => mixtureLogs(mixture, [u], side));
  return {
    densities: alone.map(({ densities }) => densities[0]!),
    tails: alone.map(({ tails }) => tails[0]!),
  };
}
