import type { Side } from "../numerics/beside-line.ts";
import { findPeak } from "../numerics/peak-integral.ts";
import type { PointLogs } from "./tabulated-logs.ts";

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
  /** The distribution of u given x: it puts the logs at u, of the tail on that side, into `logs`. */
  given(x: number): (u: number, side: Side, logs: Logs) => void;
}

/** In widths of the narrowest peak: between Gaussian peaks the rule is right to 1e-20. */
const STEP = 0.6;
/** Functions of e^x are bounded up to π/2 from the real line, which at this step leaves exp(−π²/0.3). */
const LONGEST_STEP = 0.3;
/** What is left of terms that no longer count. */
const NEGLIGIBLE = 1e-18;

/**
 * The mixture at neighbouring points, by one trapezoidal rule over the hidden coordinate for all of them.
 *
 * Its nodes are laid by the densities at the first and the last point. The integrands of all points, and of their tails,
 * have their peaks between these two and 0, where the weight has its own.
 * Source: Trefethen and Weideman (2014), SIAM Review 56, 385–458.
 */
export function mixtureLogs(mixture: Mixture, points: readonly number[], side: Side): PointLogs {
  const { logWeight, width, given } = mixture;
  const logs: Logs = { density: 0, tail: 0 };
  const references: Logs = { density: -Infinity, tail: -Infinity };
  let [lowest, highest, step] = [0, 0, LONGEST_STEP];
  for (const u of [points[0]!, points.at(-1)!]) {
    const peak = findPeak(
      (x) => {
        given(x)(u, side, logs);
        return logWeight(x) + logs.density;
      },
      0,
      width,
    );
    lowest = Math.min(lowest, peak.at);
    highest = Math.max(highest, peak.at);
    step = Math.min(step, STEP * peak.width);
    for (const x of [0, peak.at]) {
      given(x)(u, side, logs);
      references.density = Math.max(references.density, logWeight(x) + logs.density);
      references.tail = Math.max(references.tail, logWeight(x) + logs.tail);
    }
  }

  const densities = new Float64Array(points.length);
  const tails = new Float64Array(points.length);
  const add = (from: number, stride: number): void => {
    for (let x = from; ; x += stride) {
      const weight = logWeight(x);
      const evaluate = given(x);
      let counts = stride > 0 ? x < highest : x > lowest;
      for (let i = 0; i < points.length; i++) {
        evaluate(points[i]!, side, logs);
        const density = Math.exp(weight + logs.density - references.density);
        const tail = Math.exp(weight + logs.tail - references.tail);
        densities[i]! += density;
        tails[i]! += tail;
        counts ||= density > NEGLIGIBLE * densities[i]! || tail > NEGLIGIBLE * tails[i]!;
      }
      if (!counts) return;
    }
  };
  add(lowest, step);
  add(lowest - step, -step);
  const logStep = Math.log(step);
  return {
    densities: Array.from(densities, (sum) => Math.log(sum) + references.density + logStep),
    tails: Array.from(tails, (sum) => Math.log(sum) + references.tail + logStep),
  };
}
