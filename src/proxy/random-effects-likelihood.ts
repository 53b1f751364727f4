import { invertPositive } from "../numerics/invert-positive.ts";
import { multiplyInto } from "../numerics/multiply-into.ts";
import { effectPrecisions } from "./effect-precisions.ts";
import type { EffectTable } from "./effect-table.ts";

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
export interface RandomEffectsCurve extends RandomEffectsPoint {
  /** Symmetric G, row by row: the likelihood changes by tr(G dΛ). */
  readonly gradient: Float64Array;
  /** Second derivatives along entries on and below the diagonal (each moved with its mirror image), row by row. */
  readonly hessian: Float64Array;
}

export interface RandomEffectsLikelihood {
  /** The value alone, for a covariance of true effects given row by row. */
  readonly at: (covariance: Float64Array) => RandomEffectsPoint;
  readonly curveAt: (covariance: Float64Array) => RandomEffectsCurve;
  /** V⁻¹(d − mean) of the covariance asked for last: experiment by experiment. */
  readonly scores: Float64Array;
}

/** Number of the entry (i, j), j ≤ i, of a lower triangle counted row by row. */
export function triangleIndex(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
}

/**
 * The likelihood of the random-effects model d_k ~ N(μ, Λ + S_k) in Λ, with μ at its generalised least squares
 * estimate: −2 l = Σ ln|V_k| + e_kᵀ V_k⁻¹ e_k, and for REML + ln|Σ V_k⁻¹|, plus the constants of the normal density.
 *
 * With W = V⁻¹, u = W e, C = (Σ W)⁻¹ and any symmetric directions E, F: the gradient is ½ Σ (u uᵀ − W + W C W), and the
 * second derivative Σ tr((½ W − u uᵀ − W C W) E W F) + g_Eᵀ C g_F + ½ tr(C H_E C H_F), where g_E = Σ W E u and
 * H_E = Σ W E W; the terms in W C W and H belong to REML alone. Experiments that share a control are one V.
 *
 * van Houwelingen, Arends and Stijnen (2002); Harville (1977).
 */
export function randomEffectsLikelihood(table: EffectTable, kind: LikelihoodKind): RandomEffectsLikelihood {
  const { experiments, metrics: p, effects } = table;
  const area = p * p;
  const isRestricted = kind === "reml";
  const constant = -0.5 * (experiments - (isRestricted ? 1 : 0)) * p * Math.log(2 * Math.PI);
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

  const spread = new Float64Array(experiments * area);
  const middle = new Float64Array(area);
  const products = new Float64Array(area * area);
  const crossed = new Float64Array(area * area);
  const slopes = new Float64Array(p * area);

  function curveAt(covariance: Float64Array): RandomEffectsCurve {
    const point = at(covariance);
    const c = point.meanCovariance;
    const gradient = new Float64Array(area);
    products.fill(0);
    crossed.fill(0);
    slopes.fill(0);
    // Each experiment's weights times C.
    for (let k = 0; k < experiments * area; k += area) multiplyInto(weights, k, c, 0, spread, k, p);
    for (const { members, offset } of precisions.blocks) {
      const m = members.length;
      for (let k = 0; k < m; k++) {
        const own = members[k]!;
        for (let l = 0; l < m; l++) {
          const other = members[l]!;
          const block = offset + (k * m + l) * area;
          for (let i = 0; i < p; i++) {
            for (let j = 0; j < p; j++) {
              let seen = scores[own * p + i]! * scores[other * p + j]!;
              if (isRestricted) {
                for (let x = 0; x < p; x++) {
                  seen += spread[own * area + i * p + x]! * weights[other * area + j * p + x]!;
                }
              }
              const expected = precisions.values[block + i * p + j]!;
              middle[i * p + j] = 0.5 * expected - seen;
              if (k === l) gradient[i * p + j]! += 0.5 * (seen - expected);
            }
          }
          // The block between l and k is the transpose of the one between k and l.
          for (let x = 0; x < area; x++) {
            const factor = middle[x]!;
            for (let y = 0; y < area; y++) {
              products[x * area + y]! += factor * precisions.values[block + y]!;
            }
          }
        }
      }
    }
    for (let k = 0; k < experiments; k++) {
      for (let x = 0; x < area; x++) {
        const weight = weights[k * area + x]!;
        for (let i = 0; i < p; i++) slopes[x * p + i]! += weight * scores[k * p + i]!;
        if (!isRestricted) continue;
        for (let y = 0; y < area; y++) crossed[x * area + y]! += weight * weights[k * area + y]!;
      }
    }
    return { ...point, gradient, hessian: secondDerivatives(c) };
  }

  /** The Hessian along the entries of the lower triangle, from the sums over experiments. */
  function secondDerivatives(c: Float64Array): Float64Array {
    const size = (p * (p + 1)) / 2;
    const hessian = new Float64Array(size * size);
    // g_E and H_E C of each direction.
    const means = Array.from({ length: size }, () => new Float64Array(p));
    const turned = Array.from({ length: size }, () => new Float64Array(area));
    const h = new Float64Array(area);
    forEachDirection((e, a, b) => {
      for (let i = 0; i < p; i++) means[e]![i]! += slopes[(a * p + i) * p + b]!;
    });
    if (isRestricted) {
      for (let e = 0; e < size; e++) {
        h.fill(0);
        forEachDirection((f, a, b) => {
          if (f !== e) return;
          for (let i = 0; i < p; i++) {
            for (let j = 0; j < p; j++) h[i * p + j]! += crossed[(a * p + i) * area + b * p + j]!;
          }
        });
        multiplyInto(h, 0, c, 0, turned[e]!, 0, p);
      }
    }
    forEachDirection((e, a, b) => {
      forEachDirection((f, x, y) => {
        // tr(Mᵀ e_a e_bᵀ W e_x e_yᵀ), M the factor and W the precision of one pair of experiments.
        hessian[e * size + f]! += products[(a * p + y) * area + b * p + x]!;
      });
    });
    for (let e = 0; e < size; e++) {
      for (let f = 0; f < size; f++) {
        let sum = 0;
        for (let i = 0; i < p; i++) {
          for (let j = 0; j < p; j++) {
            sum += means[e]![i]! * c[i * p + j]! * means[f]![j]!;
            sum += 0.5 * turned[e]![i * p + j]! * turned[f]![j * p + i]!;
          }
        }
        hessian[e * size + f]! += sum;
      }
    }
    return hessian;
  }

  /** Each symmetric direction as the one or two single entries it moves. */
  function forEachDirection(visit: (direction: number, i: number, j: number) => void): void {
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) visit(triangleIndex(i, j), i, j);
    }
  }

  return { at, curveAt, scores };
}
