import { ConvergenceError } from "../core/convergence-error.ts";
import { cholesky } from "../numerics/cholesky.ts";
import type { Matrix, Vector } from "../numerics/matrix.ts";
import { maximizeInBox } from "../numerics/maximize-in-box.ts";
import { asinh } from "../numerics/elementary/inverse-hyperbolic.ts";

/** The log of a density at three coordinates: of tauProxy, tauMacro and rho. */
export type LogDensity = (x: number, y: number, z: number) => number;

/** Where a lattice stands, and its steps. */
export interface LatticeFrame {
  readonly mode: Vector;
  /** Lower triangle whose columns are the steps: so the last one leaves both standard deviations as they are. */
  readonly basis: Matrix;
}

/** The nodes of a trapezoidal rule in three dimensions that hold all but a negligible part of a density. */
export interface CovarianceLattice {
  readonly frame: LatticeFrame;
  readonly size: number;
  /** `steps[3 node + i]`: whole steps away from the mode, along the columns of the frame. */
  readonly steps: Int32Array;
  /** Log density less that of the mode. */
  readonly logDensities: Float64Array;
}

/** Steps, in standard deviations of the normal density that the mode suggests: the rule's error there is e^(−2π²/h²). */
export const STEP = 0.6;
/** Longest standard deviation to believe in: further out a log standard deviation or correlation is never straight. */
const LONGEST_WIDTH = 0.75;
/** Log of the share of the peak, moments of τ² included, below which nodes are left out. */
const LEAST_LOG = -23.5;
/** The hyperbolic tangent of the hyperbolic sine is short of 1 up to here. */
const LARGEST_ATANH: number = /* @__PURE__ */ asinh(18);
/** Of logs of standard deviations around the start. */
const FARTHEST = 60;
/** Half the width of the first scan and its number of points, per coordinate. */
const SCAN_POINTS = 9;

/**
 * Covers a density by a lattice. Its steps follow the shape of the peak, and its nodes are found by walking outward
 * from the mode until the density, times what a second moment of the effects makes of it, is negligible: so narrow
 * peaks, bent ones and heavy tails take what nodes they need.
 */
export function coverDensity(
  logDensity: LogDensity,
  scan: { readonly lower: Vector; readonly upper: Vector },
  visit: () => void,
  step: number = STEP,
): CovarianceLattice {
  const { at: mode, value: peak, widths } = findMode(logDensity, highestOfScan(logDensity, scan));
  const basis = widths.map((row) => row.map((value) => value * step));
  const [[b11], [b21, b22], [b31, b32, b33]] = basis as [
    [number, number, number],
    [number, number, number],
    [number, number, number],
  ];
  const [modeX, modeY, modeZ] = mode as [number, number, number];
  const steps: number[] = [];
  const logDensities: number[] = [];
  const at = (i: number, j: number, k: number): number => {
    const x = modeX + b11! * i;
    const y = modeY + b21 * i + b22 * j;
    const z = modeZ + b31 * i + b32 * j + b33 * k;
    if (!(Math.abs(z) <= LARGEST_ATANH)) return -Infinity;
    const log = logDensity(x, y, z) - peak;
    const worth = log + 2 * Math.max(0, x - modeX, y - modeY);
    if (worth >= LEAST_LOG) {
      steps.push(i, j, k);
      logDensities.push(log);
      visit();
    }
    return worth;
  };
  const line = (i: number, j: number, nearK: number): Slice<number> => {
    const best = walkOutward(nearK, 0, (k) => ({ worth: at(i, j, k), centre: 0 }));
    return { worth: best.worth, centre: best.at };
  };
  const plane = (i: number, [nearJ, nearK]: readonly [number, number]): Slice<[number, number]> => {
    const best = walkOutward(nearJ, nearK, (j, near) => line(i, j, near));
    return { worth: best.worth, centre: [best.at, best.centre] };
  };
  walkOutward<readonly [number, number]>(0, [0, 0], plane);
  return {
    frame: { mode, basis },
    size: logDensities.length,
    steps: new Int32Array(steps),
    logDensities: new Float64Array(logDensities),
  };
}

/** A part of the lattice: what its best node is worth, and where in the part that is. */
interface Slice<Centre> {
  readonly worth: number;
  readonly centre: Centre;
}

/**
 * Visits whole numbers to both sides of a start until they are worth too little and go on falling. Each slice is told
 * where the best node of its neighbour was.
 *
 * @returns the best slice
 */
function walkOutward<Centre>(
  start: number,
  near: Centre,
  visit: (i: number, near: Centre) => Slice<Centre>,
): Slice<Centre> & { readonly at: number } {
  const first = visit(start, near);
  let best = { at: start, ...first };
  for (const direction of [1, -1]) {
    let last = first;
    for (let i = start + direction; ; i += direction) {
      const next = visit(i, last.centre);
      if (next.worth > best.worth) best = { at: i, ...next };
      if (next.worth < LEAST_LOG && !(next.worth > last.worth)) break;
      last = next;
    }
  }
  return best;
}

/** The highest point of a coarse grid. */
function highestOfScan(
  logDensity: LogDensity,
  { lower, upper }: { readonly lower: Vector; readonly upper: Vector },
): Vector {
  const axis = (i: number): number[] =>
    Array.from(
      { length: SCAN_POINTS },
      (_, p) => lower[i]! + ((upper[i]! - lower[i]!) * (p + 0.5)) / SCAN_POINTS,
    );
  const [xs, ys, zs] = [axis(0), axis(1), axis(2)];
  let best = [xs[0]!, ys[0]!, zs[0]!];
  let highest = -Infinity;
  for (const x of xs) {
    for (const y of ys) {
      for (const z of zs) {
        const value = logDensity(x, y, z);
        if (value > highest) [highest, best] = [value, [x, y, z]];
      }
    }
  }
  return best;
}

/** Differences over this part of a standard deviation: large against rounding, small against the shape. */
const DIFFERENCE = 0.1;
/** The first ones, in logs and inverse hyperbolic tangents. */
const FIRST_DIFFERENCE = 0.05;
/** Where the shape is too narrow to be seen by the differences at hand. */
const SHRINKAGE = 0.2;
/** What a last step may still gain: the lattice need not start at the very top. */
const LEAST_GAIN = 1e-4;
/** Differences settle in a few rounds; a peak of width 1e-6 takes a dozen. */
const MOST_ROUNDS = 30;

/** The mode, and a lower triangle of the widths of the peak there. */
function findMode(logDensity: LogDensity, start: Vector): { at: Vector; value: number; widths: number[][] } {
  const box = {
    lower: [start[0]! - FARTHEST, start[1]! - FARTHEST, -LARGEST_ATANH],
    upper: [start[0]! + FARTHEST, start[1]! + FARTHEST, LARGEST_ATANH],
  };
  const f = (at: Vector): number => logDensity(at[0]!, at[1]!, at[2]!);
  let at = start;
  let differences = [FIRST_DIFFERENCE, FIRST_DIFFERENCE, FIRST_DIFFERENCE];
  for (let round = 1; ; round++) {
    const maximum = maximizeInBox((point) => curvedBy(f, point, differences), at, box, LEAST_GAIN);
    at = maximum.at;
    // A prior width keeps the peak's finite, and within what is believed.
    const information = maximum.hessian.map((row, i) =>
      row.map((value, j) => (i === j ? 1 / LONGEST_WIDTH ** 2 : 0) - value),
    );
    const widths = lowerWidths(information);
    if (widths === null) {
      if (round === MOST_ROUNDS)
        throw new ConvergenceError("the peak of a posterior covariance", MOST_ROUNDS);
      differences = differences.map((difference) => SHRINKAGE * difference);
      continue;
    }
    const next = widths.map((row, i) => DIFFERENCE * row[i]!);
    const isSettled = next.every((difference, i) => {
      const ratio = difference / differences[i]!;
      return ratio > 0.5 && ratio < 2;
    });
    if (isSettled || round === MOST_ROUNDS) return { at, value: maximum.value, widths };
    differences = next;
  }
}

/** A lower triangle L with L Lᵀ the inverse of the information, or null where that is no peak's. */
function lowerWidths(information: Matrix): number[][] | null {
  // With the order turned round, the inverse of an upper factor is the lower factor of the inverse.
  const turned = information.map((_, i) => information.map((__, j) => information[2 - i]![2 - j]!));
  const factor = cholesky(turned);
  if (factor === null) return null;
  const [a, b, c, d, e, f] = [
    factor[0]![0]!,
    factor[1]![0]!,
    factor[1]![1]!,
    factor[2]![0]!,
    factor[2]![1]!,
    factor[2]![2]!,
  ];
  return [
    [1 / f, 0, 0],
    [-e / (f * c), 1 / c, 0],
    [(b * e - c * d) / (a * c * f), -b / (a * c), 1 / a],
  ];
}

/** Value and derivatives by central differences. */
function curvedBy(
  f: (at: Vector) => number,
  at: Vector,
  deltas: Vector,
): { value: number; gradient: number[]; hessian: number[][] } {
  const shifted = (...shifts: [number, number][]): number => {
    const point = [...at];
    for (const [i, sign] of shifts) point[i]! += sign * deltas[i]!;
    return f(point);
  };
  const value = f(at);
  const gradient = [0, 0, 0];
  const hessian = [0, 1, 2].map(() => [0, 0, 0]);
  for (let i = 0; i < 3; i++) {
    const [up, down] = [shifted([i, 1]), shifted([i, -1])];
    gradient[i] = (up - down) / (2 * deltas[i]!);
    hessian[i]![i] = (up - 2 * value + down) / deltas[i]! ** 2;
    for (let j = 0; j < i; j++) {
      const cross =
        shifted([i, 1], [j, 1]) -
        shifted([i, 1], [j, -1]) -
        shifted([i, -1], [j, 1]) +
        shifted([i, -1], [j, -1]);
      hessian[i]![j] = hessian[j]![i] = cross / (4 * deltas[i]! * deltas[j]!);
    }
  }
  return { value, gradient, hessian };
}
