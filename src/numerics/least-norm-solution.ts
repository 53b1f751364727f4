import { cholesky, solveFactored } from "./cholesky.ts";
import { dot, type Matrix, type Vector } from "./matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** The least share of a variance that the others may leave unexplained: below it, rounding decides. */
const LEAST_SHARE = 1e-12;

/**
 * The solution x of A x = b for a symmetric positive semidefinite A, and where A is singular the solution of least
 * length among those that come closest, in units of 1/√A_ii: copies of one variable then share what it gets.
 *
 * A variable without variance gets 0.
 */
export function leastNormSolution(matrix: Matrix, b: Vector): number[] {
  const scale = matrix.map((row, i) => (row[i]! > 0 ? 1 / Math.sqrt(row[i]!) : 0));
  const scaled = matrix.map((row, i) => row.map((entry, j) => entry * scale[i]! * scale[j]!));
  const target = b.map((value, i) => value * scale[i]!);
  const factor = cholesky(scaled);
  const isRegular = factor !== null && factor.every((row, i) => row[i]! ** 2 > LEAST_SHARE);
  const solution = isRegular ? solveFactored(factor, target) : solveSingular(scaled, target);
  return solution.map((value, i) => value * scale[i]!);
}

/** Through the eigenvectors whose eigenvalues are more than rounding. */
function solveSingular(scaled: Matrix, b: Vector): number[] {
  const { values, vectors } = symmetricEigen(scaled);
  const x = b.map(() => 0);
  values.forEach((value, k) => {
    if (!(value > LEAST_SHARE * values.length)) return;
    const share = dot(vectors[k]!, b) / value;
    vectors[k]!.forEach((entry, i) => (x[i]! += share * entry));
  });
  return x;
}
