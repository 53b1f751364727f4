import { DomainError } from "../core/domain-error.ts";
import type { Matrix } from "../numerics/matrix.ts";

/** A covariance computed from sums is symmetric up to rounding; what exceeds this is a mistake. */
export const ROUNDING = 1e-9;

/** The least share of a variance that the other estimates may leave unexplained: below it, rounding decides. */
const LEAST_PIVOT = 1e-12;

/**
 * Refuses what is no square matrix of that size, before anything so large is laid out.
 *
 * @throws {DomainError} for a wrong shape
 */
export function checkSquare(field: string, matrix: Matrix, size: number): void {
  if (!Array.isArray(matrix) || matrix.length !== size) throw shapeError(field, matrix, size);
  for (let i = 0; i < size; i++) {
    const row: unknown = matrix[i];
    if (!Array.isArray(row) || row.length !== size) throw shapeError(`${field}[${i}]`, row, size);
  }
}

/**
 * Copies a symmetric matrix into a flat one, row after row.
 *
 * @throws {DomainError} for a wrong shape, entries that are not finite numbers, or an entry unlike its mirror image
 */
export function copySymmetric(field: string, matrix: Matrix, size: number, target: Float64Array): void {
  checkSquare(field, matrix, size);
  for (let i = 0; i < size; i++) {
    const row: readonly unknown[] = matrix[i]!;
    for (let j = 0; j < size; j++) {
      const entry: unknown = row[j];
      if (!Number.isFinite(entry)) {
        throw new DomainError(`${field}[${i}][${j}]`, entry, "must be a finite number");
      }
      target[i * size + j] = entry as number;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const entry = target[i * size + j]!;
      const mirror = target[j * size + i]!;
      if (Math.abs(entry - mirror) > ROUNDING * Math.max(Math.abs(entry), Math.abs(mirror))) {
        throw new DomainError(`${field}[${i}][${j}]`, entry, `must equal its mirror image ${mirror}`);
      }
      target[i * size + j] = target[j * size + i] = 0.5 * entry + 0.5 * mirror;
    }
  }
}

function shapeError(field: string, value: unknown, size: number): DomainError {
  return new DomainError(field, value, `must be a list with one entry for each of the ${size} metrics`);
}

/** Whether a flat symmetric matrix is positive definite beyond rounding; `scratch` is at least as long. */
export function isPositiveDefinite(matrix: Float64Array, size: number, scratch: Float64Array): boolean {
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= scratch[i * size + k]! * scratch[j * size + k]!;
      if (i > j) {
        scratch[i * size + j] = sum / scratch[j * size + j]!;
      } else {
        if (!(sum > LEAST_PIVOT * matrix[j * size + j]!)) return false;
        scratch[j * size + j] = Math.sqrt(sum);
      }
    }
  }
  return true;
}
