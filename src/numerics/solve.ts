import { identity, transpose } from "./matrix.ts";
import type { Matrix, Vector } from "./matrix.ts";

/**
 * The solution x of A x = b by elimination with partial pivoting, or null when a pivot is 0 (A is singular).
 */
export function solve(matrix: Matrix, b: Vector): number[] | null {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, b[i]!]);
  for (let j = 0; j < size; j++) {
    let pivot = j;
    for (let i = j + 1; i < size; i++) {
      if (Math.abs(rows[i]![j]!) > Math.abs(rows[pivot]![j]!)) pivot = i;
    }
    [rows[j], rows[pivot]] = [rows[pivot]!, rows[j]!];
    if (rows[j]![j] === 0) return null;
    for (let i = j + 1; i < size; i++) {
      const multiple = rows[i]![j]! / rows[j]![j]!;
      for (let k = j; k <= size; k++) rows[i]![k]! -= multiple * rows[j]![k]!;
    }
  }
  const x = b.map(() => 0);
  for (let i = size - 1; i >= 0; i--) {
    let sum = rows[i]![size]!;
    for (let k = i + 1; k < size; k++) sum -= rows[i]![k]! * x[k]!;
    x[i] = sum / rows[i]![i]!;
  }
  return x;
}

/** The inverse of A, or null when A is singular. To solve one system, `solve` is better. */
export function inverse(matrix: Matrix): number[][] | null {
  const columns: number[][] = [];
  for (const unit of identity(matrix.length)) {
    const column = solve(matrix, unit);
    if (column === null) return null;
    columns.push(column);
  }
  return transpose(columns);
}
