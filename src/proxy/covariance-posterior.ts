import {
  commonEffect,
  type CommonEffect,
  covarianceLikelihood,
  type CovarianceLikelihood,
  flatCommonEffect,
  type LikelihoodSums,
  SUMS,
} from "./covariance-likelihood.ts";
import { effectMatrix, type EffectMatrix, oneLessSquare } from "./effect-matrix.ts";
import { type CovarianceLattice, coverDensity, STEP } from "./covariance-lattice.ts";
import { type CovariancePrior, logCovariancePrior } from "./covariance-prior.ts";
import type { EffectTable } from "./effect-table.ts";

/** The posterior of the covariance of true effects on a lattice of nodes. */
export interface CovariancePosterior {
  readonly prior: CovariancePrior;
  readonly likelihood: CovarianceLikelihood;
  readonly lattice: CovarianceLattice;
  /** `points[3 node + i]`: log tauProxy and log tauMacro in the units of the columns, atanh rho. */
  readonly points: Float64Array;
  /** What the past says at each node, so that experiments can be taken out again: `sums[SUMS node + i]`. */
  readonly sums: Float64Array;
  /** Weights that sum to 1. */
  readonly weights: Float64Array;
}

/**
 * The posterior of (tauProxy, tauMacro, rho) given past experiments on one proxy, by the trapezoidal rule in their logs
 * and the inverse hyperbolic tangent. Means of the true effects are integrated out.
 *
 * @param step - of the rule, in widths of the peak
 */
export function covariancePosterior(
  table: EffectTable,
  prior: CovariancePrior,
  step: number = STEP,
): CovariancePosterior {
  const likelihood = covarianceLikelihood(table);
  const { columns, sumsAt } = likelihood;
  const scaled = inUnits(prior, columns.unitProxy, columns.unitMacro);
  // Where a standard deviation is too small to be seen behind the noise of all experiments.
  const unseen = Math.log(0.5) - 0.25 * Math.log(table.experiments);
  let sums: LikelihoodSums = new Float64Array(SUMS);
  let [x, y, z] = [0, 0, 0];
  const logDensity = (u: number, v: number, w: number): number => {
    const [fastX, fastY] = [Math.exp(unseen - u), Math.exp(unseen - v)];
    x = u - fastX;
    y = v - fastY;
    z = Math.sinh(w);
    const effects = effectMatrix(x, y, z);
    sums = sumsAt(effects);
    const jacobian = Math.log((1 + fastX) * (1 + fastY) * Math.cosh(w));
    return logEvidence(sums, effects, scaled) + logPriorAt(scaled, x, y, z) + jacobian;
  };
  const kept: number[] = [];
  const points: number[] = [];
  const lattice = coverDensity(
    logDensity,
    scanBox(scaled, columns.d11, columns.d22),
    () => {
      points.push(x, y, z);
      for (let i = 0; i < SUMS; i++) kept.push(sums[i]!);
    },
    step,
  );
  return {
    prior,
    likelihood,
    lattice,
    points: Float64Array.from(points),
    sums: Float64Array.from(kept),
    weights: normalised(lattice.logDensities),
  };
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
export function logPriorAt(prior: CovariancePrior, x: number, y: number, z: number): number {
  const density = logCovariancePrior(prior, Math.exp(x), Math.exp(y), Math.tanh(z));
  return density + x + y + Math.log(oneLessSquare(z));
}

/** The prior in the units of the columns. */
export function inUnits(prior: CovariancePrior, unitProxy: number, unitMacro: number): CovariancePrior {
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
    return [Math.log(Math.min(0.05, 0.5 * typical)), Math.log(Math.max(1, 2 * Math.sqrt(largest)))];
  };
  const [x, y] = [range(typicalProxyEffect, d11), range(typicalMacroEffect, d22)];
  return { lower: [x[0], y[0], -2.5], upper: [x[1], y[1], 2.5] };
}

/** exp of the logs over their sum. */
function normalised(logs: Float64Array): Float64Array {
  let highest = -Infinity;
  for (const log of logs) highest = Math.max(highest, log);
  const weights = logs.map((log) => Math.exp(log - highest));
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}
