import { describe, expect, it } from "vitest";
import { cholesky } from "../../src/numerics/cholesky.ts";
import { invertPositive } from "../../src/numerics/invert-positive.ts";
import { identity } from "../../src/numerics/matrix.ts";
import { multiplyInto } from "../../src/numerics/multiply-into.ts";

/** Hilbert's matrix: as near to singular as matrices of its size come. */
function hilbert(size: number): number[][] {
  return identity(size).map((row, i) => row.map((_, j) => 1 / (i + j + 1)));
}

describe("invertPositive", () => {
  it.each([1, 2, 3, 5])(
    "inverts a matrix of size %i in place, and gives the log of its determinant",
    (size) => {
      const matrix = hilbert(size);
      const values = Float64Array.from([7, ...matrix.flat(), 7]);
      const logDeterminant = invertPositive(values, 1, size);
      const factor = cholesky(matrix)!;
      const expected = factor.reduce((sum, row, i) => sum + 2 * Math.log(row[i]!), 0);
      expect(logDeterminant).toBeCloseTo(expected, 10);
      const product = new Float64Array(size * size);
      multiplyInto(values, 1, Float64Array.from(matrix.flat()), 0, product, 0, size);
      product.forEach((value, at) => expect(value).toBeCloseTo(at % (size + 1) === 0 ? 1 : 0, 9));
      expect([values[0], values[values.length - 1]]).toEqual([7, 7]);
    },
  );

  it("says of a matrix that is not positive definite that its determinant is 0", () => {
    expect(invertPositive(Float64Array.from([1, 1, 1, 1]), 0, 2)).toBe(-Infinity);
    expect(invertPositive(Float64Array.from([1, 2, 2, 1]), 0, 2)).toBe(-Infinity);
  });
});
