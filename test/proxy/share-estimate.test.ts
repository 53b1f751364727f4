import { describe, expect, it } from "vitest";
import { differenceInterval } from "../../src/inference/difference-interval.ts";
import { proportionInterval } from "../../src/inference/proportion-interval.ts";
import { contrastEstimate, shareEstimate } from "../../src/proxy/share-estimate.ts";
import { relativeError } from "../support/relative-error.ts";

describe("a share", () => {
  it("has its binomial error and Wilson's interval", () => {
    const { estimate, standardError, interval } = shareEstimate({ n: 40, conversions: 10 }, 0.9);
    expect(estimate).toBe(0.25);
    expect(relativeError(standardError!, Math.sqrt((0.25 * 0.75) / 40))).toBeLessThan(1e-14);
    expect(interval).toEqual(proportionInterval({ n: 40, conversions: 10, confidenceLevel: 0.9 }));
  });

  it("of nobody may be any, and claims no test beside it", () => {
    const { interval, ...rest } = shareEstimate({ n: 0, conversions: 0 }, 0.9);
    expect(rest).toEqual({ estimate: null, standardError: null, status: "undetermined" });
    expect(interval).toMatchObject({
      lower: 0,
      upper: 1,
      confidenceLevel: 0.9,
      dualToTest: false,
      excluded: null,
    });
  });
});

describe("a difference of shares", () => {
  it("has both binomial errors and the score interval", () => {
    const [control, treatment] = [
      { n: 40, conversions: 10 },
      { n: 60, conversions: 30 },
    ];
    const { estimate, standardError, interval } = contrastEstimate(control, treatment, 0.9);
    expect(estimate).toBe(0.25);
    expect(relativeError(standardError!, Math.sqrt((0.25 * 0.75) / 40 + 0.25 / 60))).toBeLessThan(1e-14);
    const score = differenceInterval({ control, treatment, confidenceLevel: 0.9 });
    expect(interval).toMatchObject({ lower: score.lower, upper: score.upper, confidenceLevel: 0.9 });
    // Here there is no test beside it, by whichever interval.
    expect(interval.dualToTest).toBe(false);
  });

  it("with nobody on one side may be any", () => {
    const [some, nobody] = [
      { n: 40, conversions: 10 },
      { n: 0, conversions: 0 },
    ];
    for (const found of [contrastEstimate(some, nobody, 0.9), contrastEstimate(nobody, some, 0.9)]) {
      expect(found).toMatchObject({ estimate: null, standardError: null, status: "undetermined" });
      expect(found.interval).toMatchObject({ lower: -1, upper: 1, dualToTest: false, excluded: null });
    }
  });
});
