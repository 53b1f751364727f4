import { describe, expect, it } from "vitest";
import { logMixtureRatio, mixtureCriticalValue } from "../../src/sequential/mixture.ts";
import { mixtureOf } from "../../src/sequential/mixture-method.ts";

const MIXTURES = [
  mixtureOf("normal-mixture", "two-sided"),
  mixtureOf("normal-mixture", "greater"),
  mixtureOf("asymptotic", "greater"),
];

describe("a mixture of likelihood ratios", () => {
  it("never rejects where all of its effects are 0, or none is of a size that a double holds", () => {
    for (const mixture of MIXTURES) {
      for (const ratio of [0, Infinity]) expect(mixtureCriticalValue(mixture, ratio, 0.05)).toBe(Infinity);
      for (const z of [-3, 0, 3]) {
        expect(logMixtureRatio(mixture, 0, z)).toBe(0);
        expect(logMixtureRatio(mixture, Infinity, z)).toBe(-Infinity);
      }
    }
  });

  it("stands at 1/alpha at its critical value", () => {
    for (const mixture of MIXTURES) {
      for (const alpha of [0.5, 0.2, 0.05, 1e-12]) {
        for (const ratio of [1e-3, 0.1, 1, 7, 1e5]) {
          const critical = mixtureCriticalValue(mixture, ratio, alpha);
          const log = logMixtureRatio(mixture, ratio, critical);
          expect(Math.abs(log + Math.log(alpha))).toBeLessThan(1e-12 * Math.max(1, critical * critical));
        }
      }
    }
  });

  it("is tightest at its tightest ratio: the critical value is larger on both sides", () => {
    for (const mixture of MIXTURES) {
      for (const alpha of [0.2, 0.05, 0.001, 1e-9]) {
        // The half-width in standard errors is the critical value.
        const width = (ratio: number): number => mixtureCriticalValue(mixture, ratio, alpha);
        const best = mixture.tightestRatio(alpha);
        expect(width(best * 1.01)).toBeGreaterThan(width(best));
        expect(width(best / 1.01)).toBeGreaterThan(width(best));
      }
    }
  });
});
