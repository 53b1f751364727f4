import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { thinWeights } from "../../src/numerics/thin-weights.ts";

const sumOf = (weights: Iterable<number>): number => [...weights].reduce((sum, weight) => sum + weight, 0);

describe("thinWeights", () => {
  it("keeps the heavy as they are, and gives all others one weight, with the same sum", () => {
    const random = createRandom(1);
    const weights = Float64Array.from({ length: 1000 }, () => Math.exp(3 * random.normal()));
    const { kept, weights: own } = thinWeights(weights, 100);
    expect(kept).toHaveLength(100);
    expect(new Set(kept).size).toBe(100);
    const lightest = Math.min(...own);
    kept.forEach((k, i) => expect(own[i]).toBe(Math.max(lightest, weights[k]!)));
    expect(sumOf(own) / sumOf(weights)).toBeCloseTo(1, 12);
  });

  it("keeps all that fit, and drops what has no weight", () => {
    expect(thinWeights(Float64Array.of(0.2, 0, 0.8), 2)).toEqual({ kept: [2, 0], weights: [0.8, 0.2] });
  });

  it("drops what is lost in the rounding of the heaviest", () => {
    const weights = Float64Array.from({ length: 300 }, (_, k) => (k < 100 ? 0.01 : 1e-30 / (k + 1)));
    const { kept, weights: own } = thinWeights(weights, 100);
    expect(kept).toHaveLength(100);
    expect(own.every((weight) => weight > 0 && weight <= 0.01 * (1 + 1e-12))).toBe(true);
  });
});
