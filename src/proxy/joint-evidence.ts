import { cholesky } from "../numerics/cholesky.ts";
import { invertPositive } from "../numerics/invert-positive.ts";
import type { EffectTable } from "./effect-table.ts";
import { groupedLikelihood } from "./grouped-likelihood.ts";
import type { RandomEffectsPoint } from "./random-effects-likelihood.ts";

/** What the past says of one covariance of true effects, whatever their means, and what it then says of those. */
export interface JointEvidence {
  /** ln p(past | Λ) up to a constant, the means integrated out. */
  readonly logEvidence: number;
  /** Posterior mean of the means of the true effects. */
  readonly mean: Float64Array;
  /** Their posterior covariance, row by row. */
  readonly meanCovariance: Float64Array;
}

/**
 * The evidence of a table for covariances of true effects, with means N(0, meanRatio² Λ) integrated out.
 *
 * With m the generalised least squares estimate of the means and C its covariance the likelihood in μ is normal around m,
 * so that the prior N(0, Q) leaves −½ ln|I + C⁻¹Q| − ½ mᵀ (C + Q)⁻¹ m of its logarithm, and the posterior mean
 * Q (C + Q)⁻¹ m with covariance C (C + Q)⁻¹ Q. For Q = 0 and a flat prior these are taken in their limits.
 */
export function jointEvidence(
  table: EffectTable,
  meanRatio: number,
): (covariance: Float64Array) => JointEvidence {
  const at = groupedLikelihood(table, meanRatio === Infinity ? "reml" : "ml");
  if (meanRatio === Infinity) {
    return (covariance) => {
      const { value, mean, meanCovariance } = at(covariance);
      return { logEvidence: value, mean, meanCovariance };
    };
  }
  const { metrics } = table;
  return (covariance) => {
    const point = at(covariance);
    if (point.value === -Infinity) return { ...point, logEvidence: -Infinity };
    return withPrior(point, covariance, meanRatio * meanRatio, metrics);
  };
}

/** The same for means that are N(0, ratio Λ) beforehand. */
function withPrior(
  { value, mean: estimate, meanCovariance: error }: RandomEffectsPoint,
  covariance: Float64Array,
  ratio: number,
  p: number,
): JointEvidence {
  const precision = error.slice();
  const logError = invertPositive(precision, 0, p);
  const total = error.map((entry, i) => entry + ratio * covariance[i]!);
  const logTotal = invertPositive(total, 0, p);
  const solved = new Float64Array(p);
  let explained = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) solved[i]! += total[i * p + j]! * estimate[j]!;
    explained += solved[i]! * estimate[i]!;
  }
  const mean = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) mean[i]! += ratio * covariance[i * p + j]! * solved[j]!;
  }
  return {
    logEvidence: value - 0.5 * (logTotal - logError) - 0.5 * explained,
    mean,
    meanCovariance: posteriorCovariance(precision, covariance, ratio, p),
  };
}

/**
 * (P + Q⁻¹)⁻¹ for the prior covariance Q = ratio Λ, as L (I + LᵀPL)⁻¹ Lᵀ with Q = L Lᵀ: a covariance in floating point
 * too, however unlike in size the metrics' effects are.
 */
function posteriorCovariance(
  precision: Float64Array,
  covariance: Float64Array,
  ratio: number,
  p: number,
): Float64Array {
  const rows = Array.from({ length: p }, (_, i) => i);
  const root = cholesky(rows.map((i) => rows.map((j) => ratio * covariance[i * p + j]!)));
  const result = new Float64Array(p * p);
  // Means that are 0, or effects of which one is another up to rounding.
  if (root === null) return result;
  const inner = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      let sum = i === j ? 1 : 0;
      for (let a = i; a < p; a++) {
        for (let b = j; b < p; b++) sum += root[a]![i]! * precision[a * p + b]! * root[b]![j]!;
      }
      inner[i * p + j] = sum;
    }
  }
  invertPositive(inner, 0, p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      for (let a = 0; a <= i; a++) {
        for (let b = 0; b <= j; b++) result[i * p + j]! += root[i]![a]! * inner[a * p + b]! * root[j]![b]!;
      }
    }
  }
  return result;
}
