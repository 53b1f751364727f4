import { chiSquaredLogSf, chiSquaredSf } from "../numerics/chi-squared.ts";
import { generalizedEigen } from "../numerics/generalized-eigen.ts";
import type { Matrix, Vector } from "../numerics/matrix.ts";
import type { EffectTable } from "./effect-table.ts";
import { type ExperimentWeights, experimentWeights } from "./experiment-weights.ts";
import { type IndependentGroup, independentGroups } from "./independent-groups.ts";
import { sumsOver, fromTriangle } from "./moment-sums.ts";

/** Macro effect per proxy effect where proxies carry all of it, and whether the past experiments allow that. */
export interface Liml {
  /** One slope for each proxy; null where there are no more experiments than proxies, or the slopes have no bounds. */
  readonly slopes: Vector | null;
  /**
   * H0: every macro effect is what the proxies' effects carry, without a direct effect. The sum of squared residuals
   * over their variance, with its p-value; null where there are no more experiments than proxies.
   */
  readonly statistic: number | null;
  /** Experiments less proxies. */
  readonly degreesOfFreedom: number;
  readonly pValue: number | null;
  readonly logPValue: number | null;
}

/**
 * The slopes of limited information maximum likelihood, through the origin: consistent, with few or weak tests too, as
 * long as no change has an effect on the macro metric that passes by the proxies. With direct effects they can be far
 * off and of the wrong sign, so that their distance from the slopes of total covariance is a sign of direct effects.
 *
 * The test beside them is of H0 "no direct effects": the residuals macro − slopes · proxies against their sampling
 * variances, chi-squared with experiments − proxies degrees of freedom. Where sampling covariances are not in proportion
 * it is slightly liberal, since the slopes are those of the average covariance.
 *
 * Source: Anderson and Rubin (1949); Bowden et al. (2019) for the test.
 */
export function liml(table: EffectTable, weights: ExperimentWeights = "precision"): Liml {
  const { metrics } = table;
  const degreesOfFreedom = table.experiments - (metrics - 1);
  if (degreesOfFreedom <= 0) {
    return { slopes: null, statistic: null, degreesOfFreedom, pValue: null, logPValue: null };
  }
  const w = experimentWeights(table, weights);
  const groups = independentGroups(table);
  const sums = sumsOver(table, w, new Float64Array(metrics), groups);
  const direction = limlDirection(fromTriangle(sums.products, metrics), fromTriangle(sums.sampling, metrics));
  const statistic = groups.reduce((sum, group) => sum + squaredResiduals(table, group, direction), 0);
  return {
    slopes: slopesAlong(direction),
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredSf(statistic, degreesOfFreedom),
    logPValue: chiSquaredLogSf(statistic, degreesOfFreedom),
  };
}

/** The direction in which the second moment of the estimates is smallest in units of the noise, which is definite. */
export function limlDirection(products: Matrix, noise: Matrix): Vector {
  return generalizedEigen(products, noise)!.vectors.at(-1)!;
}

/** The slopes with which macro − slopes · proxies is along a direction; null where the macro metric has no part in it. */
export function slopesAlong(direction: Vector): Vector | null {
  const macro = direction.at(-1)!;
  const slopes = direction.slice(0, -1).map((entry) => -entry / macro + 0);
  return slopes.every((slope) => Number.isFinite(slope)) ? slopes : null;
}

/** eᵀ W⁻¹ e of a group, with the residuals e along a direction and their sampling covariance W: a diagonal plus what the control shares. */
function squaredResiduals(
  { metrics, effects, covariances }: EffectTable,
  { members, shared }: IndependentGroup,
  direction: Vector,
): number {
  const form = (matrix: Float64Array, offset: number): number => {
    let sum = 0;
    for (let i = 0; i < metrics; i++) {
      for (let j = 0; j < metrics; j++) {
        sum += direction[i]! * direction[j]! * matrix[offset + i * metrics + j]!;
      }
    }
    return sum;
  };
  const common = shared === null ? 0 : form(shared, 0);
  let squares = 0;
  let residuals = 0;
  let precision = 0;
  for (const k of members) {
    let residual = 0;
    for (let i = 0; i < metrics; i++) residual += direction[i]! * effects[k * metrics + i]!;
    const own = form(covariances, k * metrics * metrics) - common;
    squares += (residual * residual) / own;
    residuals += residual / own;
    precision += 1 / own;
  }
  // Sherman and Morrison (1950).
  return squares - (common * residuals * residuals) / (1 + common * precision);
}
