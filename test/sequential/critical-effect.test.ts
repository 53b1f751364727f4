import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { criticalMeanEffect, criticalRateEffect } from "../../src/sequential/critical-effect.ts";
import { relativeError } from "../support/relative-error.ts";

const sizes = fc.record({
  control: fc.integer({ min: 20, max: 1e6 }),
  treatment: fc.integer({ min: 20, max: 1e6 }),
});
const critical = fc.double({ min: -8, max: 8, noNaN: true });

describe("the critical effect on a rate", () => {
  it("has the pooled score statistic that was asked for, in arms of any sizes", () => {
    fc.assert(
      fc.property(
        critical,
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        sizes,
        (z, baseline, arms) => {
          const { difference, lift } = criticalRateEffect(z, baseline, arms);
          fc.pre(Number.isFinite(difference) && Math.abs(z) > 1e-3);
          const pooled = baseline + (difference * arms.treatment) / (arms.control + arms.treatment);
          const variance = pooled * (1 - pooled) * (1 / arms.control + 1 / arms.treatment);
          // As squares, since next to pooled rates of 0 and 1 the root would double the digits lost.
          expect(relativeError(difference ** 2, z * z * variance)).toBeLessThan(1e-9);
          expect(Math.sign(difference)).toBe(Math.sign(z));
          expect(lift).toBe(difference / baseline);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is infinite where no rate reaches the boundary, and just there ends at a rate of 0 or 1", () => {
    const arms = { control: 40, treatment: 60 };
    for (const [baseline, end] of [
      [0.2, -0.2],
      [0.7, 0.3],
    ] as const) {
      const pooled = baseline + 0.6 * end;
      const last = end / Math.sqrt(pooled * (1 - pooled) * (1 / 40 + 1 / 60));
      expect(relativeError(criticalRateEffect(last * 0.999999, baseline, arms).difference, end)).toBeLessThan(
        1e-5,
      );
      const beyond = criticalRateEffect(last * 1.000001, baseline, arms);
      expect(beyond.difference).toBe(Math.sign(end) * Infinity);
      expect(beyond.lift).toBe(Math.sign(end) * Infinity);
    }
    expect(criticalRateEffect(Infinity, 0.2, arms)).toMatchObject({ z: Infinity, difference: Infinity });
    expect(criticalRateEffect(-Infinity, 0.2, arms).difference).toBe(-Infinity);
    expect(criticalRateEffect(0, 0.2, arms)).toEqual({ z: 0, difference: 0, lift: 0 });
  });

  it("of a mean is z standard errors", () => {
    const { difference, lift } = criticalMeanEffect(-2.5, 20, 6, { control: 100, treatment: 300 });
    expect(relativeError(difference, -2.5 * Math.sqrt(36 / 100 + 36 / 300))).toBeLessThan(1e-15);
    expect(relativeError(lift, difference / 20)).toBeLessThan(1e-15);
  });
});
