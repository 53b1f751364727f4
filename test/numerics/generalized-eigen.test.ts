import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generalizedEigen } from "../../src/numerics/generalized-eigen.ts";
import { matrixVector, quadraticForm } from "../../src/numerics/matrix.ts";
import { createRandom } from "../../src/numerics/random.ts";

/** A random F Fᵀ of unlike units. */
function definite(random: { normal(): number }, size: number, units: readonly number[]): number[][] {
  const factor = Array.from({ length: size }, () => Array.from({ length: size + 2 }, () => random.normal()));
  return factor.map((row, i) =>
    factor.map(
      (other, j) => row.reduce((sum, entry, k) => sum + entry * other[k]!, 0) * units[i]! * units[j]!,
    ),
  );
}

describe("the generalized symmetric eigenproblem", () => {
  it("solves A v = λ B v, with vectors of length 1 in B and eigenvalues in falling order", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 6 }), (seed, size) => {
        const random = createRandom(seed);
        const units = Array.from({ length: size }, () => 10 ** (8 * random.uniform() - 4));
        const a = definite(random, size, units);
        const b = definite(random, size, units);
        const { values, vectors, images } = generalizedEigen(a, b)!;
        expect(values).toEqual(values.toSorted((x, y) => y - x));
        vectors.forEach((vector, r) => {
          const left = matrixVector(a, vector);
          const right = matrixVector(b, vector);
          for (let i = 0; i < size; i++) {
            const allowed = 1e-9 * values[0]! * Math.sqrt(b[i]![i]!);
            expect(Math.abs(left[i]! - values[r]! * right[i]!)).toBeLessThanOrEqual(allowed);
            expect(Math.abs(images[r]![i]! - right[i]!)).toBeLessThanOrEqual(1e-9 * Math.sqrt(b[i]![i]!));
          }
          expect(quadraticForm(b, vector)).toBeCloseTo(1, 9);
        });
      }),
    );
  });

  it("has no answer where B is not positive definite", () => {
    expect(
      generalizedEigen(
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    ).toBeNull();
  });
});
