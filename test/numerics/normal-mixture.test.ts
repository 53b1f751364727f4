import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  mixtureLogDensity,
  mixtureLogTail,
  mixtureLoss,
  mixtureMean,
  mixtureQuantile,
  mixtureTail,
  mixtureVariance,
  type NormalMixture,
} from "../../src/numerics/normal-mixture.ts";
import { normalCdf, normalLogPdf, normalLogSf, normalPdf, normalSf } from "../../src/numerics/normal.ts";
import { integrate } from "../../src/numerics/integrate.ts";
import { relativeError } from "../support/relative-error.ts";

const two: NormalMixture = [
  { logWeight: Math.log(0.25), mean: -1, standardDeviation: 2 },
  { logWeight: Math.log(0.75), mean: 3, standardDeviation: 0.5 },
];

const components = fc
  .array(
    fc.record({
      weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
      mean: fc.double({ min: -5, max: 5, noNaN: true }),
      standardDeviation: fc.double({ min: 0.1, max: 3, noNaN: true }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts): NormalMixture => {
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    return parts.map(({ weight, mean, standardDeviation }) => ({
      logWeight: Math.log(weight / total),
      mean,
      standardDeviation,
    }));
  });

describe("a mixture of normals", () => {
  it("has the mean of the means, and the variance within plus the variance between", () => {
    expect(relativeError(mixtureMean(two), 2)).toBeLessThan(1e-15);
    expect(relativeError(mixtureVariance(two), 0.25 * (4 + 9) + 0.75 * (0.25 + 1))).toBeLessThan(1e-15);
  });

  it("has tails that are computed, not subtracted", () => {
    expect(relativeError(mixtureTail(two, 30, "upper"), 0.25 * normalCdf(-15.5))).toBeLessThan(1e-15);
    expect(relativeError(mixtureTail(two, -30, "lower"), 0.25 * normalCdf(-14.5))).toBeLessThan(1e-15);
    expect(mixtureTail(two, 1, "lower") + mixtureTail(two, 1, "upper")).toBeCloseTo(1, 15);
    expect(relativeError(mixtureLogTail(two, 200, "upper"), -5057.040489604778)).toBeLessThan(1e-14);
  });

  it("has tails whose logs are the logs of its tails", () => {
    fc.assert(
      fc.property(components, fc.double({ min: -20, max: 20, noNaN: true }), (mixture, value) => {
        for (const side of ["lower", "upper"] as const) {
          const tail = mixtureTail(mixture, value, side);
          expect(relativeError(Math.exp(mixtureLogTail(mixture, value, side)), tail)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it("inverts its own tails", () => {
    fc.assert(
      fc.property(components, fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (mixture, p) => {
        for (const side of ["lower", "upper"] as const) {
          const tail = mixtureTail(mixture, mixtureQuantile(mixture, side, p), side);
          expect(relativeError(tail, p)).toBeLessThan(1e-10);
        }
      }),
    );
  });

  it("loses what its tails integrate to, on either side", () => {
    fc.assert(
      fc.property(components, fc.double({ min: -3, max: 3, noNaN: true }), (mixture, value) => {
        const above = integrate((x) => mixtureTail(mixture, x, "upper"), value, value + 120).value;
        expect(relativeError(mixtureLoss(mixture, value, "upper"), above)).toBeLessThan(1e-10);
        // E (X − v)+ − E (v − X)+ = E X − v.
        const below = mixtureLoss(mixture, value, "lower");
        expect(mixtureLoss(mixture, value, "upper") - below).toBeCloseTo(mixtureMean(mixture) - value, 12);
      }),
      { numRuns: 30 },
    );
  });

  it("has a density whose logs are those of the components", () => {
    const density = 0.25 * 0.5 * normalPdf(1) + 0.75 * 2 * normalPdf(-4);
    expect(relativeError(Math.exp(mixtureLogDensity(two, 1)), density)).toBeLessThan(1e-14);
  });

  it("takes a standard deviation of 0 for a point, which lies in neither of its own tails", () => {
    const point: NormalMixture = [{ logWeight: 0, mean: 2, standardDeviation: 0 }];
    expect(mixtureTail(point, 2, "lower")).toBe(0);
    expect(mixtureTail(point, 2, "upper")).toBe(0);
    expect(mixtureTail(point, 1.9, "upper")).toBe(1);
    expect(mixtureQuantile(point, "lower", 0.3)).toBe(2);
    expect(mixtureLoss(point, 1.5, "upper")).toBe(0.5);
    expect(mixtureLoss(point, 1.5, "lower")).toBe(0);
  });

  it("jumps over a point beside normal components", () => {
    const spiked: NormalMixture = [
      { logWeight: Math.log(0.4), mean: 0, standardDeviation: 0 },
      { logWeight: Math.log(0.6), mean: 0, standardDeviation: 1 },
    ];
    expect(mixtureQuantile(spiked, "lower", 0.5)).toBe(0);
    expect(mixtureQuantile(spiked, "upper", 0.31)).toBe(0);
    const tail = 0.6 * normalSf(mixtureQuantile(spiked, "upper", 0.29));
    expect(relativeError(tail, 0.29)).toBeLessThan(1e-12);
    expect(mixtureLogDensity(spiked, 0)).toBeCloseTo(Math.log(0.6 * normalPdf(0)), 14);
  });

  it("keeps the logs of densities and tails beside a point where they underflow", () => {
    const spiked: NormalMixture = [
      { logWeight: Math.log(0.4), mean: 0, standardDeviation: 0 },
      { logWeight: Math.log(0.6), mean: 0, standardDeviation: 2 },
    ];
    const density = Math.log(0.6) + normalLogPdf(50) - Math.LN2;
    expect(relativeError(mixtureLogDensity(spiked, 100), density)).toBeLessThan(1e-15);
    for (const [value, side] of [
      [100, "upper"],
      [-100, "lower"],
    ] as const) {
      const tail = Math.log(0.6) + normalLogSf(50);
      expect(relativeError(mixtureLogTail(spiked, value, side), tail)).toBeLessThan(1e-15);
    }
    // The point lies above what is below it.
    const beside = mixtureLogTail(spiked, -1, "upper");
    expect(Math.exp(beside)).toBeCloseTo(0.4 + 0.6 * normalSf(-0.5), 14);
  });
});
