import { identity, transpose } from "./matrix.ts";
import type { Matrix } from "./matrix.ts";
import { hypot } from "./elementary/hypot.ts";

export interface SymmetricEigen {
  /** In falling order. */
  readonly values: readonly number[];
  /** `vectors[i]` belongs to `values[i]` and has length 1. */
  readonly vectors: Matrix;
}

/** Sweeps after which cyclic Jacobi has converged by far: it does so quadratically, in 6 to 10 for small matrices. */
const MAX_SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan 2013, 8.5), which
 * keep the small eigenvalues of a small matrix accurate.
 */
export function symmetricEigen(matrix: Matrix): SymmetricEigen {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = identity(size);
  for (let sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(a); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q);
    }
  }
  const columns = transpose(vectors);
  const order = a.map((_, i) => i);
  order.sort((i, j) => a[j]![j]! - a[i]![i]!);
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => columns[i]!) };
}

/** Off-diagonal elements too small to move the diagonal ones count as 0. */
function isDiagonal(a: Matrix): boolean {
  return a.every((row, i) =>
    row.every(
      (x, j) =>
        i === j || Math.abs(x) <= 2 ** -60 * Math.sqrt(Math.abs(a[i]![i]!)) * Math.sqrt(Math.abs(a[j]![j]!)),
    ),
  );
}

/** Rotates the plane of p and q so that a[p][q] becomes 0. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const off = a[p]![q]!;
  if (off === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + hypot(theta, 1));
  const cosine = 1 / hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of a) rotatePair(row, p, q, cosine, sine);
  const [rowP, rowQ] = [a[p]!, a[q]!];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [rowP[k]!, rowQ[k]!];
    rowP[k] = cosine * x - sine * y;
    rowQ[k] = sine * x + cosine * y;
  }
  rowP[q] = 0;
  rowQ[p] = 0;
  for (const row of vectors) rotatePair(row, p, q, cosine, sine);
}

function rotatePair(row: number[], p: number, q: number, cosine: number, sine: number): void {
  const [x, y] = [row[p]!, row[q]!];
  row[p] = cosine * x - sine * y;
  row[q] = sine * x + cosine * y;
}
