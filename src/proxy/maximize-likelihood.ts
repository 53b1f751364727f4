import { type Maximum, maximizeInBox } from "../numerics/maximize-in-box.ts";
import { dot } from "../numerics/matrix.ts";
import { solve } from "../numerics/solve.ts";
import { symmetricEigen } from "../numerics/symmetric-eigen.ts";
import { chartPoint, choleskyChart, type CholeskyChart, covarianceAt, inChart } from "./cholesky-chart.ts";
import type { EffectTable } from "./effect-table.ts";
import type { RandomEffectsLikelihood } from "./random-effects-likelihood.ts";

/** Enough to tell which start climbs highest. */
const ROUGH_GAIN = 1e-6;
/** Of a log-likelihood of order 1: less is rounding, and cannot be told from a maximum on the boundary. */
const UNSEEN = 1e-12;
/** In units of a metric's whole variance: what may be left of one beside the others on a boundary. */
const LEAST_PIVOT = 1e-9;
/** A share of the whole variance that is small, and yet far from the boundary. */
const LEAST_START = 0.02;
/** For the likelihood of a few precise experiments among vague ones, whose variance is most of the whole. */
const TINY_START = 0.0005;

/** Where the likelihood of a covariance of true effects is largest. */
export interface MaximumCovariance {
  /** Row by row. */
  readonly covariance: Float64Array;
  readonly rank: number;
  readonly leftToGain: number;
}

/**
 * The maximum of the likelihood over all covariances of true effects, those on the boundary included: Newton's method
 * from several starts, since the likelihood of few and uneven experiments may have more than one peak.
 *
 * @param table - the standardized table that the likelihood is of
 */
export function maximizeLikelihood(
  likelihood: RandomEffectsLikelihood,
  table: EffectTable,
): MaximumCovariance {
  const p = table.metrics;
  const climbs = starts(table).map((start) => climb(likelihood, start, p, ROUGH_GAIN));
  const best = climbs.reduce((a, b) => (b.maximum.value > a.maximum.value ? b : a));
  const summit = climb(likelihood, climbedTo(best), p);
  // Near the boundary pivots come near 0; the same maximum among covariances of a lower rank is on it exactly.
  const near = climbedTo(summit);
  const enough = summit.maximum.value - UNSEEN * Math.max(1, Math.abs(summit.maximum.value));
  for (let { rank } = pivotOrder(near, p); rank < p; rank++) {
    const edge = climb(likelihood, near, rank);
    if (edge.maximum.value >= enough) return result(edge, rank);
  }
  return result(summit, p);
}

function result(found: Climb, rank: number): MaximumCovariance {
  return { covariance: climbedTo(found), rank, leftToGain: leftToGain(found.maximum) };
}

interface Climb {
  readonly chart: CholeskyChart;
  readonly maximum: Maximum;
}

function climbedTo({ chart, maximum }: Climb): Float64Array {
  return covarianceAt(chart, maximum.at);
}

function climb(
  { curveAt }: RandomEffectsLikelihood,
  start: Float64Array,
  rank: number,
  leastGain?: number,
): Climb {
  const chart = choleskyChart(pivotOrder(start, Math.sqrt(start.length)).order, rank);
  const open = chart.entries.map(() => Infinity);
  const box = { lower: open.map((end) => -end), upper: open };
  return { chart, maximum: maximizeInBox(inChart(curveAt, chart), chartPoint(chart, start), box, leastGain) };
}

/** The metrics by what the ones before leave of their variance, most first: no pivot of 0 comes before another. */
function pivotOrder(covariance: Float64Array, p: number): { order: number[]; rank: number } {
  const left = covariance.slice();
  const remaining = Array.from({ length: p }, (_, i) => i);
  const order: number[] = [];
  let rank = 0;
  while (remaining.length > 0) {
    const next = remaining.reduce((a, b) => (left[b * (p + 1)]! > left[a * (p + 1)]! ? b : a));
    const pivot = left[next * (p + 1)]!;
    remaining.splice(remaining.indexOf(next), 1);
    order.push(next);
    if (!(pivot > LEAST_PIVOT)) continue;
    rank++;
    for (const i of remaining) {
      for (const j of remaining) left[i * p + j]! -= (left[i * p + next]! * left[next * p + j]!) / pivot;
    }
  }
  return { order, rank };
}

/** What a step by the curvature at a point would add. */
function leftToGain({ gradient, hessian }: Maximum): number {
  const step = solve(hessian, gradient);
  return step === null ? Infinity : Math.abs(0.5 * dot(step, gradient));
}

/** Where to climb from: the moments, kept away from the boundary, and independent effects, large and small. */
function starts({ experiments, metrics: p, effects, covariances }: EffectTable): Float64Array[] {
  const moments = new Float64Array(p * p);
  for (let k = 0; k < experiments; k++) {
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) {
        const product = effects[k * p + i]! * effects[k * p + j]!;
        moments[i * p + j]! += (product - covariances[(k * p + i) * p + j]!) / experiments;
      }
    }
  }
  const { values, vectors } = symmetricEigen(rowsOf(moments, p));
  const positive = new Float64Array(p * p);
  values.forEach((value, m) => {
    const variance = Math.max(value, LEAST_START);
    vectors[m]!.forEach((x, i) => vectors[m]!.forEach((y, j) => (positive[i * p + j]! += variance * x * y)));
  });
  const independent = (variance: number): Float64Array =>
    Float64Array.from(rowsOf(moments, p).flatMap((row, i) => row.map((_, j) => (i === j ? variance : 0))));
  return [positive, independent(0.5), independent(LEAST_START), independent(TINY_START)];
}

function rowsOf(values: Float64Array, size: number): number[][] {
  return Array.from({ length: size }, (_, i) => [...values.subarray(i * size, (i + 1) * size)]);
}
