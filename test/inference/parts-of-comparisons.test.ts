import { describe, expect, it } from "vitest";
import { compareArms } from "../../src/inference/compare-arms.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { maxZ } from "../../src/inference/max-z.ts";
import { liftOnLogScale, ratioOnLogScale } from "../../src/inference/log-scale-estimate.ts";
import { waldIsDual } from "../../src/inference/wald-interval.ts";
import { relativeError } from "../support/relative-error.ts";

/** A ratio over a denominator of 1 for every unit: a mean. */
const overOne = (n: number, mean: number, variance: number) => ({
  n,
  numerator: { mean, variance },
  denominator: { mean: 1, variance: 0 },
  covariance: 0,
});

describe("arms of ratios beside one control", () => {
  it("go together as far as they share the control's variance", () => {
    const control = overOne(400, 3, 8);
    const arms = [overOne(900, 3.2, 4), overOne(100, 3.6, 9), overOne(2500, 3.25, 7)];
    for (const alternative of ["two-sided", "greater"] as const) {
      const { treatments } = compareArms({
        control,
        treatments: arms.map((arm, i) => ({ name: `arm ${i}`, ...arm })),
        adjustment: "dunnett",
        alternative,
      });
      const shared = 8 / 400;
      const own = arms.map(({ n, numerator }) => numerator.variance / n);
      const correlation = own.map((first, i) =>
        own.map((second, j) => (i === j ? 1 : shared / Math.sqrt((shared + first) * (shared + second)))),
      );
      const z = arms.map(({ numerator }, i) => (numerator.mean - 3) / Math.sqrt(shared + own[i]!));
      const { tests } = maxZ({ z, correlation, alternative });
      treatments.forEach(({ adjustedPValue }, i) =>
        expect(relativeError(adjustedPValue!, tests[i]!.adjustedPValue)).toBeLessThan(1e-9),
      );
    }
  });
});

describe("a comparison of means", () => {
  it("gives back the arms with the skewness that is known, and no other", () => {
    const control = { n: 500, mean: 2, variance: 3, skewness: 1.5 };
    const treatment = { n: 500, mean: 2.1, variance: 3 };
    const result = compareMeans({ control, treatment });
    expect(result.control).toStrictEqual(control);
    expect(result.treatment).toStrictEqual(treatment);
  });
});

describe("an effect on the log scale that cannot be known", () => {
  it("has no standard error, and an interval that leaves nothing out", () => {
    const confidence = { alternative: "two-sided", confidenceLevel: 0.95, tail: 0.025, z: 1.96 } as const;
    for (const logError of [Infinity, 0.3]) {
      expect(liftOnLogScale(null, logError, confidence, "katz")).toMatchObject({
        estimate: null,
        standardError: null,
        status: "undetermined",
        interval: { lower: -1, upper: Infinity },
      });
      expect(ratioOnLogScale(null, logError, confidence, "woolf")).toMatchObject({
        estimate: null,
        standardError: null,
        status: "undetermined",
        interval: { lower: 0, upper: Infinity },
      });
    }
  });
});

describe("Wald's interval", () => {
  it("inverts its test at levels below one half too, but not without variance", () => {
    const still = { n: 10, conversions: 0 };
    const moving = { n: 10, conversions: 3 };
    expect(waldIsDual(moving, moving, -0.5)).toBe(true);
    expect(waldIsDual(still, moving, -0.5)).toBe(true);
    expect(waldIsDual(still, still, -0.5)).toBe(false);
    expect(waldIsDual(still, still, 0)).toBe(true);
    expect(waldIsDual(still, still, 1)).toBe(true);
    expect(waldIsDual(still, { n: 10, conversions: 10 }, 1)).toBe(false);
  });
});
