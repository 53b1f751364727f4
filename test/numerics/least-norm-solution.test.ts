import { describe, expect, it } from "vitest";
import { leastNormSolution } from "../../src/numerics/least-norm-solution.ts";
import { nonNegativeSolution } from "../../src/numerics/non-negative-solution.ts";
import { thinWeights } from "../../src/numerics/thin-weights.ts";

describe("leastNormSolution", () => {
  it("solves what has one solution", () => {
    expect(
      leastNormSolution(
        [
          [4, 1],
          [1, 3],
        ],
        [1, 2],
      ),
    ).toEqual([expect.closeTo(1 / 11, 15), expect.closeTo(7 / 11, 15)]);
  });

  it("shares between copies, and gives nothing to what does not vary", () => {
    const solution = leastNormSolution(
      [
        [2, 2, 0],
        [2, 2, 0],
        [0, 0, 0],
      ],
      [3, 3, 0],
    );
    expect(solution).toEqual([expect.closeTo(0.75, 14), expect.closeTo(0.75, 14), 0]);
  });
});

describe("leastNormSolution of variables that are nearly copies", () => {
  it("solves while the others leave more than rounding unexplained", () => {
    const r = 1 - 1.5e-12;
    const [first, second] = leastNormSolution(
      [
        [1, r],
        [r, 1],
      ],
      [1, -1],
    );
    expect(first! * (1 - r)).toBeCloseTo(1, 3);
    expect(second! * (1 - r)).toBeCloseTo(-1, 3);
  });

  it("takes what is rounding for nothing, the more variables the more of it", () => {
    const r = 1 - 4e-13;
    const solution = leastNormSolution(
      [
        [1, r, 0],
        [r, 1, 0],
        [0, 0, 1],
      ],
      [1, -1, 2],
    );
    expect(solution).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12), expect.closeTo(2, 12)]);
  });
});

describe("nonNegativeSolution", () => {
  it("is the plain solution where that is not negative", () => {
    expect(
      nonNegativeSolution(
        [
          [4, 1],
          [1, 3],
        ],
        [1, 2],
      ),
    ).toEqual([expect.closeTo(1 / 11, 15), expect.closeTo(7 / 11, 15)]);
  });

  it("holds at 0 what would be negative, and lets go of what entered too soon", () => {
    expect(
      nonNegativeSolution(
        [
          [1, 0.9],
          [0.9, 1],
        ],
        [1, 0.5],
      ),
    ).toEqual([1, 0]);
    // The first has the largest gain alone, and leaves again once the other two are in.
    const matrix = [
      [1, 0.7, 0.7],
      [0.7, 1, 0],
      [0.7, 0, 1],
    ];
    const [first, second, third] = nonNegativeSolution(matrix, [1, 0.95, 0.95]);
    expect(first).toBe(0);
    expect([second, third]).toEqual([expect.closeTo(0.95, 14), expect.closeTo(0.95, 14)]);
  });

  it("is 0 where nothing helps", () => {
    expect(
      nonNegativeSolution(
        [
          [1, 0],
          [0, 1],
        ],
        [-1, 0],
      ),
    ).toEqual([0, 0]);
  });
});

describe("thinWeights", () => {
  it("keeps the heavy as they are, and their sum", () => {
    const weights = Float64Array.from([0.3, ...Array.from({ length: 700 }, () => 0.001)]);
    const { kept, weights: own } = thinWeights(weights, 50);
    expect(kept).toHaveLength(50);
    expect([kept[0], own[0]]).toEqual([0, 0.3]);
    expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(own[1]).toBeCloseTo(0.7 / 49, 14);
  });

  it("keeps all where they are few", () => {
    expect(thinWeights(Float64Array.from([0.2, 0, 0.8]), 5)).toEqual({ kept: [2, 0], weights: [0.8, 0.2] });
  });
});
