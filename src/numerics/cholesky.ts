import type { Matrix, Vector } from "./matrix.ts";

/**
 * The lower triangle L with L Lᵀ = A, or null when A is not positive definite. Only the lower triangle of A is read.
 */
export function cholesky(matrix: Matrix): number[][] | null {
  const size = matrix.length;
  const factor = matrix.map((row) => row.map(() => 0));
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      if (i === j) {
        if (!(sum > 0)) return null;
        factor[j]![j] = Math.sqrt(sum);
      } else {
        factor[i]![j] = sum / factor[j]![j]!;
      }
    }
  }
  return factor;
}

/** The solution x of A x = b for a positive definite A, or null when A is not positive definite. */
export function solveSymmetricPositive(matrix: Matrix, b: Vector): number[] | null {
  const factor = cholesky(matrix);
  return factor === null ? null : solveFactored(factor, b);
}

/** The solution x of L Lᵀ x = b for a lower triangle L. */
export function solveFactored(factor: Matrix, b: Vector): number[] {
  const x = [...b];
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i]![k]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[k]![i]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  return x;
}
