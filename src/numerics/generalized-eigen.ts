import { cholesky } from "./cholesky.ts";
import { dot, type Matrix, transpose, type Vector } from "./matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

export interface GeneralizedEigen {
  /** In falling order. */
  readonly values: readonly number[];
  /** `vectors[i]` belongs to `values[i]`; vᵢᵀ B vᵢ = 1, and vᵢᵀ B vⱼ = 0 for others. */
  readonly vectors: Matrix;
  /** `images[i]` = B vᵢ, so that A is the sum of valueᵢ (B vᵢ)(B vᵢ)ᵀ. */
  readonly images: Matrix;
}

/**
 * The solutions of A v = λ B v for a symmetric A and a positive definite B, by the Cholesky factor of B (Golub & Van
 * Loan 2013, 8.7); null when B is not positive definite.
 */
export function generalizedEigen(a: Matrix, b: Matrix): GeneralizedEigen | null {
  const factor = cholesky(b);
  if (factor === null) return null;
  // L⁻¹ A, row after row, and once more from the right: its transpose is A L⁻ᵀ, since A is symmetric.
  const half = forward(factor, a);
  const whitened = forward(factor, transpose(half));
  const { values, vectors } = symmetricEigen(symmetrised(whitened));
  return {
    values,
    vectors: vectors.map((u) => backward(factor, u)),
    images: vectors.map((u) => factor.map((row) => dot(row, u))),
  };
}

/** L⁻¹ M, for a lower triangle L. */
function forward(factor: Matrix, matrix: Matrix): number[][] {
  const rows: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const solved = [...row];
    for (let k = 0; k < i; k++) {
      for (let j = 0; j < solved.length; j++) solved[j]! -= factor[i]![k]! * rows[k]![j]!;
    }
    rows.push(solved.map((entry) => entry / factor[i]![i]!));
  }
  return rows;
}

/** L⁻ᵀ u. */
function backward(factor: Matrix, u: Vector): number[] {
  const x = [...u];
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[k]![i]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  return x;
}

function symmetrised(matrix: Matrix): number[][] {
  return matrix.map((row, i) => row.map((entry, j) => 0.5 * (entry + matrix[j]![i]!)));
}
