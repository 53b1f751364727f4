import { sumOf } from "../numerics/sum.ts";

/** Estimates of one quantity from disjoint groups of units, pooled under a common value. */
export interface PooledEstimate {
  readonly estimate: number;
  readonly standardError: number;
  /** Weight of each estimate; they sum to 1. */
  readonly weights: readonly number[];
  /** Cochran's Q: chi-squared with one degree of freedom less than estimates, where all have the same true value. */
  readonly q: number;
  /** 1 − df/Q where Q is above df, and 0 otherwise: the share of the variation beyond chance, in [0, 1]. */
  readonly iSquared: number;
}

/**
 * Pools estimates with the weights 1/se² (Cochran 1954; I² by Higgins and Thompson 2002).
 *
 * @param estimates - at least one
 * @param standardErrors - of each, finite and above 0
 */
export function inverseVariance(
  estimates: readonly number[],
  standardErrors: readonly number[],
): PooledEstimate {
  // Relative to the smallest, so that no error a double holds over- or underflows when squared.
  const smallest = standardErrors.reduce((least, error) => Math.min(least, error), Infinity);
  const precisions = standardErrors.map((error) => (smallest / error) ** 2);
  const total = sumOf(precisions);
  const weights = precisions.map((precision) => precision / total);
  // From the first estimate on, so that a common offset costs no digits.
  const first = estimates[0]!;
  const shift = estimates.reduce((sum, estimate, i) => sum + weights[i]! * (estimate - first), 0);
  const q = estimates.reduce(
    (sum, estimate, i) => sum + ((estimate - first - shift) / standardErrors[i]!) ** 2,
    0,
  );
  const degreesOfFreedom = estimates.length - 1;
  return {
    estimate: first + shift,
    standardError: smallest / Math.sqrt(total),
    weights,
    q,
    iSquared: q > degreesOfFreedom ? 1 - degreesOfFreedom / q : 0,
  };
}
