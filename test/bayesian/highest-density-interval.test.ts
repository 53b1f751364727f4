import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Distribution } from "../../src/bayesian/distribution-intervals.ts";
import { highestDensityInterval } from "../../src/bayesian/highest-density-interval.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { betaQuantile, betaUpperQuantile } from "../../src/numerics/beta.ts";
import { gammaCdf, gammaLogPdf, gammaQuantile, gammaUpperQuantile } from "../../src/numerics/gamma.ts";
import { normalLogPdf, normalQuantile, normalSf } from "../../src/numerics/normal.ts";
import table from "../reference/bayesian/beta-highest-density.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// Ends: 1e-11 of the width of the interval.

describe("highestDensityInterval", () => {
  it.each(table.cases)("has both intervals of mpmath for the Beta distribution $in", ({ in: given, out }) => {
    const { interval, equalTailed } = highestDensityInterval({
      distribution: { family: "beta", alpha: given.a, beta: given.b },
      confidenceLevel: given.mass,
    });
    const [lower, upper] = out.hdi as [number, number];
    const width = upper - lower;
    expect(Math.abs(interval.lower - lower) / width).toBeLessThan(1e-11);
    expect(Math.abs(interval.upper - upper) / width).toBeLessThan(1e-11);
    expect(relativeError(equalTailed.lower, out.equal_tailed[0]!)).toBeLessThan(1e-12);
    expect(relativeError(equalTailed.upper, out.equal_tailed[1]!)).toBeLessThan(1e-12);
  });

  const level = fc.double({ min: 0.05, max: 0.999, noNaN: true });

  it("has equal density at both ends of a gamma interval that holds its probability", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 7, noNaN: true }), level, (digits, confidenceLevel) => {
        const shape = 10 ** digits;
        const { interval } = highestDensityInterval({
          distribution: { family: "gamma", shape, rate: 3 },
          confidenceLevel,
        });
        const mass = gammaCdf(interval.upper, shape, 3) - gammaCdf(interval.lower, shape, 3);
        expect(relativeError(mass, confidenceLevel)).toBeLessThan(1e-9);
        const gap = gammaLogPdf(interval.upper, shape, 3) - gammaLogPdf(interval.lower, shape, 3);
        expect(Math.abs(gap)).toBeLessThan(1e-7);
      }),
      { numRuns: 40 },
    );
  });

  it("is the shortest of all intervals of its probability", () => {
    const shape = fc.double({ min: 1.1, max: 300, noNaN: true });
    fc.assert(
      fc.property(
        shape,
        shape,
        level,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, confidenceLevel, share) => {
          const outside = 1 - confidenceLevel;
          const width = (distribution: Distribution): number => {
            const { interval } = highestDensityInterval({ distribution, confidenceLevel });
            return interval.upper - interval.lower;
          };
          const lower = share * outside;
          const upper = outside - lower;
          const ofBeta = betaUpperQuantile(upper, a, b) - betaQuantile(lower, a, b);
          expect(width({ family: "beta", alpha: a, beta: b })).toBeLessThanOrEqual(ofBeta * (1 + 1e-9));
          const ofGamma = gammaUpperQuantile(upper, a, 2) - gammaQuantile(lower, a, 2);
          expect(width({ family: "gamma", shape: a, rate: 2 })).toBeLessThanOrEqual(ofGamma * (1 + 1e-9));
          const ofInverse = 1 / gammaQuantile(upper, a, 2) - 1 / gammaUpperQuantile(lower, a, 2);
          expect(width({ family: "inverse-gamma", shape: a, scale: 2 })).toBeLessThanOrEqual(
            ofInverse * (1 + 1e-9),
          );
          const sigma = b / 100;
          const ofLogNormal =
            Math.exp(-sigma * normalQuantile(upper)) - Math.exp(sigma * normalQuantile(lower));
          expect(width({ family: "log-normal", mu: 0, sigma })).toBeLessThanOrEqual(ofLogNormal * (1 + 1e-9));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has the ends of a log-normal interval as far from the mode's log on both sides", () => {
    // Equal densities: z₁ + z₂ = −2 sigma.
    const { interval } = highestDensityInterval({
      distribution: { family: "log-normal", mu: 1, sigma: 0.5 },
    });
    const [z1, z2] = [interval.lower, interval.upper].map((x) => (Math.log(x) - 1) / 0.5) as [number, number];
    expect(z1 + z2).toBeCloseTo(-1, 8);
    expect(normalSf(z1) - normalSf(z2)).toBeCloseTo(0.95, 10);
    expect(normalLogPdf(z1) - normalLogPdf(z2)).toBeCloseTo(0.5 * (z1 - z2), 8);
  });

  it("begins at 0 where a density rises to it, and is the equal-tailed interval where it is symmetric", () => {
    const exponential = highestDensityInterval({ distribution: { family: "gamma", shape: 1, rate: 2 } });
    expect(exponential.interval.lower).toBe(0);
    expect(relativeError(exponential.interval.upper, -Math.log(0.05) / 2)).toBeLessThan(1e-12);
    for (const distribution of [
      { family: "normal", mean: 3, standardDeviation: 2 },
      { family: "student-t", degreesOfFreedom: 4, location: 1, scale: 0.1 },
    ] as const) {
      const { interval, equalTailed } = highestDensityInterval({ distribution });
      expect({ ...interval, method: "" }).toEqual({ ...equalTailed, method: "" });
    }
  });

  it.each([
    ["distribution", {}],
    ["distribution.family", { distribution: { family: "cauchy" } }],
    ["distribution.alpha", { distribution: { family: "beta", alpha: 0, beta: 1 } }],
    ["distribution.sigma", { distribution: { family: "log-normal", mu: 0, sigma: -1 } }],
    ["confidenceLevel", { distribution: { family: "beta", alpha: 1, beta: 1 }, confidenceLevel: 2 }],
  ])("refuses a broken %s", (field, options) => {
    expect(() => highestDensityInterval(options as never)).toThrow(
      expect.objectContaining({ field, name: "DomainError" }) as DomainError,
    );
  });
});
