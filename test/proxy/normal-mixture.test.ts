import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf } from "../../src/numerics/normal.ts";
import {
  mixtureCdf,
  mixtureMean,
  mixtureQuantile,
  mixtureSf,
  mixtureUpperQuantile,
  mixtureVariance,
  type NormalMixture,
} from "../../src/proxy/normal-mixture.ts";
import { posteriorInterval } from "../../src/proxy/posterior-interval.ts";
import { relativeError } from "../support/relative-error.ts";

const two: NormalMixture = [
  { weight: 0.25, mean: -1, standardDeviation: 2 },
  { weight: 0.75, mean: 3, standardDeviation: 0.5 },
];

describe("a mixture of normals", () => {
  it("has the mean of the means, and the variance within plus the variance between", () => {
    expect(mixtureMean(two)).toBe(2);
    expect(mixtureVariance(two)).toBe(0.25 * (4 + 9) + 0.75 * (0.25 + 1));
  });

  it("has tails that are computed, not subtracted", () => {
    expect(mixtureSf(two, 30)).toBeGreaterThan(0);
    expect(relativeError(mixtureSf(two, 30), 0.25 * normalCdf(-15.5))).toBeLessThan(1e-15);
    expect(mixtureCdf(two, 1) + mixtureSf(two, 1)).toBeCloseTo(1, 15);
  });

  it("inverts its own tails", () => {
    const component = fc.record({
      weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
      mean: fc.double({ min: -5, max: 5, noNaN: true }),
      standardDeviation: fc.double({ min: 0.1, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(component, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 1e-12, max: 0.5, noNaN: true }),
        (components, p) => {
          const total = components.reduce((sum, { weight }) => sum + weight, 0);
          const mixture = components.map((each) => ({ ...each, weight: each.weight / total }));
          expect(relativeError(mixtureCdf(mixture, mixtureQuantile(mixture, p)), p)).toBeLessThan(1e-10);
          expect(relativeError(mixtureSf(mixture, mixtureUpperQuantile(mixture, p)), p)).toBeLessThan(1e-10);
        },
      ),
    );
  });

  it("takes a standard deviation of 0 for a point", () => {
    const point: NormalMixture = [{ weight: 1, mean: 2, standardDeviation: 0 }];
    expect(mixtureCdf(point, 2)).toBe(1);
    expect(mixtureSf(point, 2)).toBe(0);
    expect(mixtureSf(point, 1.9)).toBe(1);
    expect(mixtureQuantile(point, 0.3)).toBe(2);
  });
});

describe("an interval over a posterior", () => {
  it("takes the smallest values with their share of the weight at or below them, infinities included", () => {
    const interval = posteriorInterval([Infinity, 3, 1, 2], [0.1, 0.3, 0.3, 0.3], 0.6);
    expect(interval).toMatchObject({ lower: 1, upper: 3, confidenceLevel: 0.6 });
    expect(posteriorInterval([Infinity, 3], [0.5, 0.5], 0.9).upper).toBe(Infinity);
  });
});
