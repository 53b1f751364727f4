import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimumDetectableLift } from "../../src/planning/minimum-detectable-lift.ts";
import { powerAnalysisForMeans } from "../../src/planning/power-analysis-for-means.ts";
import { powerAnalysisForProportions } from "../../src/planning/power-analysis-for-proportions.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { relativeError } from "../support/relative-error.ts";

const known = { baseline: 0.05, lift: 0.2, n: 8000, power: 0.8 };

describe("powerAnalysisForProportions", () => {
  it("hands over to the function that solves for what is left out", () => {
    const { n, lift, power, ...rest } = known;
    expect(powerAnalysisForProportions({ ...rest, lift, power })).toEqual(
      sampleSizeForProportions({ ...rest, lift, power }),
    );
    expect(powerAnalysisForProportions({ ...rest, n, power })).toEqual(
      minimumDetectableLift({ ...rest, n, power }),
    );
    expect(powerAnalysisForProportions({ ...rest, lift, n })).toEqual(
      powerForProportions({ ...rest, lift, n }),
    );
    const optimal = { ...rest, lift, power, allocation: "optimal" } as const;
    expect(powerAnalysisForProportions(optimal)).toEqual(sampleSizeForProportions(optimal));
    const arms = { ...rest, lift, control: 10, treatment: 20 };
    expect(powerAnalysisForProportions(arms)).toEqual(powerForProportions(arms));
  });

  it("finds the level, and the baseline, at which a plan has the power it has", () => {
    fc.assert(
      fc.property(
        fc.record({
          baseline: fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
          lift: fc.double({ min: -0.8, max: 0.9, noNaN: true }).filter((x) => Math.abs(x) > 0.01),
          n: fc.double({ min: 10, max: 1e6, noNaN: true }),
          allocation: fc.double({ min: 0.1, max: 10, noNaN: true }),
          test: fc.constantFrom("score" as const, "yates" as const, "wald" as const, "arcsine" as const),
          treatments: fc.integer({ min: 1, max: 3 }),
        }),
        fc.double({ min: 1e-6, max: 0.3, noNaN: true }),
        (plan, alpha) => {
          const { power, tailAlpha } = powerForProportions({ ...plan, alpha });
          fc.pre(power > 2 * tailAlpha && power < 0.999);
          const found = powerAnalysisForProportions({ ...plan, power });
          expect(found.kind).toBe("proportion-required-alpha");
          expect(relativeError(found.alpha!, alpha)).toBeLessThan(1e-10);
          const { baseline, ...rest } = plan;
          const rate = powerAnalysisForProportions({ ...rest, alpha, power });
          expect(rate.kind).toBe("proportion-required-baseline");
          expect(relativeError(rate.baseline!, baseline)).toBeLessThan(1e-10);
        },
      ),
    );
  });

  it("finds the level over all treatments by Dunnett's critical value", () => {
    const plan = { ...known, treatments: 3, adjustment: "dunnett" } as const;
    const found = powerAnalysisForProportions(plan);
    const { power: _, ...rest } = plan;
    expect(relativeError(powerForProportions({ ...rest, alpha: found.alpha! }).power, 0.8)).toBeLessThan(
      1e-12,
    );
  });

  it("is undetermined, and says why, where there is no solution", () => {
    const wrong = powerAnalysisForProportions({ ...known, alternative: "less" });
    expect(wrong).toMatchObject({ status: "undetermined", alpha: null, tailAlpha: null });
    expect(wrong.warnings[0]!.code).toBe("WRONG_SIDE");
    const few = powerAnalysisForProportions({ ...known, n: 10, power: 0.9999 });
    expect(few).toMatchObject({ status: "undetermined", alpha: null });
    expect(few.warnings[0]!.code).toBe("NO_SOLUTION");
    const many = powerAnalysisForProportions({ ...known, n: 1e9 });
    expect(many).toMatchObject({ status: "undetermined", alpha: null });
    expect(many.warnings[0]!.message).toMatch(/higher than asked for/);
    const { baseline: _, ...rest } = known;
    const none = powerAnalysisForProportions({ ...rest, lift: -0.1, n: 3 });
    expect(none).toMatchObject({ status: "undetermined", baseline: null, treatmentRate: null });
    expect(none.warnings[0]!.code).toBe("NO_SOLUTION");
    const rare = powerAnalysisForProportions({ ...rest, lift: 50, n: 1000 });
    expect(rare).toMatchObject({ kind: "proportion-required-baseline", status: "ok" });
    expect(rare.warnings.map(({ code }) => code)).toEqual(["SMALL_COUNTS"]);
    const unsought = powerAnalysisForProportions({ ...rest, lift: 0 });
    expect(unsought.warnings[0]!.code).toBe("WRONG_SIDE");
    const endless = powerAnalysisForProportions({ baseline: 0.05, lift: 0, power: 0.8 });
    expect(endless).toMatchObject({ status: "unbounded", control: Infinity });
  });

  it.each([
    ["power", { n: undefined, power: undefined }],
    ["n", { baseline: undefined, n: undefined }],
    ["lift", { lift: undefined, n: undefined }],
    ["alpha", { alpha: 0.05 }],
    ["baseline", { baseline: undefined, lift: undefined, difference: 0.01 }],
    ["difference", { difference: 0.01 }],
    ["control", { control: 10 }],
    ["power", { power: 2 }],
    ["lift", { baseline: undefined, lift: -2 }],
    ["power", { baseline: undefined, power: 0.01 }],
    ["alternative", { alternative: "up" as "less" }],
    ["allocation", { allocation: "optimal" }],
  ] as const)("names %s when it is wrong: %j", (field, options) => {
    expect(() => powerAnalysisForProportions({ ...known, ...options })).toThrow(new RegExp(`^${field} = `));
  });
});

describe("powerAnalysisForMeans", () => {
  const plan = { baseline: 20, standardDeviation: 30 };

  it("hands over to the function that solves for what is left out", () => {
    const sized = { ...plan, lift: 0.05, power: 0.9 };
    expect(powerAnalysisForMeans(sized)).toEqual(sampleSizeForMeans(sized));
    const powered = { ...plan, lift: 0.05, n: 500 };
    expect(powerAnalysisForMeans(powered)).toEqual(powerForMeans(powered));
    const effect = powerAnalysisForMeans({ ...plan, n: 500, power: 0.8 });
    expect(effect.kind).toBe("mean-minimum-detectable-effect");
  });

  it("finds the level at which a plan has the power it has, by z and by t", () => {
    for (const test of ["z", "t"] as const) {
      for (const n of [8, 50, 4000]) {
        const options = { standardDeviation: 1, difference: 4 / Math.sqrt(n), n, test };
        const { power } = powerForMeans({ ...options, alpha: 0.01 });
        const found = powerAnalysisForMeans({ ...options, power });
        expect(found).toMatchObject({ kind: "mean-required-alpha", method: test, status: "ok" });
        expect(relativeError(found.alpha!, 0.01)).toBeLessThan(1e-9);
      }
    }
  });

  it.each([
    ["power", { power: undefined, n: undefined }],
    ["alpha", { alpha: 0.05 }],
    ["standardDeviation", { standardDeviation: 0 }],
  ])("names %s when it is wrong: %j", (field, options) => {
    const all = { ...plan, lift: 0.05, n: 500, power: 0.8 };
    expect(() => powerAnalysisForMeans({ ...all, ...options })).toThrow(new RegExp(`^${field} = `));
  });
});
