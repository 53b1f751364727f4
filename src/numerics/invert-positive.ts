import { ln } from "./elementary/ln.ts";

/**
 * Inverts a positive definite matrix in place, by elimination without pivots, which such a matrix does not need.
 *
 * @param values holds the matrix row by row from `offset` on
 * @returns ln of its determinant; −Infinity where it is not positive definite (`values` is then of no use)
 */
export function invertPositive(values: Float64Array, offset: number, size: number): number {
  let logDeterminant = 0;
  for (let k = 0; k < size; k++) {
    const pivotRow = offset + k * size;
    const pivot = values[pivotRow + k]!;
    if (!(pivot > 0)) return -Infinity;
    logDeterminant += ln(pivot);
    values[pivotRow + k] = 1;
    for (let j = 0; j < size; j++) values[pivotRow + j]! /= pivot;
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const row = offset + i * size;
      const multiple = values[row + k]!;
      values[row + k] = 0;
      for (let j = 0; j < size; j++) values[row + j]! -= multiple * values[pivotRow + j]!;
    }
  }
  return logDeterminant;
}
