import { describe, expect, it } from "vitest";
import { compareWithEffectPrior } from "../../src/bayesian/compare-with-effect-prior.ts";

// Data at odds with each other or with the prior: every case must end, with its effects in order.

const CORNERS = [
  [0, 1e9, 1e9, 1e9, "log-odds", 0, 1, 1, 1],
  [1e9, 1e9, 0, 1e9, "log-odds", 0, 10, 1, 1],
  [9, 10, 10, 10, "log-odds", -10, 1e-6, 0.5, 1e6],
  [5, 10, 1e9 - 1, 1e9, "log-lift", 0, 10, 1e6, 1e6],
  [1, 1e9, 999, 1000, "log-odds", 0, 10, 0.1, 1e6],
  [500, 1000, 0, 10, "log-odds", -10, 10, 1, 0.5],
  [0, 1, 9, 10, "log-lift", 10, 1e-6, 0.5, 1],
  [0, 1, 1, 1, "log-lift", -10, 1e-6, 1, 0.1],
  [0, 0, 0, 0, "log-odds", 0, 1, 0.5, 0.5],
  [0, 0, 0, 0, "log-odds", 0, 0.1, 1, 1],
  [0, 1000, 0, 1000, "log-odds", 0, 0.1, 1, 1],
] as const;

describe("the comparison under a prior on the effect", () => {
  it.each(CORNERS)(
    "ends for %d of %d against %d of %d, %s with mean %d and deviation %d, baseline Beta(%d, %d)",
    (first, n, second, size, scale, mean, standardDeviation, alpha, beta) => {
      const { difference, lift, oddsRatio, posterior, ...result } = compareWithEffectPrior({
        control: { n, conversions: first },
        treatment: { n: size, conversions: second },
        effectPrior: { scale, mean, standardDeviation },
        baselinePrior: { alpha, beta },
      });
      for (const { interval, median } of [
        difference,
        lift,
        oddsRatio,
        posterior.control,
        posterior.treatment,
      ]) {
        expect(interval.lower).toBeLessThanOrEqual(median);
        expect(interval.upper).toBeGreaterThanOrEqual(median);
      }
      expect(result.probabilityToBeat).toBeGreaterThanOrEqual(0);
      expect(result.probabilityToBeat).toBeLessThanOrEqual(1);
    },
  );
});
