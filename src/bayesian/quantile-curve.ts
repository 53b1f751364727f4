import { type CurvePoint, hermiteInterpolation } from "../numerics/hermite-interpolation.ts";
import { normalCdf, normalPdf, normalQuantile } from "../numerics/normal.ts";
import type { Side } from "../numerics/beside-line.ts";
import type { Contrast } from "./contrast.ts";
import { cornishFisher } from "./cumulants.ts";

/**
 * The quantiles of a contrast as a curve over the standard normal ones, its scores, to which it is nearly straight.
 * Each quantile asked for leaves points by which the next ones are found sooner.
 */
export interface QuantileCurve {
  readonly contrast: Contrast;
  /** The value that the contrast stays below (`lower`) or above (`upper`) with probability `tail`, at most one half. */
  quantile(side: Side, tail: number): number;
  /** The curve at a score as the points known so far have it: its value, and the slope that is φ(score) / density. */
  near(score: number): { readonly y: number; readonly slope: number };
  /** How far the nearest known point lies from a score. */
  distance(score: number): number;
  /** Makes a point known that is next to the score. */
  learn(score: number): void;
}

/** An error in scores after which interpolation, of third order or more, leaves nothing. */
const LAST_ERROR = 1e-6;

/** A point to learn from need not lie nearer than this to the score asked for. */
const NEAR = 0.1;

/** A bracket this narrow, in posterior standard deviations, is a result: shapes near 0 pile up mass at a point. */
const NARROWEST = 1e-14;

/** Points nearer to each other than this tell nothing new, and their difference is mostly rounding. */
const APART = 0.02;
/** Farther points, and more of them, would make the interpolation no better. */
const REACH = 3;
const MOST_POINTS = 4;
/** A tail nearer to 1 says too little about its score. */
const LARGEST_TAIL = 0.99;

export function quantileCurve(contrast: Contrast): QuantileCurve {
  const { lowest, highest, cumulants } = contrast;
  const spread = Math.sqrt(cumulants.variance);
  const points: CurvePoint[] = [];

  const near = (score: number): { readonly y: number; readonly slope: number } => {
    points.sort((a, b) => Math.abs(a.x - score) - Math.abs(b.x - score));
    const few = points.filter(({ x }, i) => i === 0 || (i < MOST_POINTS && Math.abs(x - score) < REACH));
    if (few.length > 1) return hermiteInterpolation(few, score);
    const normal = cornishFisher(cumulants, score);
    const known = few[0];
    if (known === undefined) return normal;
    const there = cornishFisher(cumulants, known.x);
    const excess = known.slope - there.slope;
    return {
      y: normal.y + (known.y - there.y) + excess * (score - known.x),
      slope: normal.slope + excess,
    };
  };

  /** The point of the curve at a value, remembered unless the tail is so near to 0 or 1 that it says nothing. */
  const look = (value: number, side: Side): CurvePoint => {
    const { logProbability, logDensity } = contrast.beside(value, side);
    const probability = Math.min(1, Math.exp(logProbability));
    const score = (side === "lower" ? 1 : -1) * normalQuantile(probability);
    const point = { x: score, y: value, slope: normalPdf(score) / Math.exp(logDensity) };
    if (probability < LARGEST_TAIL && point.slope > 0 && point.slope < Infinity) {
      const same = points.findIndex(({ x }) => Math.abs(x - score) < APART);
      if (same >= 0) points.splice(same, 1);
      points.push(point);
    }
    return point;
  };

  const quantile = (side: Side, tail: number): number => {
    const beyond = contrast.quantileBeyond?.(side, tail) ?? null;
    if (beyond !== null) return beyond;
    const target = (side === "lower" ? 1 : -1) * normalQuantile(tail);
    let [below, above] = [lowest, highest];
    let value = [near(target).y, cumulants.mean, 0].find((start) => start > below && start < above)!;
    let stride = spread;
    let lastError = Infinity;
    for (;;) {
      const point = look(value, side);
      const error = point.x - target;
      if (error === 0) return value;
      if (error > 0) above = value;
      else below = value;
      // Interpolation that did not come nearer is left for Newton's method on the nearly straight curve.
      const isProgress = Math.abs(error) < 0.25 * lastError && points.includes(point);
      const next = isProgress ? near(target).y : value - error * point.slope;
      const isInside = next >= below && next <= above;
      if (isInside && Math.abs(error) < LAST_ERROR) return next;
      lastError = Math.abs(error);
      if (isInside && next !== value && next !== lowest && next !== highest) {
        value = next;
      } else {
        // Half-way, with strides that grow from the standard deviation, since the first bracket is far wider.
        const middle = below + 0.5 * (above - below);
        if (above - below <= NARROWEST * spread || middle <= below || middle >= above) return middle;
        stride *= 4;
        value = Math.min(Math.max(middle, value - stride), value + stride);
      }
    }
  };

  const distance = (score: number): number =>
    points.reduce((least, { x }) => Math.min(least, Math.abs(x - score)), Infinity);

  const learn = (score: number): void => {
    const side = score < 0 ? "lower" : "upper";
    const value = near(score).y;
    const isInside = value > lowest && value < highest;
    const isNear = isInside && Math.abs(look(value, side).x - score) < NEAR;
    if (!isNear) quantile(side, normalCdf(-Math.abs(score)));
  };

  return { contrast, quantile, near, distance, learn };
}
