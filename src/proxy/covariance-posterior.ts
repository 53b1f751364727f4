import {
  commonEffect,
  type CommonEffect,
  covarianceLikelihood,
  type CovarianceLikelihood,
  flatCommonEffect,
  type LikelihoodSums,
  SUMS,
} from "./covariance-likelihood.ts";
import { growingRows } from "../numerics/growing-rows.ts";
import { effectMatrix, type EffectMatrix, oneLessSquare } from "./effect-matrix.ts";
import { covarianceChart } from "./covariance-chart.ts";
import { coverDensity, type LatticeFrame, STEP } from "./covariance-lattice.ts";
import { type CovariancePrior, logCovariancePrior, type LogCovariancePrior } from "./covariance-prior.ts";
import type { EffectUnits } from "./effect-columns.ts";
import type { EffectTable } from "./effect-table.ts";
import { selectExperiments } from "./select-experiments.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { sinh } from "../numerics/elementary/hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The posterior of the covariance of true effects on nodes. */
export interface CovariancePosterior {
  readonly table: EffectTable;
  readonly prior: CovariancePrior;
  /** What the nodes are in units of. */
  readonly units: EffectUnits;
  readonly frame: LatticeFrame;
  /** Width of the narrowest sinc function that the nodes carry in any direction, in steps of the frame. */
  readonly bandwidth: number;
  /** Number of nodes. */
  readonly size: number;
  /** `steps[3 node + i]`: whole steps from the mode, along the columns of the frame. */
  readonly steps: Int32Array;
  /** `points[3 node + i]`: log tauProxy and log tauMacro in units, atanh rho. */
  readonly points: Float64Array;
  /** What the past says at each node, so that experiments can be taken out again: `sums[SUMS node + i]`. */
  readonly sums: Float64Array;
  /** Log of the posterior density of the lattice's coordinates, up to a constant. */
  readonly logDensities: Float64Array;
  /** Weights that sum to 1. */
  readonly weights: Float64Array;
}

/** By how much finer a lattice is where it was too coarse, and how often. */
const REFINEMENT = 0.7;
const MOST_REFINEMENTS = 3;
/**
 * In standard deviations: between a sum over all nodes and one over every fourth. The error of the former is about the
 * square of it, or less.
 */
const AGREEMENT = 5e-3;

/**
 * The posterior of (tauProxy, tauMacro, rho) given past experiments on one proxy, by the trapezoidal rule in coordinates
 * that are about log tauProxy, log tauMacro and atanh rho, with tails that end soon. Means of the true effects are
 * integrated out. Linear in the number of experiments of unlike sampling covariance, at some ten thousand nodes each.
 *
 * @param step - of the rule, in widths of the peak; it is refined where the posterior is less smooth than it looks
 */
export function covariancePosterior(
  table: EffectTable,
  prior: CovariancePrior,
  step: number = STEP,
): CovariancePosterior {
  const likelihood = covarianceLikelihood(table);
  let posterior = posteriorOnLattice(table, prior, likelihood, step);
  for (let refinements = 0; refinements < MOST_REFINEMENTS; refinements++) {
    if (momentError(posterior, everyFourthNode(posterior)) < AGREEMENT) break;
    step *= REFINEMENT;
    posterior = posteriorOnLattice(table, prior, likelihood, step);
  }
  return posterior;
}

function posteriorOnLattice(
  table: EffectTable,
  prior: CovariancePrior,
  { columns, sumsAt }: CovarianceLikelihood,
  step: number,
): CovariancePosterior {
  const scaled = inUnits(prior, columns);
  const logPrior = logCovariancePrior(scaled);
  const chart = covarianceChart(table.experiments);
  let sums: LikelihoodSums = new Float64Array(SUMS);
  const point = new Float64Array(3);
  const logDensity = (u: number, v: number, w: number): number => {
    const x = (point[0] = chart.logTau(u));
    const y = (point[1] = chart.logTau(v));
    const z = (point[2] = sinh(w));
    const effects = effectMatrix(x, y, z);
    sums = sumsAt(effects);
    return logEvidence(sums, effects, scaled) + logPriorAt(logPrior, x, y, z) + chart.logJacobian(u, v, w);
  };
  const points = growingRows(point.length);
  const kept = growingRows(SUMS);
  const keep = (): void => {
    points.add(point);
    kept.add(sums);
  };
  const { frame, size, steps, logDensities } = coverDensity(
    logDensity,
    scanBox(scaled, columns.d11, columns.d22),
    keep,
    step,
  );
  return {
    table,
    prior,
    units: { unitProxy: columns.unitProxy, unitMacro: columns.unitMacro },
    frame,
    bandwidth: 1,
    size,
    steps,
    points: points.toArray(),
    sums: kept.toArray(),
    logDensities,
    weights: normalised(logDensities),
  };
}

/** The posterior on every fourth node: those whose steps are all even or all odd, a (body-centred) lattice of their own. */
export function everyFourthNode(posterior: CovariancePosterior): CovariancePosterior {
  const { steps, size } = posterior;
  const chosen: number[] = [];
  for (let node = 0; node < size; node++) {
    const [i, j, k] = [steps[3 * node]!, steps[3 * node + 1]!, steps[3 * node + 2]!];
    if ((((i ^ j) | (i ^ k)) & 1) === 0) chosen.push(node);
  }
  const pick = <Columns extends Float64Array | Int32Array>(from: Columns, length: number): Columns => {
    const to = from.slice(0, chosen.length * length) as Columns;
    chosen.forEach((node, row) => {
      for (let i = 0; i < length; i++) to[length * row + i] = from[length * node + i]!;
    });
    return to;
  };
  const logDensities = pick(posterior.logDensities, 1);
  return {
    ...posterior,
    bandwidth: Math.SQRT2 * posterior.bandwidth,
    size: chosen.length,
    steps: pick(steps, 3),
    points: pick(posterior.points, 3),
    sums: pick(posterior.sums, SUMS),
    logDensities,
    weights: normalised(logDensities),
  };
}

/** Largest difference of the means of a node's coordinates, in standard deviations of the first posterior. */
function momentError(posterior: CovariancePosterior, other: CovariancePosterior): number {
  const [a, b] = [coordinateMoments(posterior), coordinateMoments(other)];
  return Math.max(...a.map(({ mean, deviation }, i) => Math.abs(mean - b[i]!.mean) / deviation));
}

function coordinateMoments({
  size,
  points,
  weights,
}: CovariancePosterior): { readonly mean: number; readonly deviation: number }[] {
  return [0, 1, 2].map((i) => {
    let mean = 0;
    for (let node = 0; node < size; node++) mean += weights[node]! * points[3 * node + i]!;
    let variance = 0;
    for (let node = 0; node < size; node++) variance += weights[node]! * (points[3 * node + i]! - mean) ** 2;
    return { mean, deviation: Math.sqrt(variance) };
  });
}

/** The same nodes under another prior of the covariance; that of the means stays. */
export function underPrior(posterior: CovariancePosterior, prior: CovariancePrior): CovariancePosterior {
  const { points, units } = posterior;
  const before = logCovariancePrior(inUnits(posterior.prior, units));
  const after = logCovariancePrior(inUnits(prior, units));
  const logDensities = posterior.logDensities.map((log, node) => {
    const [x, y, z] = [points[3 * node]!, points[3 * node + 1]!, points[3 * node + 2]!];
    return log + logPriorAt(after, x, y, z) - logPriorAt(before, x, y, z);
  });
  return { ...posterior, prior, logDensities, weights: normalised(logDensities) };
}

/**
 * The posterior from all experiments but some, on the same nodes: what these say is taken off the sums. So leaving out
 * one experiment after the other costs little more than one posterior.
 */
export function posteriorWithout(
  posterior: CovariancePosterior,
  left: readonly number[],
): CovariancePosterior {
  const { table, units, points, size } = posterior;
  const isLeft = new Set(left);
  // What a cluster says is no sum over its members, so that those who stay are taken out and put back.
  const involved = new Set(left);
  for (const { members } of table.clusters) {
    if (members.some((k) => isLeft.has(k))) for (const k of members) involved.add(k);
  }
  const likelihoodOf = (rows: readonly number[]): CovarianceLikelihood =>
    covarianceLikelihood(selectExperiments(table, rows), units);
  const out = likelihoodOf([...involved]);
  const back = likelihoodOf([...involved].filter((k) => !isLeft.has(k)));
  const prior = inUnits(posterior.prior, units);
  const sums = posterior.sums.slice();
  const logDensities = posterior.logDensities.slice();
  for (let node = 0; node < size; node++) {
    const effects = effectMatrix(points[3 * node]!, points[3 * node + 1]!, points[3 * node + 2]!);
    const own = sums.subarray(SUMS * node, SUMS * (node + 1));
    const before = logEvidence(own, effects, prior);
    const [less, more] = [out.sumsAt(effects), back.sumsAt(effects)];
    for (let i = 0; i < SUMS; i++) own[i]! += more[i]! - less[i]!;
    logDensities[node]! += logEvidence(own, effects, prior) - before;
  }
  return { ...posterior, sums, logDensities, weights: normalised(logDensities) };
}

/** ln p(past | Λ) up to a constant, the means integrated out. */
export function logEvidence(sums: LikelihoodSums, node: EffectMatrix, prior: CovariancePrior): number {
  const fixed = -0.5 * (sums[0]! + sums[1]!);
  const means = meanOfEffects(sums, node, prior);
  return means === null ? fixed : fixed - 0.5 * (means.logDeterminant - means.explained);
}

/** The posterior of the means of the true effects at a node; null where they are taken as 0. */
export function meanOfEffects(
  sums: LikelihoodSums,
  { proxy, macro, both, determinant }: EffectMatrix,
  { meanRatio }: CovariancePrior,
): CommonEffect | null {
  if (meanRatio === 0) return null;
  if (meanRatio === Infinity) return flatCommonEffect(sums);
  const square = meanRatio * meanRatio;
  return commonEffect(sums, square * proxy, square * both, square * macro, square * square * determinant);
}

/** ln of the prior density of the coordinates of a node. */
function logPriorAt(logPrior: LogCovariancePrior, x: number, y: number, z: number): number {
  return logPrior(exp(x), exp(y), z) + x + y + ln(oneLessSquare(z));
}

/** The prior in the units of the columns. */
export function inUnits(prior: CovariancePrior, { unitProxy, unitMacro }: EffectUnits): CovariancePrior {
  return {
    ...prior,
    typicalProxyEffect: prior.typicalProxyEffect / unitProxy,
    typicalMacroEffect: prior.typicalMacroEffect / unitMacro,
  };
}

/** Where the peak may be: between a fraction of a standard error, or of a typical effect, and the largest estimate. */
function scanBox(
  { typicalProxyEffect, typicalMacroEffect }: CovariancePrior,
  d11: Float64Array,
  d22: Float64Array,
): { lower: number[]; upper: number[] } {
  const range = (typical: number, squares: Float64Array): [number, number] => {
    let largest = 0;
    for (const square of squares) largest = Math.max(largest, square);
    return [ln(Math.min(0.05, 0.5 * typical)), ln(Math.max(1, 2 * Math.sqrt(largest)))];
  };
  const [x, y] = [range(typicalProxyEffect, d11), range(typicalMacroEffect, d22)];
  return { lower: [x[0], y[0], -2.5], upper: [x[1], y[1], 2.5] };
}

/** exp of the logs over their sum. */
function normalised(logs: Float64Array): Float64Array {
  let highest = -Infinity;
  for (const log of logs) highest = Math.max(highest, log);
  const weights = logs.map((log) => exp(log - highest));
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}
