import type { Curved } from "../numerics/maximize-in-box.ts";
import type { Vector } from "../numerics/matrix.ts";
import { triangleIndex } from "./curvature-sums.ts";
import type { RandomEffectsCurve } from "./random-effects-likelihood.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { atan2 } from "../numerics/elementary/inverse-trigonometric.ts";
import { cos, sin } from "../numerics/elementary/trigonometric.ts";

/**
 * Coordinates of covariances of a rank: the entries of a lower triangle L with Λ = L Lᵀ, its rows the metrics in an
 * order, its columns as many as the rank, its diagonal of either sign. A pivot of 0 is an ordinary point of them, so
 * that a maximum at the edge of what a covariance can be (|rho| = 1, tau = 0) is reached like any other.
 */
export interface CholeskyChart {
  /** Which metric each row belongs to. */
  readonly order: readonly number[];
  /** Row and column of each coordinate. */
  readonly entries: readonly (readonly [row: number, column: number])[];
  /** Two coordinates that stand for radius and angle of their entries: (radius cos angle, radius sin angle). */
  readonly polar?: readonly [cosine: number, sine: number] | undefined;
}

/** The chart of an order and a rank. */
export function choleskyChart(order: readonly number[], rank: number): CholeskyChart {
  const entries = order.flatMap((_, row) =>
    Array.from({ length: Math.min(row + 1, rank) }, (_column, column) => [row, column] as const),
  );
  return { order, entries };
}

/** Which coordinate an entry of the triangle is. */
export function coordinateOf({ entries }: CholeskyChart, row: number, column: number): number {
  return entries.findIndex(([i, j]) => i === row && j === column);
}

/** The triangle, its rows in the chart's order and one after the other. */
function triangleAt({ order, entries, polar }: CholeskyChart, x: Vector): Float64Array {
  const p = order.length;
  const triangle = new Float64Array(p * p);
  entries.forEach(([i, j], at) => (triangle[i * p + j] = x[at]!));
  if (polar !== undefined) {
    const [radius, angle] = [x[polar[0]]!, x[polar[1]]!];
    const [cosine, sine] = polar.map((at) => entries[at]!) as [[number, number], [number, number]];
    triangle[cosine[0] * p + cosine[1]] = radius * cos(angle);
    triangle[sine[0] * p + sine[1]] = radius * sin(angle);
  }
  return triangle;
}

/** The covariance at a point of the chart, row by row, metrics in their own order. */
export function covarianceAt(chart: CholeskyChart, x: Vector): Float64Array {
  return multiplied(chart, triangleAt(chart, x));
}

function multiplied({ order }: CholeskyChart, triangle: Float64Array): Float64Array {
  const p = order.length;
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += triangle[i * p + k]! * triangle[j * p + k]!;
      covariance[order[i]! * p + order[j]!] = covariance[order[j]! * p + order[i]!] = sum;
    }
  }
  return covariance;
}

/** The share of a variance below which what the other metrics leave of it is rounding. */
const ROUNDING = 1e-14;

/** The point of the chart that stands for a covariance of its rank. */
export function chartPoint(
  { order, entries, polar }: CholeskyChart,
  covariance: ArrayLike<number>,
): number[] {
  const p = order.length;
  const triangle = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    for (let i = j; i < p; i++) {
      let sum = covariance[order[i]! * p + order[j]!]!;
      for (let k = 0; k < j; k++) sum -= triangle[i * p + k]! * triangle[j * p + k]!;
      const pivot = triangle[j * p + j]!;
      const variance = covariance[order[i]! * (p + 1)]!;
      if (i === j) triangle[j * p + j] = sum > ROUNDING * variance ? Math.sqrt(sum) : 0;
      else triangle[i * p + j] = pivot > 0 ? sum / pivot : 0;
    }
  }
  const x = entries.map(([i, j]) => triangle[i * p + j]!);
  if (polar !== undefined) {
    const [cosine, sine] = polar.map((at) => x[at]!) as [number, number];
    x[polar[0]] = hypot(cosine, sine);
    x[polar[1]] = atan2(sine, cosine);
  }
  return x;
}

/** A likelihood of the covariance as a function of the chart's coordinates. */
export function inChart(
  curveAt: (covariance: Float64Array) => RandomEffectsCurve,
  chart: CholeskyChart,
): (x: Vector) => Curved {
  const { order, entries, polar } = chart;
  const p = order.length;
  const size = (p * (p + 1)) / 2;
  return (x) => {
    const triangle = triangleAt(chart, x);
    const curve = curveAt(multiplied(chart, triangle));
    // How the covariance moves with each entry L_ij: by L_mj in row i, column m.
    const moves = entries.map(([i, j]) => {
      const move = new Float64Array(size);
      for (let m = 0; m < p; m++) {
        move[triangleIndex(order[i]!, order[m]!)] = (m === i ? 2 : 1) * triangle[m * p + j]!;
      }
      return move;
    });
    const gradient = entries.map(([i, j]) => {
      let sum = 0;
      for (let m = 0; m < p; m++) {
        sum += 2 * curve.gradient[order[i]! * p + order[m]!]! * triangle[m * p + j]!;
      }
      return sum;
    });
    const hessian = moves.map((first) => {
      const bent = new Float64Array(size);
      for (let e = 0; e < size; e++) {
        if (first[e] === 0) continue;
        for (let f = 0; f < size; f++) bent[f]! += first[e]! * curve.hessian[e * size + f]!;
      }
      return moves.map((second) => {
        let sum = 0;
        for (let f = 0; f < size; f++) sum += bent[f]! * second[f]!;
        return sum;
      });
    });
    entries.forEach(([i, j], a) => {
      entries.forEach(([m, n], b) => {
        if (j === n) hessian[a]![b]! += 2 * curve.gradient[order[i]! * p + order[m]!]!;
      });
    });
    const curved = { value: curve.value, gradient, hessian };
    return polar === undefined ? curved : inPolar(curved, x, polar);
  };
}

/** The derivatives by radius r and angle of two coordinates (r cos, r sin) in place of those by the two. */
function inPolar({ value, gradient, hessian }: Curved, x: Vector, polar: readonly [number, number]): Curved {
  const [a, b] = polar;
  const radius = x[a]!;
  const [cosine, sine] = [cos(x[b]!), sin(x[b]!)];
  const turn = (first: number, second: number): [number, number] => [
    cosine * first + sine * second,
    radius * (cosine * second - sine * first),
  ];
  const turnedGradient = [...gradient];
  [turnedGradient[a], turnedGradient[b]] = turn(gradient[a]!, gradient[b]!);
  const turned = hessian.map((row) => [...row]);
  for (const row of turned) [row[a], row[b]] = turn(row[a]!, row[b]!);
  const columns = turned[a]!.map((first, i) => turn(first, turned[b]![i]!));
  turned[a] = columns.map(([byRadius]) => byRadius);
  turned[b] = columns.map(([, byAngle]) => byAngle);
  // The chart itself is bent: a step along the circle leaves its tangent.
  const along = cosine * gradient[b]! - sine * gradient[a]!;
  turned[a]![b]! += along;
  turned[b]![a]! += along;
  turned[b]![b]! -= radius * (cosine * gradient[a]! + sine * gradient[b]!);
  return { value, gradient: turnedGradient, hessian: turned };
}
