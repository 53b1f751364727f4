import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { type CurvePoint, type CurveValue, hermiteInterpolation } from "../numerics/hermite-interpolation.ts";
import { normalCdf, normalPdf, normalQuantile } from "../numerics/normal.ts";
import type { Side } from "../numerics/beside-line.ts";
import type { Contrast } from "./contrast.ts";
import { cornishFisher } from "./cumulants.ts";
import { exp } from "../numerics/elementary/exp.ts";

/**
 * The quantiles of a contrast as a curve over the standard normal ones, its scores, to which it is nearly straight.
 * Each quantile asked for leaves points by which the next ones are found sooner.
 */
export interface QuantileCurve {
  readonly contrast: Contrast;
  /** The value that the contrast stays below (`lower`) or above (`upper`) with probability `tail`, at most one half. */
  quantile(side: Side, tail: number): number;
  /** The curve near a score, through the points known so far: values, and slopes that are φ(score) / density. */
  near(score: number): (score: number) => CurveValue;
  /** How far the nearest known point lies from a score. */
  distance(score: number): number;
  /** Makes a point known that is next to the score. */
  learn(score: number): void;
}

/** Of scores, what interpolation may leave. */
const TOLERANCE = 1e-13;

/** A point to learn from need not lie nearer than this to the score asked for. */
const NEAR = 0.1;

/** A bracket this narrow, in posterior standard deviations, is a result: shapes near 0 pile up mass at a point. */
const NARROWEST = 1e-14;

/** In deviations: an effect of 0 farther off than this is no place to look for mass piled up. */
const FAR = 1e3;

/** A bracket that ends at 0, or differs by as much, is divided in powers. */
const FRACTION = 2 ** -10;

/** Points nearer to each other than this tell nothing new, and their difference is mostly rounding. */
const APART = 0.02;
const REACH = 3;
const MOST_POINTS = 4;
/** A tail nearer to 1 says too little about its score. */
const LARGEST_TAIL = 0.99;

export function quantileCurve(contrast: Contrast): QuantileCurve {
  const { lowest, highest, cumulants } = contrast;
  const spread = Math.sqrt(cumulants.variance);
  const points: CurvePoint[] = [];

  const near = (score: number): ((score: number) => CurveValue) => {
    const few = nearest(points, score);
    if (few.length > 1) return hermiteInterpolation(few);
    const known = few[0];
    if (known === undefined) return (x) => cornishFisher(cumulants, x);
    const there = cornishFisher(cumulants, known.x);
    const excess = known.slope - there.slope;
    return (x) => {
      const { y, slope } = cornishFisher(cumulants, x);
      return { y: y + (known.y - there.y) + excess * (x - known.x), slope: slope + excess };
    };
  };

  /** The point of the curve at a value, remembered unless the tail is so near to 0 or 1 that it says nothing. */
  const look = (value: number, side: Side): CurvePoint => {
    const { logProbability, logDensity } = contrast.beside(value, side);
    const probability = Math.min(1, exp(logProbability));
    const score = (side === "lower" ? 1 : -1) * normalQuantile(probability);
    const point = { x: score, y: value, slope: normalPdf(score) / exp(logDensity) };
    if (probability < LARGEST_TAIL && point.slope > 0 && point.slope < Infinity) {
      const same = points.findIndex(({ x }) => Math.abs(x - score) < APART);
      if (same >= 0) points.splice(same, 1);
      points.push(point);
    }
    return point;
  };

  /** Where only one end of a bracket is a known point, half-way to the other may lie beyond what can be computed. */
  const knownSide = (middle: number, below: number, above: number): number => {
    if (below === lowest) return Math.max(middle, above - spread);
    return above === highest ? Math.min(middle, below + spread) : middle;
  };

  const quantile = (side: Side, tail: number): number => {
    const beyond = contrast.quantileBeyond?.(side, tail) ?? null;
    if (beyond !== null) return beyond;
    const target = (side === "lower" ? 1 : -1) * normalQuantile(tail);
    let [below, above] = [lowest, highest];
    for (const { x, y } of points) {
      if (x < target) below = Math.max(below, y);
      if (x > target) above = Math.min(above, y);
    }
    let curve = near(target);
    const halfway = knownSide(middleOf(below, above), below, above);
    const zero = Math.abs(cumulants.mean) < FAR * spread ? [0] : [];
    const starts = [curve(target).y, cumulants.mean, ...zero, halfway];
    const start = starts.find((value) => value > below && value < above);
    if (start === undefined) return halfway; // points next to each other leave nothing between
    let value = start;
    let stride = spread;
    let lastError = Infinity;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const point = look(value, side);
      const error = point.x - target;
      if (error === 0) return value;
      if (error > 0) above = value;
      else below = value;
      const surprise = Math.abs(point.slope / curve(point.x).slope - 1);
      curve = near(target);
      // Interpolation that did not come nearer is left for Newton's method on the nearly straight curve.
      const isProgress = Math.abs(error) < 0.25 * lastError && points.includes(point);
      const next = isProgress ? curve(target).y : value - error * point.slope;
      const isInside = next >= below && next <= above;
      // Of second order where the curve has a kink, of third where it is smooth and its slope no surprise.
      if (isInside && error * error * (Math.abs(error) + surprise) < TOLERANCE) return next;
      // Beside a point of mass Newton's method may go to and fro for ever.
      const isSlow = Math.abs(error) > 0.5 * lastError;
      lastError = Math.abs(error);
      // The ends of the bracket are known: who goes back to one would go back for ever.
      if (!isSlow && next > below && next < above) {
        value = next;
      } else {
        // Half-way, with strides that grow from the standard deviation, since the first bracket is far wider.
        const middle = middleOf(below, above);
        if (above - below <= NARROWEST * spread || middle <= below || middle >= above) return middle;
        stride *= 4;
        value = Math.min(Math.max(middle, value - stride), value + stride);
      }
    }
    throw new ConvergenceError("a quantile of the posterior", MOST_ROUNDS);
  };

  const distance = (score: number): number =>
    points.reduce((least, { x }) => Math.min(least, Math.abs(x - score)), Infinity);

  const learn = (score: number): void => {
    const side = score < 0 ? "lower" : "upper";
    const value = near(score)(score).y;
    const isInside = value > lowest && value < highest;
    const isNear = isInside && Math.abs(look(value, side).x - score) < NEAR;
    if (!isNear) quantile(side, normalCdf(-Math.abs(score)));
  };

  return { contrast, quantile, near, distance, learn };
}

/** The points nearest to a score: more of them, or farther ones, would make the interpolation no better. */
function nearest(points: CurvePoint[], score: number): CurvePoint[] {
  points.sort((a, b) => Math.abs(a.x - score) - Math.abs(b.x - score));
  let count = Math.min(points.length, MOST_POINTS);
  while (count > 1 && Math.abs(points[count - 1]!.x - score) > REACH) count -= 1;
  return points.slice(0, count);
}

/** Half-way, in powers where the ends differ by powers: shapes near 0 pile up mass next to a value of 0. */
function middleOf(below: number, above: number): number {
  if (below < 0 && above > 0) return 0;
  const [near, far] = below < 0 ? [above, below] : [below, above];
  if (near === 0) return FRACTION * far;
  // Ends of the doubles divide to Infinity, but their roots do not.
  return far / near > 1 / FRACTION
    ? Math.sign(near) * Math.sqrt(Math.abs(near)) * Math.sqrt(Math.abs(far))
    : below + 0.5 * (above - below);
}
