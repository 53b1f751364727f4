import { checkCorrelation } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Matrix } from "../numerics/matrix.ts";
import { symmetricEigen } from "../numerics/symmetric-eigen.ts";

/** An eigenvalue of a correlation matrix that was computed and rounded may be this far below 0. */
const ROUNDING = 1e-9;

/**
 * Refuses what is no correlation matrix of a given size.
 *
 * @throws {DomainError} for wrong lengths, entries outside [−1, 1], and a matrix that is not symmetric, has no ones on the
 *   diagonal, or is not positive semidefinite
 */
export function checkCorrelationMatrix(field: string, correlation: Matrix, size: number): void {
  if (!Array.isArray(correlation) || correlation.length !== size) {
    throw new DomainError(field, correlation, `must be a list of ${size} rows, one for each statistic`);
  }
  for (let i = 0; i < size; i++) {
    const row = correlation[i] as readonly number[];
    if (!Array.isArray(row) || row.length !== size) {
      throw new DomainError(`${field}[${i}]`, row, `must be a list of ${size} correlations`);
    }
    for (let j = 0; j < size; j++) checkCorrelation(`${field}[${i}][${j}]`, row[j] as number);
    if (row[i] !== 1) throw new DomainError(`${field}[${i}][${i}]`, row[i], "must be 1");
  }
  checkSymmetry(field, correlation);
  if (symmetricEigen(correlation).values.at(-1)! < -ROUNDING) {
    throw new DomainError(field, correlation, "must be positive semidefinite");
  }
}

function checkSymmetry(field: string, correlation: Matrix): void {
  correlation.forEach((row, i) =>
    row.forEach((entry, j) => {
      const mirror = correlation[j]![i]!;
      if (Math.abs(entry - mirror) > ROUNDING) {
        throw new DomainError(`${field}[${i}][${j}]`, entry, `must equal its mirror image ${mirror}`);
      }
    }),
  );
}
