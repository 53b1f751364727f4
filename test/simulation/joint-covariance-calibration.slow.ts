import { describe, expect, it } from "vitest";
import { DEFAULT_PRIOR } from "../../src/proxy/covariance-prior.ts";
import { calibrationOfJointCovariance } from "../support/joint-covariance-calibration.ts";
import { uniformity } from "../support/uniform-histogram.ts";

const prior = (proxies: number) => ({
  ...DEFAULT_PRIOR,
  typicalProxyEffects: Array.from({ length: proxies }, () => 0.05),
  typicalMacroEffect: 0.05,
});

describe("simulation-based calibration of what past experiments say of several proxies", () => {
  it.each([
    ["two proxies, 10 experiments", prior(2), 10, 0.03, 400],
    ["two proxies, 40 weak experiments, wide means", { ...prior(2), meanRatio: 0.5 }, 40, 0.08, 300],
    [
      "three proxies, LKJ 2, 15 experiments",
      { ...prior(3), unrelatedShare: 0, positiveTilt: 0, lkj: 2 },
      15,
      0.03,
      300,
    ],
    ["three proxies, the default prior, 15 experiments", prior(3), 15, 0.03, 300],
  ] as const)("ranks of the truth are uniform: %s", (_name, own, experiments, noise, worlds) => {
    const { ranks, unknown } = calibrationOfJointCovariance(own, {
      worlds,
      experiments,
      noise,
      draws: 1000,
      seed: 2026,
    });
    for (const [name, values] of Object.entries(ranks)) {
      const { pValue, counts } = uniformity(values, 10);
      // Twenty-four histograms: one of them falls below by chance once in four hundred runs.
      expect(pValue, `${name}: ${counts.join(" ")}`).toBeGreaterThan(1e-4);
    }
    expect(unknown).toBeLessThan(0.01 * worlds);
  });
});
