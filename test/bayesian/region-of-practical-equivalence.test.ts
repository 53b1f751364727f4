import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  regionOfPracticalEquivalence,
  type RegionOfPracticalEquivalenceOptions,
} from "../../src/bayesian/region-of-practical-equivalence.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { relativeError } from "../support/relative-error.ts";

const rates = { control: { n: 50_000, conversions: 2500 }, treatment: { n: 50_000, conversions: 2525 } };
const models = [
  rates,
  { model: "gamma-poisson", control: { n: 900, events: 700 }, treatment: { n: 950, events: 760 } },
  {
    model: "normal",
    control: { n: 90, mean: 10, variance: 16 },
    treatment: { n: 80, mean: 10.4, variance: 20 },
  },
] as const;

describe("regionOfPracticalEquivalence", () => {
  it.each(models)("divides one probability between the three ranges: $model", (arms) => {
    for (const effect of ["difference", "lift"] as const) {
      fc.assert(
        fc.property(
          fc.double({ min: -0.3, max: 0.3, noNaN: true }),
          fc.double({ min: 1e-3, max: 0.3, noNaN: true }),
          (lower, width) => {
            const found = regionOfPracticalEquivalence({
              ...arms,
              effect,
              lower,
              upper: lower + width,
            } as RegionOfPracticalEquivalenceOptions);
            const { probabilityBelow, probabilityInside, probabilityAbove } = found;
            expect(relativeError(probabilityBelow! + probabilityInside! + probabilityAbove!, 1)).toBeLessThan(
              1e-11,
            );
          },
        ),
        { numRuns: 8 },
      );
    }
  });

  it("finds what lies beyond the ratios that doubles of both rates have, under priors with shapes near 0", () => {
    const arms = {
      control: { n: 68612, conversions: 1 },
      treatment: { n: 1e12, conversions: 0 },
      prior: { alpha: 2.3e-5, beta: 4.4e-5 },
      confidenceLevel: 0.99,
    };
    const { upper } = compareBetaBinomial(arms).oddsRatio.highestDensityInterval;
    expect(upper).toBeLessThan(1e-130);
    const oddsRatio = { ...arms, effect: "odds-ratio", lower: 0, upper } as const;
    const { probabilityInside, probabilityAbove } = regionOfPracticalEquivalence(oddsRatio);
    expect(relativeError(probabilityInside!, 0.99)).toBeLessThan(1e-10);
    expect(relativeError(probabilityAbove!, 0.01)).toBeLessThan(1e-10);
  });

  it("adds up over regions side by side, however small they or their probabilities are", () => {
    const inside = (lower: number, upper: number): number =>
      regionOfPracticalEquivalence({ ...rates, effect: "lift", lower, upper }).logProbabilityInside!;
    for (const [lower, middle, upper] of [
      [0.5, 0.500001, 0.6],
      [0.0099999, 0.01, 0.0100003],
      [-0.9, -0.5, -0.4],
      [-0.05, 0, 0.05],
    ] as const) {
      const whole = inside(lower, upper);
      const sum = Math.exp(inside(lower, middle) - whole) + Math.exp(inside(middle, upper) - whole);
      expect(relativeError(sum, 1)).toBeLessThan(1e-10);
    }
  });

  it("is the probability to beat where the region ends at 0, and open regions are tails", () => {
    const beaten = compareBetaBinomial(rates);
    const found = regionOfPracticalEquivalence({ ...rates, effect: "odds-ratio", upper: 1 });
    expect(relativeError(found.probabilityAbove!, beaten.probabilityToBeat)).toBeLessThan(1e-12);
    expect(relativeError(found.probabilityInside!, beaten.probabilityToLose)).toBeLessThan(1e-12);
    expect(found.probabilityBelow).toBe(0);
  });

  it("decides by the highest-density interval", () => {
    const decision = (lower: number, upper: number): string =>
      regionOfPracticalEquivalence({ ...rates, effect: "lift", lower, upper }).decision;
    expect(decision(-0.1, 0.1)).toBe("equivalent");
    expect(decision(-0.02, 0.02)).toBe("undecided");
    expect(decision(0.2, 0.3)).toBe("different");
  });

  it("takes a narrow region about the peak of a difference of rates with few events", () => {
    const none = { n: 10, events: 0 };
    const found = regionOfPracticalEquivalence({
      model: "gamma-poisson",
      control: none,
      treatment: none,
      prior: "uniform",
      effect: "difference",
      lower: -1e-6,
      upper: 2e-6,
    });
    // Laplace's distribution with rate 10.
    expect(
      relativeError(found.probabilityInside!, -0.5 * (Math.expm1(-1e-5) + Math.expm1(-2e-5))),
    ).toBeLessThan(1e-10);
  });

  it("keeps its digits in either tail, where a region is wide and its probability tiny", () => {
    for (const [near, far] of [
      [0.03, 0.09],
      [0.045, 0.046],
      [0.005, 0.05],
    ] as const) {
      const region = { ...rates, effect: "difference" } as const;
      const above = regionOfPracticalEquivalence({ ...region, lower: near, upper: far });
      const swapped = { control: rates.treatment, treatment: rates.control };
      const below = regionOfPracticalEquivalence({
        ...region,
        ...swapped,
        lower: -far,
        upper: -near,
      });
      expect(below.logProbabilityInside).toBeLessThan(-5);
      expect(relativeError(below.logProbabilityInside!, above.logProbabilityInside!)).toBeLessThan(1e-12);
    }
  });

  it("is undetermined for the lift over a mean that may be negative", () => {
    const found = regionOfPracticalEquivalence({
      model: "normal",
      control: { n: 10, mean: -1, variance: 1 },
      treatment: { n: 10, mean: 1, variance: 1 },
      effect: "lift",
      lower: -0.1,
      upper: 0.1,
    });
    expect(found).toMatchObject({ probabilityInside: null, decision: "undecided", status: "undetermined" });
  });

  it.each([
    ["upper", { ...rates, effect: "lift" }],
    ["upper", { ...rates, effect: "lift", lower: 0.1, upper: 0.1 }],
    ["lower", { ...rates, effect: "lift", lower: NaN, upper: 1 }],
    ["effect", { ...rates, lower: 0 }],
    ["effect", { ...models[1], effect: "odds-ratio", lower: 0 }],
    ["model", { ...rates, model: "beta", effect: "lift", lower: 0 }],
    ["control", { effect: "lift", lower: 0 }],
  ])("refuses a broken %s", (field, options) => {
    expect(() => regionOfPracticalEquivalence(options as never)).toThrow(
      expect.objectContaining({ field, name: "DomainError" }) as DomainError,
    );
  });
});
