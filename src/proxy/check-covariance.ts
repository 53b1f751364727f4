import { DomainError } from "../core/domain-error.ts";
import type { Matrix } from "../numerics/matrix.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { checkSquare, copySymmetric, isPositiveDefinite, ROUNDING } from "./sampling-matrix.ts";

/**
 * Refuses what is no covariance of metrics that all vary: perfect correlations are allowed.
 *
 * @throws {DomainError} for a wrong shape, entries that are not finite, variances that are not above 0, and a matrix
 *   that is not symmetric or not positive semidefinite
 */
export function checkCovariance(field: string, covariance: Matrix, size: number): void {
  checkSquare(field, covariance, size);
  const flat = new Float64Array(size * size);
  copySymmetric(field, covariance, size, flat);
  for (let i = 0; i < size; i++) {
    checkMagnitude(`${field}[${i}][${i}]`, flat[i * size + i]!);
    flat[i * size + i]! *= 1 + ROUNDING;
  }
  if (!isPositiveDefinite(flat, size, new Float64Array(size * size))) {
    throw new DomainError(field, covariance, "must be positive semidefinite");
  }
}
