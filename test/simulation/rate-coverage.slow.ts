import { describe, expect, it } from "vitest";
import { proportionInterval } from "../../src/inference/proportion-interval.ts";
import { binomial } from "../../src/numerics/binomial.ts";

describe("the intervals of one rate, counted over every outcome", () => {
  const coverage = (method: "wilson" | "clopper-pearson" | "jeffreys", n: number, rate: number): number => {
    let sum = 0;
    for (let conversions = 0; conversions <= n; conversions++) {
      const probability = binomial.pmf(conversions, n, rate);
      if (probability < 1e-12) continue;
      const { lower, upper } = proportionInterval({ n, conversions, method });
      if (lower <= rate && rate <= upper) sum += probability;
    }
    return sum;
  };
  const rows = [
    { rate: 0.001, n: 20_000 },
    { rate: 0.01, n: 2000 },
    { rate: 0.1, n: 500 },
    { rate: 0.5, n: 500 },
  ];

  // At about twenty expected conversions a single outcome weighs up to 0.03 at the ends.
  it.each(rows)("Wilson and Jeffreys cover 95 % within 2 % at a rate of $rate", ({ rate, n }) => {
    expect(Math.abs(coverage("wilson", n, rate) - 0.95)).toBeLessThan(0.02);
    expect(Math.abs(coverage("jeffreys", n, rate) - 0.95)).toBeLessThan(0.02);
  });

  it.each(rows)("Clopper and Pearson never cover less than 95 % at a rate of $rate", ({ rate, n }) => {
    expect(coverage("clopper-pearson", n, rate)).toBeGreaterThanOrEqual(0.95 - 1e-9);
  });
});
