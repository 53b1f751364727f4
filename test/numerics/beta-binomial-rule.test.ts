import { describe, expect, it } from "vitest";
import { betaBinomialRule } from "../../src/numerics/beta-binomial-rule.ts";
import { betaBinomialLogPmf } from "../../src/numerics/beta-binomial-tails.ts";
import { relativeError } from "../support/relative-error.ts";

describe("betaBinomialRule", () => {
  it.each([
    [1, 0.5, 0.5],
    [7, 0.3, 2],
    [40, 2, 7],
    [500, 1, 1],
    [500, 0.5, 0.5],
    [2000, 50, 950],
  ])("has the averages of powers of a count of %i trials, Beta(%f, %f), to 1e-12", (n, alpha, beta) => {
    const { nodes, weights } = betaBinomialRule(n, alpha, beta, 12);
    for (let power = 0; power < 24; power++) {
      let exact = 0;
      for (let k = 0; k <= n; k++)
        exact += Math.exp(betaBinomialLogPmf(k, n, alpha, beta)) * (k / n) ** power;
      const found = nodes.reduce((sum, x, i) => sum + weights[i]! * (x / n) ** power, 0);
      expect(relativeError(found, exact)).toBeLessThan(1e-12);
    }
  });

  it("is a point where there are no trials, and stays within the counts of 1e12 of them", () => {
    expect(betaBinomialRule(0, 2, 3, 12)).toEqual({ nodes: [0], weights: [1] });
    const { nodes, weights } = betaBinomialRule(1e12, 1, 1, 30);
    expect(Math.min(...nodes)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...nodes)).toBeLessThanOrEqual(1e12);
    expect(
      relativeError(
        weights.reduce((sum, weight) => sum + weight, 0),
        1,
      ),
    ).toBeLessThan(1e-13);
  });
});
