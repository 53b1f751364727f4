import { describe, expect, it } from "vitest";
import { DEFAULT_PRIOR } from "../../src/proxy/covariance-prior.ts";
import { calibrationOfCovariance } from "../support/covariance-calibration.ts";

describe("the posterior of an effect covariance", () => {
  it("is calibrated over its prior: a first look, of which the slow lane has more", () => {
    const prior = {
      ...DEFAULT_PRIOR,
      typicalProxyEffect: 0.05,
      typicalMacroEffect: 0.05,
      unrelatedShare: 0,
      positiveTilt: 0,
      lkj: 2,
    };
    const draws = 20;
    const { ranks, covered } = calibrationOfCovariance(prior, { draws, experiments: 8, n: 20_000, seed: 11 });
    for (const [name, values] of Object.entries(ranks)) {
      const mean = values.reduce((sum, value) => sum + value, 0) / draws;
      // Uniform ranks have a standard deviation of 1/√12.
      expect(Math.abs(mean - 0.5) * Math.sqrt(12 * draws), `${name}`).toBeLessThan(3.5);
    }
    // 19 expected, with a standard deviation of 1.
    expect(covered).toBeGreaterThanOrEqual(15);
  });
});
