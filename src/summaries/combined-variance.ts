import { compensatedDot } from "../numerics/compensated-dot.ts";
import type { Matrix, Vector } from "../numerics/matrix.ts";

/**
 * Variance of a weighted sum of metrics, wᵀ S w. Products keep the digits that they lose, since what is left of a metric
 * that others explain is small beside its variance; below 0, where rounding alone can bring it, it is 0.
 */
export function combinedVariance(covariance: Matrix, weights: Vector): number {
  const columns = covariance.map((row) => compensatedDot(row, weights));
  return Math.max(0, compensatedDot(weights, columns));
}
