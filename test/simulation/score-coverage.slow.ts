import { describe, expect, it } from "vitest";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { proportionInterval } from "../../src/inference/proportion-interval.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { createRandom } from "../../src/numerics/random.ts";

// Coverage is held to four Monte Carlo standard errors of what it should be, about one false alarm in 16,000, plus
// what the score approximation itself may miss at the counts of the row.
const RUNS = 100_000;
const STANDARD_ERRORS = 4;

describe("the score intervals", () => {
  it.each([
    { rate: 0.001, n: 50_000, lift: 0.1 },
    { rate: 0.01, n: 10_000, lift: -0.1 },
    { rate: 0.1, n: 2000, lift: 0.2 },
    { rate: 0.5, n: 1000, lift: 0.05 },
  ])("cover difference, lift and odds ratio 95 % of the time at a rate of $rate", ({ rate, n, lift }) => {
    const random = createRandom(20_240_601);
    const treated = rate * (1 + lift);
    const truth = {
      difference: treated - rate,
      lift,
      oddsRatio: ((treated / (1 - treated)) * (1 - rate)) / rate,
    };
    const covered = { difference: 0, lift: 0, oddsRatio: 0 };
    for (let run = 0; run < RUNS; run++) {
      const result = compareProportions({
        control: { n, conversions: random.binomial(n, rate) },
        treatment: { n, conversions: random.binomial(n, treated) },
      });
      for (const effect of ["difference", "lift", "oddsRatio"] as const) {
        const { lower, upper } = result[effect].interval;
        if (lower <= truth[effect] && truth[effect] <= upper) covered[effect]++;
      }
    }
    const bound = STANDARD_ERRORS * Math.sqrt((0.95 * 0.05) / RUNS);
    const discreteness = 0.001;
    for (const hits of Object.values(covered)) {
      expect(Math.abs(hits / RUNS - 0.95)).toBeLessThan(bound + discreteness);
    }
  });

  it("reject a true null 5 % of the time", () => {
    const random = createRandom(7);
    const n = 20_000;
    let rejections = 0;
    for (let run = 0; run < RUNS; run++) {
      const { pValue } = compareProportions({
        control: { n, conversions: random.binomial(n, 0.02) },
        treatment: { n, conversions: random.binomial(n, 0.02) },
      });
      if (pValue! < 0.05) rejections++;
    }
    expect(Math.abs(rejections / RUNS - 0.05)).toBeLessThan(
      STANDARD_ERRORS * Math.sqrt((0.05 * 0.95) / RUNS) + 0.001,
    );
  });
});

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
