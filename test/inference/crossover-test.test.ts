import { describe, expect, it } from "vitest";
import { crossoverTest } from "../../src/inference/crossover-test.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { relativeError } from "../support/relative-error.ts";

/** z-values of so many groups with a statistic of q: the negative side is the smaller one. */
const groups = (q: number, count: number): number[] => [
  2 * Math.sqrt(q) + 1,
  -Math.sqrt(q),
  ...Array.from({ length: count - 2 }, () => 0),
];

describe("Gail and Simon's test of effects of both signs", () => {
  // mpmath with 40 digits: Σ_h C(k − 1, h) 2^(1 − k) Γ(h/2, q/2)/Γ(h/2). The first, second and fourth q are the critical
  // values of 5 % in Gail and Simon (1985), table 1.
  it.each([
    [2.71, 2, -2.9985262582544263],
    [4.23, 3, -2.9954114712931803],
    [0.5, 3, -0.833673824463749],
    [5.43, 4, -2.9935303142996275],
    [12.5, 7, -4.701289887218893],
    [3, 25, -0.015539474477133249],
    [2000, 6, -993.1839449997138],
    [1e4, 2, -5005.524208694205],
  ])("has the p-value of a statistic of %s in %s groups", (q, count, log) => {
    const result = crossoverTest(groups(q, count));
    expect(relativeError(result.statistic, q)).toBeLessThan(1e-14);
    expect(relativeError(result.logPValue, log)).toBeLessThan(1e-12);
    expect(Math.abs(result.pValue - Math.exp(log))).toBeLessThan(1e-12);
  });

  it("adds up the squares on each side, and takes the smaller sum", () => {
    const zs = [3, -1, 0, 2, -2];
    expect(crossoverTest(zs)).toMatchObject({ statistic: 5, positive: 13, negative: 5 });
    const turned = crossoverTest(zs.map((z) => -z));
    expect(turned).toMatchObject({ statistic: 5, positive: 5, negative: 13 });
    expect(turned.logPValue).toBe(crossoverTest(zs).logPValue);
  });

  it("of two groups is the one-sided normal test of the one nearer to 0", () => {
    expect(relativeError(crossoverTest([5, -1.7]).pValue, normalSf(1.7))).toBeLessThan(1e-13);
  });

  it("finds nothing where all effects are of one sign or 0", () => {
    for (const zs of [
      [1, 2, 30],
      [-1, -2, 0],
      [0, 0],
    ]) {
      expect(crossoverTest(zs)).toMatchObject({ statistic: 0, pValue: 1, logPValue: 0 });
    }
  });
});
