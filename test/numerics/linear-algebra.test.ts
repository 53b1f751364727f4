import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/numerics/matrix.ts";
import { cholesky, solveSymmetricPositive } from "../../src/numerics/cholesky.ts";
import {
  identity,
  matrixProduct,
  matrixVector,
  quadraticForm,
  transpose,
} from "../../src/numerics/matrix.ts";
import { inverse, solve } from "../../src/numerics/solve.ts";
import { symmetricEigen } from "../../src/numerics/symmetric-eigen.ts";

const entry = fc.double({ min: -10, max: 10, noNaN: true });
const squareMatrix = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc.array(fc.array(entry, { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  );
/** B Bᵀ + I: symmetric, its smallest eigenvalue at least 1. */
const positiveMatrix = squareMatrix.map((b) =>
  matrixProduct(b, transpose(b)).map((row, i) => row.map((x, j) => x + (i === j ? 1 : 0))),
);

/** The largest difference of two matrices, relative to the largest entry expected. */
function gap(actual: Matrix, expected: Matrix): number {
  const differences = expected.flatMap((row, i) => row.map((x, j) => Math.abs(x - actual[i]![j]!)));
  return Math.max(...differences) / Math.max(1e-300, ...expected.flat().map(Math.abs));
}

describe("cholesky", () => {
  it("factors any positive definite matrix", () => {
    fc.assert(
      fc.property(positiveMatrix, (a) => {
        const factor = cholesky(a)!;
        expect(gap(matrixProduct(factor, transpose(factor)), a)).toBeLessThanOrEqual(1e-14);
      }),
    );
  });

  it("is null for a matrix that is not positive definite", () => {
    expect(
      cholesky([
        [1, 2],
        [2, 1],
      ]),
    ).toBeNull();
    expect(cholesky([[0]])).toBeNull();
    expect(cholesky([[NaN]])).toBeNull();
    expect(
      solveSymmetricPositive(
        [
          [1, 1],
          [1, 1],
        ],
        [1, 1],
      ),
    ).toBeNull();
  });
});

describe("solving", () => {
  it("satisfies the equations, by both ways", () => {
    fc.assert(
      fc.property(positiveMatrix, (a) => {
        const x = a.map((_, i) => i - 1.5);
        const b = matrixVector(a, x);
        expect(gap([solve(a, b)!], [x])).toBeLessThanOrEqual(1e-9);
        expect(gap([solveSymmetricPositive(a, b)!], [x])).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  it("pivots, and is null for a singular matrix", () => {
    expect(
      solve(
        [
          [0, 1],
          [1, 0],
        ],
        [2, 3],
      ),
    ).toEqual([3, 2]);
    expect(
      solve(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 1],
      ),
    ).toBeNull();
    expect(
      inverse([
        [1, 2],
        [2, 4],
      ]),
    ).toBeNull();
  });

  it("inverts", () => {
    expect(
      gap(
        inverse([
          [4, 7],
          [2, 6],
        ])!,
        [
          [0.6, -0.7],
          [-0.2, 0.4],
        ],
      ),
    ).toBeLessThanOrEqual(1e-15);
    fc.assert(
      fc.property(positiveMatrix, (a) => {
        expect(gap(matrixProduct(a, inverse(a)!), identity(a.length))).toBeLessThanOrEqual(1e-9);
      }),
    );
  });
});

describe("symmetricEigen", () => {
  it("rebuilds the matrix from orthonormal vectors, values in falling order", () => {
    fc.assert(
      fc.property(squareMatrix, (b) => {
        const a = b.map((row, i) => row.map((x, j) => x + b[j]![i]!));
        const { values, vectors } = symmetricEigen(a);
        expect(gap(matrixProduct(vectors, transpose(vectors)), identity(a.length))).toBeLessThanOrEqual(
          1e-14,
        );
        const rebuilt = matrixProduct(
          transpose(vectors),
          vectors.map((vector, i) => vector.map((x) => x * values[i]!)),
        );
        expect(gap(rebuilt, a)).toBeLessThanOrEqual(1e-13);
        values.slice(1).forEach((value, i) => expect(value).toBeLessThanOrEqual(values[i]!));
      }),
    );
  });

  it("keeps the small eigenvalue of a badly scaled covariance", () => {
    const { values } = symmetricEigen([
      [1e8, 1e-1],
      [1e-1, 1e-8],
    ]);
    expect(Math.abs(values[1]! / (1e-8 - 1e-10) - 1)).toBeLessThan(1e-13);
  });
});

it("the quadratic form is xᵀ A x", () => {
  expect(
    quadraticForm(
      [
        [2, 1],
        [1, 3],
      ],
      [1, -2],
    ),
  ).toBe(10);
});
