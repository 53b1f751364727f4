import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import {
  type ExactPowerOptions,
  exactPowerForProportions,
} from "../../src/planning/exact-power-for-proportions.ts";
import { exactSampleSizeForProportions } from "../../src/planning/exact-sample-size-for-proportions.ts";
import { exactTypeIErrorForProportions } from "../../src/planning/exact-type-i-error-for-proportions.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import wide from "../reference/planning/exact-power-wide.json" with { type: "json" };
import reference from "../reference/planning/exact-power.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const TESTS = {
  fisher_two: { test: "fisher" },
  fisher_greater: { test: "fisher", alternative: "greater" },
  z_pooled_two: { test: "score" },
  z_pooled_greater: { test: "score", alternative: "greater" },
  yates_two: { test: "yates" },
  z_unpooled_two: { test: "wald" },
} as const;

/** Probability that one arm converts in full and the other not at all: the reference's Wald test rejects there. */
function noVariance(n1: number, p1: number, n2: number, p2: number): number {
  return (1 - p1) ** n1 * p2 ** n2 + p1 ** n1 * (1 - p2) ** n2;
}

describe("exactPowerForProportions", () => {
  it.each(Object.entries(TESTS))("agrees with enumeration in SciPy to 1e-12: %s", (name, options) => {
    expect(reference.cases).toHaveLength(10);
    for (const { in: given, out } of reference.cases) {
      const { p1, p2, n1, n2, alpha } = given;
      const sizes = { control: n1, treatment: n2 };
      const found = exactPowerForProportions({
        baseline: p1,
        difference: p2 - p1,
        alpha,
        ...sizes,
        ...options,
      });
      const expected = out[name as keyof typeof TESTS];
      const [spared, sparedAtNull] =
        options.test === "wald" ? [noVariance(n1, p1, n2, p2), noVariance(n1, p1, n2, p1)] : [0, 0];
      const both = found.power + found.farTail;
      expect(relativeError(both + spared, expected.power)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(found.typeIError + sparedAtNull, expected.size_at_p1)).toBeLessThanOrEqual(1e-12);
    }
  });

  it("agrees with p-values computed table by table to 1e-12, small levels and lopsided arms included", () => {
    expect(wide.cases).toHaveLength(60);
    for (const { in: given, out } of wide.cases) {
      const { p1, n1, n2, ...rest } = given;
      const options = { baseline: p1, control: n1, treatment: n2, ...rest };
      const { power, farTail, typeIError } = exactPowerForProportions(options as ExactPowerOptions);
      const isDown = rest.alternative === "less" || (rest.alternative === "two-sided" && rest.difference < 0);
      const [near, far] = isDown ? [out.below, out.above] : [out.above, out.below];
      expect(relativeError(power, near)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(farTail, rest.alternative === "two-sided" ? far : 0)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(typeIError, out.size)).toBeLessThanOrEqual(1e-12);
    }
  });

  it("rejects the tables that compareProportions rejects, whichever the test", () => {
    const arm = fc.integer({ min: 1, max: 12 });
    const rate = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          control: arm,
          treatment: arm,
          baseline: rate,
          rate,
          alpha: fc.constantFrom(0.05, 0.1, 0.2, 0.013),
          alternative: fc.constantFrom("two-sided" as const, "greater" as const, "less" as const),
          test: fc.constantFrom(
            "score" as const,
            "yates" as const,
            "wald" as const,
            "fisher" as const,
            "mid-p" as const,
          ),
        }),
        ({ rate: p2, baseline: p1, control: n1, treatment: n2, alpha, ...options }) => {
          let rejected = 0;
          for (let x1 = 0; x1 <= n1; x1++) {
            for (let x2 = 0; x2 <= n2; x2++) {
              const arms = { control: { n: n1, conversions: x1 }, treatment: { n: n2, conversions: x2 } };
              const { pValue } = compareProportions({ ...arms, ...options });
              if (pValue !== null && pValue <= alpha * (1 + 1e-12)) {
                rejected +=
                  choose(n1, x1) *
                  p1 ** x1 *
                  (1 - p1) ** (n1 - x1) *
                  choose(n2, x2) *
                  p2 ** x2 *
                  (1 - p2) ** (n2 - x2);
              }
            }
          }
          const sizes = { control: n1, treatment: n2 };
          const found = exactPowerForProportions({
            baseline: p1,
            difference: p2 - p1,
            alpha,
            ...sizes,
            ...options,
          });
          expect(relativeError(found.power + found.farTail, rejected)).toBeLessThan(1e-10);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("never lets Fisher's test exceed its level, and has it close to Yates's test, as that is meant to be", () => {
    const rate = fc.double({ min: 1e-3, max: 0.95, noNaN: true });
    const n = fc.integer({ min: 1, max: 120 });
    fc.assert(
      fc.property(
        rate,
        n,
        n,
        fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
        (baseline, control, treatment, alpha) => {
          const options = { baseline, lift: 0, control, treatment, alpha, test: "fisher" } as const;
          expect(exactPowerForProportions(options).typeIError).toBeLessThanOrEqual(alpha * (1 + 1e-12));
        },
      ),
      { numRuns: 50 },
    );
    const plan = { baseline: 0.05, lift: 0.2, n: 8000 };
    const fisher = exactPowerForProportions({ ...plan, test: "fisher" }).power;
    expect(relativeError(exactPowerForProportions({ ...plan, test: "yates" }).power, fisher)).toBeLessThan(
      1e-3,
    );
  });

  it.each(["score", "yates", "wald"] as const)("meets the normal formula at a million units: %s", (test) => {
    const plan = { baseline: 0.05, lift: 0.02, n: 1e6, test };
    const exact = exactPowerForProportions(plan);
    expect(relativeError(exact.power, powerForProportions(plan).power)).toBeLessThan(2e-4);
    const { power, farTail } = powerForProportions({ ...plan, lift: 0 });
    expect(relativeError(exact.typeIError, power + farTail)).toBeLessThan(2e-3);
  });

  it("says the same of arms that change places", () => {
    const there = { baseline: 0.1, difference: 0.15, control: 31, treatment: 67 };
    const back = { baseline: 0.25, difference: -0.15, control: 67, treatment: 31 };
    for (const test of ["score", "yates", "wald", "fisher", "mid-p"] as const) {
      const a = exactPowerForProportions({ ...there, test });
      const b = exactPowerForProportions({ ...back, test });
      expect(relativeError(a.power, b.power)).toBeLessThan(1e-12);
      expect(relativeError(a.farTail, b.farTail)).toBeLessThan(1e-12);
    }
  });

  it("has no power with one unit per arm, and shares alpha between treatments", () => {
    expect(exactPowerForProportions({ baseline: 0.3, lift: 0.5, n: 1 })).toMatchObject({
      power: 0,
      farTail: 0,
      typeIError: 0,
    });
    const plan = { baseline: 0.1, lift: 1, n: 100 };
    const several = exactPowerForProportions({ ...plan, treatments: 4 });
    expect(several.power).toBe(exactPowerForProportions({ ...plan, alpha: 0.05 / 4 }).power);
  });

  it.each([
    ["n", { n: 10.5 }],
    ["n", { n: 2e6 }],
    ["n", { n: 2e5, test: "fisher" }],
    ["allocation", { n: 10, allocation: 0.25 }],
    ["allocation", { n: 1000, allocation: 1e6 }],
    ["control", { control: 1.5, treatment: 3 }],
    ["treatment", { control: 2, treatment: 3.5 }],
    ["treatment", { control: 2, treatment: 1e7 }],
    ["test", { n: 10, test: "t" as "score" }],
    ["alpha", { n: 10, alpha: 1 }],
    ["lift", { n: 10, lift: 30 }],
  ] as const)("names %s when it is wrong: %j", (field, options) => {
    const attempt = (): unknown => exactPowerForProportions({ baseline: 0.1, lift: 0.5, ...options });
    expect(attempt).toThrow(DomainError);
    expect(attempt).toThrow(new RegExp(`^${field} = `));
  });
});

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product *= (n - k + i) / i;
  return product;
}

describe("exactSampleSizeForProportions", () => {
  it.each([
    { baseline: 0.02, difference: 0.15 },
    { baseline: 0.02, difference: 0.2, allocation: 0.5 },
    { baseline: 0.02, difference: 0.3, test: "fisher" },
    { baseline: 0.3, difference: -0.25, test: "wald" },
    { baseline: 0.1, lift: 1.5, test: "mid-p", alternative: "greater", power: 0.9 },
    { baseline: 0.2, lift: 1, treatments: 2, adjustment: "dunnett", allocation: 0.7 },
  ] as const)(
    "is the smallest size after which none falls short, twice as far as it searched: %j",
    (plan) => {
      const { control, power, first, searched, targetPower, ...size } = exactSampleSizeForProportions(plan);
      const { allocation = 1, ...rest } = { allocation: 1, ...plan };
      const powerAt = (n: number): number => {
        const { power: _, ...options } = { power: 0, ...rest };
        return exactPowerForProportions({
          ...options,
          control: n,
          treatment: Math.ceil(n * allocation - 1e-9),
        }).power;
      };
      expect(powerAt(control)).toBe(power);
      expect(size.treatment).toBe(Math.ceil(control * allocation - 1e-9));
      expect(powerAt(control - 1)).toBeLessThan(targetPower);
      for (let n = control; n <= 2 * searched.to; n++) expect(powerAt(n)).toBeGreaterThanOrEqual(targetPower);
      expect(powerAt(first.control)).toBeGreaterThanOrEqual(targetPower);
      for (let n = 1; n < first.control; n++) expect(powerAt(n)).toBeLessThan(targetPower);
    },
  );

  it("shows the saw: the first size that reaches the target is not always the one to take", () => {
    const plan = exactSampleSizeForProportions({ baseline: 0.02, difference: 0.15 });
    expect(plan).toMatchObject({ control: 52, first: { control: 48 }, status: "ok" });
    expect(exactPowerForProportions({ baseline: 0.02, difference: 0.15, n: 51 }).power).toBeLessThan(0.8);
  });

  it("comes close to the formula where many conversions are expected", () => {
    const plan = { baseline: 0.3, lift: 0.2 };
    const exact = exactSampleSizeForProportions(plan).control;
    expect(relativeError(exact, sampleSizeForProportions(plan).control)).toBeLessThan(0.02);
  });

  it("is Infinity, and says why, where no number of units is enough", () => {
    const none = exactSampleSizeForProportions({ baseline: 0.1, lift: 0 });
    expect(none).toMatchObject({ status: "unbounded", control: Infinity, total: Infinity });
    expect(none.warnings[0]!.code).toBe("NO_EFFECT");
    const wrong = exactSampleSizeForProportions({ baseline: 0.1, lift: 0.5, alternative: "less" });
    expect(wrong).toMatchObject({ status: "unbounded", power: 0 });
    expect(wrong.warnings[0]!.code).toBe("WRONG_SIDE");
  });

  it("sends large plans to the formula", () => {
    expect(() => exactSampleSizeForProportions({ baseline: 0.01, lift: 0.05 })).toThrow(
      /^lift = 0.05, must need at most 20000 units per arm/,
    );
    expect(() => exactSampleSizeForProportions({ baseline: 0.01, difference: 0.0005 })).toThrow(
      /^difference = /,
    );
  });
});

describe("exactTypeIErrorForProportions", () => {
  const arms = { control: 31, treatment: 19 };
  const everyTest = ["score", "yates", "wald", "fisher", "mid-p"] as const;

  it.each(everyTest)("is above the size at any rate, and is had at the rate it names: %s", (test) => {
    for (const alternative of ["two-sided", "greater", "less"] as const) {
      const options = { ...arms, test, alternative };
      const { size, rate } = exactTypeIErrorForProportions(options);
      const sizeAt = (baseline: number): number =>
        exactPowerForProportions({ ...options, baseline, lift: 0 }).typeIError;
      expect(relativeError(sizeAt(rate), size)).toBeLessThan(1e-12);
      for (let i = 1; i < 200; i++) expect(sizeAt(i / 200)).toBeLessThanOrEqual(size * (1 + 1e-11));
    }
  });

  it("stays below the level for Fisher's test, and passes it for the score test", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 80 }), (control, treatment) => {
        const { size } = exactTypeIErrorForProportions({ control, treatment, test: "fisher" });
        expect(size).toBeLessThanOrEqual(0.05 * (1 + 1e-12));
      }),
      { numRuns: 25 },
    );
    expect(exactTypeIErrorForProportions({ n: 20 }).size).toBeGreaterThan(0.05);
  });

  it("is 0 where no table is rejected", () => {
    expect(exactTypeIErrorForProportions({ n: 1 })).toMatchObject({ size: 0 });
  });

  it.each([
    ["n", { n: 20_000 }],
    ["n", { n: 0.5 }],
    ["n", {}],
    ["test", { n: 10, test: "barnard" as "fisher" }],
  ])("names %s when it is wrong: %j", (field, options) => {
    expect(() => exactTypeIErrorForProportions(options)).toThrow(new RegExp(`^${field} = `));
  });
});
