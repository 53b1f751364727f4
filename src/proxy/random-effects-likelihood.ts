import { invertPositive } from "../numerics/invert-positive.ts";
import { type CovarianceDerivatives, curvatureSums } from "./curvature-sums.ts";
import { effectPrecisions } from "./effect-precisions.ts";
import type { EffectTable } from "./effect-table.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Maximum likelihood, or restricted maximum likelihood: the means maximised, or integrated out under a flat prior. */
export type LikelihoodKind = "ml" | "reml";

/** The log-likelihood of a covariance of true effects, and the means that go with it. */
export interface RandomEffectsPoint {
  /** With its constant, −½ ln 2π for each effect (REML: less one for each mean); −Infinity where it is not defined. */
  readonly value: number;
  /** Generalised least squares estimate of the means of the true effects. */
  readonly mean: Float64Array;
  /** Its covariance, row by row. */
  readonly meanCovariance: Float64Array;
}

/** The same with two derivatives. */
export type RandomEffectsCurve = RandomEffectsPoint & CovarianceDerivatives;

export interface RandomEffectsLikelihood {
  /** The value alone, for a covariance of true effects given row by row. */
  readonly at: (covariance: Float64Array) => RandomEffectsPoint;
  readonly curveAt: (covariance: Float64Array) => RandomEffectsCurve;
  /** V⁻¹(d − mean) of the covariance asked for last: experiment by experiment. */
  readonly scores: Float64Array;
}

/**
 * The likelihood of the random-effects model d_k ~ N(μ, Λ + S_k) in Λ, with μ at its generalised least squares
 * estimate: −2 l = Σ ln|V_k| + e_kᵀ V_k⁻¹ e_k, and for REML + ln|Σ V_k⁻¹|, plus the constants of the normal density.
 * Experiments that share a control are one V.
 *
 * van Houwelingen, Arends and Stijnen (2002); Harville (1977).
 */
export function randomEffectsLikelihood(table: EffectTable, kind: LikelihoodKind): RandomEffectsLikelihood {
  const { experiments, metrics: p, effects } = table;
  const area = p * p;
  const isRestricted = kind === "reml";
  const constant = -0.5 * (experiments - (isRestricted ? 1 : 0)) * p * ln(2 * Math.PI);
  const precisions = effectPrecisions(table);
  const scores = new Float64Array(experiments * p);
  /** Σ_l W_kl of each experiment: how its effects weigh in the means. */
  const weights = new Float64Array(experiments * area);
  const weighted = new Float64Array(p);

  function at(covariance: Float64Array): RandomEffectsPoint {
    const mean = new Float64Array(p);
    const meanCovariance = new Float64Array(area);
    const logDeterminant = precisions.update(covariance);
    if (logDeterminant === -Infinity) return { value: -Infinity, mean, meanCovariance };
    weights.fill(0);
    weighted.fill(0);
    for (const { members, offset } of precisions.blocks) {
      const m = members.length;
      for (let k = 0; k < m; k++) {
        const own = members[k]! * area;
        for (let l = 0; l < m; l++) {
          const block = offset + (k * m + l) * area;
          for (let x = 0; x < area; x++) weights[own + x]! += precisions.values[block + x]!;
        }
      }
    }
    for (let k = 0; k < experiments; k++) {
      for (let i = 0; i < p; i++) {
        for (let j = 0; j < p; j++) {
          const weight = weights[k * area + i * p + j]!;
          meanCovariance[i * p + j]! += weight;
          // The transposed weight: of this experiment's effects in the means.
          weighted[j]! += weight * effects[k * p + i]!;
        }
      }
    }
    const logInformation = invertPositive(meanCovariance, 0, p);
    if (logInformation === -Infinity) return { value: -Infinity, mean, meanCovariance };
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) mean[i]! += meanCovariance[i * p + j]! * weighted[j]!;
    }
    const deviance = updateScores(mean) + logDeterminant + (isRestricted ? logInformation : 0);
    return { value: constant - 0.5 * deviance, mean, meanCovariance };
  }

  /** Fills in V⁻¹ e and returns Σ eᵀ V⁻¹ e. */
  function updateScores(mean: Float64Array): number {
    scores.fill(0);
    let sum = 0;
    for (const { members, offset } of precisions.blocks) {
      const m = members.length;
      for (let k = 0; k < m; k++) {
        const own = members[k]! * p;
        for (let l = 0; l < m; l++) {
          const block = offset + (k * m + l) * area;
          const other = members[l]! * p;
          for (let i = 0; i < p; i++) {
            for (let j = 0; j < p; j++) {
              scores[own + i]! += precisions.values[block + i * p + j]! * (effects[other + j]! - mean[j]!);
            }
          }
        }
        for (let i = 0; i < p; i++) sum += scores[own + i]! * (effects[own + i]! - mean[i]!);
      }
    }
    return sum;
  }

  const sums = curvatureSums(p, isRestricted);

  function curveAt(covariance: Float64Array): RandomEffectsCurve {
    const point = at(covariance);
    sums.reset(point.meanCovariance);
    for (const { members, offset } of precisions.blocks) {
      if (members.length === 1) sums.addOne(precisions.values, offset, scores, members[0]!);
      else sums.addCluster(precisions.values, offset, weights, scores, members);
    }
    return { ...point, ...sums.derivatives() };
  }

  return { at, curveAt, scores };
}
