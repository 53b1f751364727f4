/** A vector of numbers. */
export type Vector = readonly number[];

/** A small dense matrix, a list of rows. */
export type Matrix = readonly (readonly number[])[];

/** The inner product xᵀ y. */
export function dot(x: Vector, y: Vector): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** The product A x. */
export function matrixVector(matrix: Matrix, x: Vector): number[] {
  return matrix.map((row) => dot(row, x));
}

/** The quadratic form xᵀ A x. */
export function quadraticForm(matrix: Matrix, x: Vector): number {
  return dot(x, matrixVector(matrix, x));
}

/** The product A B. */
export function matrixProduct(a: Matrix, b: Matrix): number[][] {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** Rows become columns. */
export function transpose(matrix: Matrix): number[][] {
  return (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j]!));
}

/** The identity matrix. */
export function identity(size: number): number[][] {
  return Array.from({ length: size }, (_row, i) =>
    Array.from({ length: size }, (_column, j) => (i === j ? 1 : 0)),
  );
}
