import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/numerics/normal-quantile.ts";
import { paretoSmoothedWeights } from "../../src/numerics/pareto-smoothed-weights.ts";
import fixture from "../reference/numerics/pareto-smoothed-weights.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

/** The weights of `exp(log(u))` over n evenly spread u, with a sum of 1. */
function weightsOf(n: number, log: (u: number, rest: number) => number): Float64Array {
  const weights = Float64Array.from({ length: n }, (_, k) => Math.exp(log((k + 0.5) / n, (n - k - 0.5) / n)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe("paretoSmoothedWeights", () => {
  it.each(fixture.cases)("smooths $kind weights of size $size as R's loo does", (one) => {
    const { shape, weights } = paretoSmoothedWeights(
      weightsOf(one.n, (u, rest) =>
        one.kind === "pareto" ? -one.size * Math.log(rest) : one.size * normalQuantile(u),
      ),
    );
    // Shape and weights come out of sums over hundreds of logs.
    expect(relativeError(shape, one.shape)).toBeLessThan(1e-10);
    one.at.forEach((k, i) => expect(relativeError(weights[k]!, one.weights[i]!)).toBeLessThan(1e-10));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it("makes a single draw of great weight count for no more than its rank", () => {
    const weights = weightsOf(1000, (u) => u);
    weights[999] = 1;
    const smoothed = paretoSmoothedWeights(weights.map((weight) => weight / 2)).weights;
    expect(smoothed[999]).toBeLessThan(0.1);
  });

  it("leaves equal weights as they are, and says where hardly any draw has weight", () => {
    const equal = new Float64Array(400).fill(1 / 400);
    expect(paretoSmoothedWeights(equal)).toEqual({ weights: equal, shape: -Infinity });
    const few = Float64Array.from({ length: 400 }, (_, k) => (k < 5 ? 0.2 : 0));
    expect(paretoSmoothedWeights(few)).toEqual({ weights: few, shape: Infinity });
  });
});
