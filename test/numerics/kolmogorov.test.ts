import { describe, expect, it } from "vitest";
import { kolmogorovLogSf } from "../../src/numerics/kolmogorov.ts";
import reference from "../reference/numerics/kolmogorov.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("the Kolmogorov distribution", () => {
  // Largest errors seen: 1e-14 where p is above 0.1, 3e-11 at p = 1e-4, 1e-15 below.
  it.each(reference.cases)("has P(D >= $d) for n = $n", ({ n, d, pValue, logPValue }) => {
    const log = kolmogorovLogSf(d, n);
    expect(relativeError(Math.exp(log), pValue)).toBeLessThan(pValue > 0.1 ? 1e-12 : 1e-10);
    expect(Math.abs(log - logPValue)).toBeLessThan(1e-10);
  });

  it("is certain, or impossible, at the ends", () => {
    expect(kolmogorovLogSf(0.05, 10)).toBe(0);
    expect(kolmogorovLogSf(1, 10)).toBe(-Infinity);
    // All ten in the first or the last hundredth: 2 · 0.01^10.
    expect(Math.abs(kolmogorovLogSf(0.99, 10) - Math.log(2 * 0.01 ** 10))).toBeLessThan(1e-12);
  });

  it("joins its ways without a step", () => {
    // The expansion takes over beyond 5,000 variables: the step to it is the step before.
    for (const z of [0.6, 1.5]) {
      const at = (n: number): number => Math.exp(kolmogorovLogSf(z / Math.sqrt(n), n));
      const before = at(5_000) - at(4_999);
      const across = at(5_001) - at(5_000);
      expect(Math.abs(across - before)).toBeLessThan(3e-9);
    }
    // One side alone takes over below 1e-4.
    const near = (d: number): number => kolmogorovLogSf(d, 400);
    const before = near(0.1103) - near(0.11025);
    const after = near(0.11045) - near(0.1104);
    expect(Math.abs(before / after - 1)).toBeLessThan(0.01);
  });
});
