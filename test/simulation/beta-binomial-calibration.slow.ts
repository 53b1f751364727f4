import { describe, expect, it } from "vitest";
import { calibrationOfRates } from "../support/calibration-of-rates.ts";
import { uniformity } from "../support/uniform-histogram.ts";

// Simulation-based calibration (Talts et al. 2018): the posterior probability below the true effect is uniform, exactly.

describe("the posterior at the truth is uniform", () => {
  it.each([
    ["uniform priors, few units", { alpha: 1, beta: 1 }, 12, 20],
    ["Jeffreys priors, unequal arms", { alpha: 0.5, beta: 0.5 }, 5, 3000],
    ["rates near 3 %", { alpha: 3, beta: 97 }, 4000, 5000],
  ] as const)("under %s", (_, prior, control, treatment) => {
    const shares = calibrationOfRates({ prior, control, treatment, draws: 10_000, seed: 5101 });
    for (const of of [shares.difference, shares.lift, shares.oddsRatio]) {
      expect(uniformity(of).pValue).toBeGreaterThan(1e-3);
    }
  });
});
