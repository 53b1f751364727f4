import { describe, expect, it } from "vitest";
import { DEFAULT_PRIOR } from "../../src/proxy/covariance-prior.ts";
import { calibrationOfCovariance } from "../support/covariance-calibration.ts";

const typical = { typicalProxyEffect: 0.05, typicalMacroEffect: 0.05 };
const DRAWS = 300;

describe("simulation-based calibration of what past experiments say", () => {
  it.each([
    ["the default prior, 10 experiments", { ...DEFAULT_PRIOR, ...typical }, 10, 20_000],
    [
      "LKJ 2 and wide means, 4 experiments",
      { ...DEFAULT_PRIOR, ...typical, unrelatedShare: 0, positiveTilt: 0, lkj: 2, meanRatio: 0.5 },
      4,
      20_000,
    ],
    ["the default prior, 30 large experiments", { ...DEFAULT_PRIOR, ...typical }, 30, 200_000],
  ] as const)(
    "ranks of the truth are uniform and predictions hold it in 95 %%: %s",
    (_name, prior, experiments, n) => {
      const { ranks, covered } = calibrationOfCovariance(prior, { draws: DRAWS, experiments, n, seed: 2026 });
      for (const [name, values] of Object.entries(ranks)) {
        const counts = Array.from({ length: 10 }, () => 0);
        for (const value of values) counts[Math.min(9, Math.floor(10 * value))]!++;
        const expected = DRAWS / 10;
        const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
        // The .9999 quantile of chi-squared with 9 degrees of freedom.
        expect(statistic, `${name}: ${counts.join(" ")}`).toBeLessThan(33.7);
      }
      // Four standard deviations of a share of .95.
      expect(Math.abs(covered / DRAWS - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / DRAWS));
    },
    600_000,
  );
});
