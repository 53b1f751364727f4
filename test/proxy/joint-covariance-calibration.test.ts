import { describe, expect, it } from "vitest";
import { DEFAULT_PRIOR } from "../../src/proxy/covariance-prior.ts";
import { calibrationOfJointCovariance } from "../support/joint-covariance-calibration.ts";

describe("the posterior of a joint effect covariance", () => {
  it("is calibrated over its prior: a first look, of which the slow lane has more", () => {
    const prior = { ...DEFAULT_PRIOR, typicalProxyEffects: [0.05, 0.05], typicalMacroEffect: 0.05 };
    const worlds = 15;
    const { ranks, unknown } = calibrationOfJointCovariance(prior, {
      worlds,
      experiments: 8,
      noise: 0.03,
      draws: 300,
      seed: 11,
    });
    expect(unknown).toBe(0);
    for (const [name, values] of Object.entries(ranks)) {
      const mean = values.reduce((sum, value) => sum + value, 0) / worlds;
      // Uniform ranks have a standard deviation of 1/√12.
      expect(Math.abs(mean - 0.5) * Math.sqrt(12 * worlds), `${name}`).toBeLessThan(3.5);
    }
  });
});
