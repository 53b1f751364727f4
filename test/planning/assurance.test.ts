import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { assuranceForProportions } from "../../src/planning/assurance-for-proportions.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import type { ProportionTest } from "../../src/planning/proportion-test.ts";
import { sampleSizeForAssurance } from "../../src/planning/sample-size-for-assurance.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import reference from "../reference/planning/assurance.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const known = { baseline: { conversions: 25, n: 500 }, lift: 0.2 };

describe("assuranceForProportions", () => {
  it("averages the power over the posterior to 1e-11 of 30 digits, and the far tail to 1e-10", () => {
    expect(reference.cases).toHaveLength(24);
    for (const { in: given, out } of reference.cases) {
      const { conversions, n0, prior, test, ...rest } = given;
      const found = assuranceForProportions({
        baseline: { conversions, n: n0 },
        prior: { alpha: prior[0]!, beta: prior[1]! },
        test: test as ProportionTest,
        ...rest,
      });
      expect(relativeError(found.assurance, Number(out.assurance))).toBeLessThanOrEqual(1e-11);
      if (Number(out.farTail) > SMALLEST_NORMAL) {
        expect(relativeError(found.farTail, Number(out.farTail))).toBeLessThanOrEqual(1e-10);
      }
      expect(Math.abs(found.excludedProbability - Number(out.beyond))).toBeLessThanOrEqual(1e-13);
      const { median, interval } = found.baseline;
      const quantiles = [interval.lower, median, interval.upper];
      const powers = [found.powerInterval.lower, found.powerAtMedian, found.powerInterval.upper];
      for (let i = 0; i < 3; i++) {
        expect(relativeError(quantiles[i]!, Number(out.quantiles[i]))).toBeLessThanOrEqual(1e-11);
        expect(relativeError(powers[i]!, Number(out.powers[i]))).toBeLessThanOrEqual(1e-10);
      }
    }
  });

  it("is what a simulation of rates from the posterior finds, within 4 Monte Carlo errors", () => {
    const random = createRandom(20_261_125);
    const plan = { ...known, n: 5000 };
    const { assurance } = assuranceForProportions(plan);
    const powers = Array.from({ length: 20_000 }, () => {
      const baseline = random.beta(26, 476);
      return powerForProportions({ baseline, lift: 0.2, n: 5000 }).power;
    });
    const mean = powers.reduce((sum, power) => sum + power, 0) / powers.length;
    const variance = powers.reduce((sum, power) => sum + (power - mean) ** 2, 0) / powers.length;
    expect(Math.abs(mean - assurance)).toBeLessThan(4 * Math.sqrt(variance / powers.length));
  });

  it("comes to the power at the rate itself as the past data grow", () => {
    const plan = { lift: 0.2, n: 8000 };
    const { power } = powerForProportions({ ...plan, baseline: 0.05 });
    const found = assuranceForProportions({ ...plan, baseline: { conversions: 5e13, n: 1e15 } });
    expect(relativeError(found.assurance, power)).toBeLessThan(1e-10);
    expect(found.powerInterval.upper - found.powerInterval.lower).toBeLessThan(1e-6);
  });

  it("rises with n and with alpha, and lies between the powers that any rate could have", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.double({ min: -0.5, max: 0.8, noNaN: true }).filter((x) => Math.abs(x) > 0.02),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-5, max: 0.2, noNaN: true }),
        (conversions, lift, n, alpha) => {
          const options = { baseline: { conversions, n: 1000 }, lift, n, alpha };
          const { assurance } = assuranceForProportions(options);
          // But for rounding, next to 1.
          const floor = assurance * (1 - 1e-12);
          expect(assuranceForProportions({ ...options, n: 1.1 * n }).assurance).toBeGreaterThan(floor);
          expect(assuranceForProportions({ ...options, alpha: 1.1 * alpha }).assurance).toBeGreaterThan(
            floor,
          );
          expect(assurance).toBeLessThanOrEqual(1);
          expect(assurance).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is the tail's type I error without an effect, even where rates of the posterior round to 1", () => {
    for (const prior of [
      { alpha: 0.5, beta: 5.5 },
      { alpha: 5, beta: 0.5 },
      { alpha: 1e6, beta: 0.1 },
      { alpha: 1e15, beta: 0.1 },
    ]) {
      for (const test of ["score", "wald", "arcsine"] as const) {
        const { assurance, farTail, powerInterval } = assuranceForProportions({
          prior,
          lift: 0,
          n: 100,
          test,
        });
        expect(relativeError(assurance, 0.025)).toBeLessThan(1e-13);
        expect(relativeError(farTail, 0.025)).toBeLessThan(1e-13);
        expect(relativeError(powerInterval.upper, 0.025)).toBeLessThan(1e-13);
      }
    }
  });

  it("leaves out rates whose lift would pass 1, and says so", () => {
    const found = assuranceForProportions({ baseline: { conversions: 14, n: 20 }, lift: 0.2, n: 300 });
    expect(found.excludedProbability).toBeGreaterThan(0.01);
    expect(found.warnings.map(({ code }) => code)).toContain("IMPOSSIBLE_RATES");
    expect(found.baseline.interval.upper).toBeLessThan(1 / 1.2);
    expect(() =>
      assuranceForProportions({ baseline: { conversions: 19, n: 20 }, lift: 0.2, n: 300 }),
    ).toThrow(/^lift = 0.2/);
  });

  it("knows no conversions at all, and a prior alone", () => {
    const none = assuranceForProportions({ baseline: { conversions: 0, n: 100 }, lift: 0.5, n: 1e4 });
    expect(none.assurance).toBeGreaterThan(0.025);
    const prior = { alpha: 26, beta: 476 };
    const alone = assuranceForProportions({ prior, lift: 0.2, n: 5000 });
    expect(alone.assurance).toBe(assuranceForProportions({ ...known, n: 5000 }).assurance);
  });

  it.each([
    ["baseline", { baseline: undefined }],
    ["baseline.conversions", { baseline: { conversions: 3, n: 2 } }],
    ["baseline.n", { baseline: { conversions: 0, n: 0 } }],
    ["prior.alpha", { prior: { alpha: 0, beta: 1 } }],
    ["prior.alpha", { baseline: undefined, prior: { alpha: 0.01, beta: 1 } }],
    ["lift", { lift: -1 }],
    ["lift", { lift: 1e100 }],
    ["lift", { lift: Number.NaN }],
    ["confidenceLevel", { confidenceLevel: 1 }],
    ["n", { n: 0 }],
    ["test", { test: "fisher" as "score" }],
  ])("names %s when it is wrong: %j", (field, options) => {
    const attempt = (): unknown => assuranceForProportions({ ...known, n: 100, ...options });
    expect(attempt).toThrow(new RegExp(`^${field.replace(".", "\\.")} = `));
  });
});

describe("sampleSizeForAssurance", () => {
  it("reaches the assurance asked for at the exact size, and at whole units at least that", () => {
    fc.assert(
      fc.property(
        fc.record({
          baseline: fc.record({
            conversions: fc.integer({ min: 0, max: 300 }),
            n: fc.integer({ min: 400, max: 1e5 }),
          }),
          lift: fc.double({ min: -0.5, max: 0.3, noNaN: true }).filter((x) => Math.abs(x) > 0.02),
          assurance: fc.double({ min: 0.3, max: 0.99, noNaN: true }),
          test: fc.constantFrom("score" as const, "yates" as const, "wald" as const, "arcsine" as const),
          allocation: fc.double({ min: 0.1, max: 10, noNaN: true }),
        }),
        ({ assurance, ...options }) => {
          const plan = sampleSizeForAssurance({ ...options, assurance });
          const { assurance: reached } = assuranceForProportions({ ...options, n: plan.exact.control });
          expect(relativeError(reached, assurance)).toBeLessThan(1e-10);
          expect(plan.assurance).toBeGreaterThan(assurance * (1 - 1e-10));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("names what the median rate and both ends of the interval need", () => {
    const plan = sampleSizeForAssurance({ ...known, clusters: { size: 3, intraclassCorrelation: 0.1 } });
    const needed = (baseline: number): number =>
      sampleSizeForProportions({ baseline, lift: 0.2 }).exact.control * 1.2;
    const { interval, median } = plan.baseline;
    expect(relativeError(plan.controlAtMedian, needed(median))).toBeLessThan(1e-12);
    expect(relativeError(plan.controlInterval.lower, needed(interval.upper))).toBeLessThan(1e-12);
    expect(relativeError(plan.controlInterval.upper, needed(interval.lower))).toBeLessThan(1e-12);
    expect(plan.exact.control).toBeGreaterThan(plan.controlAtMedian);
  });

  it("finds the optimal allocation for an uncertain rate too", () => {
    const best = sampleSizeForAssurance({ ...known, treatments: 4, allocation: "optimal", test: "arcsine" });
    expect(relativeError(best.allocation, 0.5)).toBeLessThan(1e-6);
  });

  it("is Infinity, and says why, without an effect or on the wrong side", () => {
    const none = sampleSizeForAssurance({ ...known, lift: 0 });
    expect(none).toMatchObject({ status: "unbounded", control: Infinity, controlAtMedian: Infinity });
    expect(none.warnings[0]!.code).toBe("NO_EFFECT");
    const wrong = sampleSizeForAssurance({ ...known, alternative: "less" });
    expect(wrong).toMatchObject({ status: "unbounded", control: Infinity });
    expect(wrong.warnings[0]!.code).toBe("WRONG_SIDE");
  });

  it("names the assurance when it is wrong", () => {
    expect(() => sampleSizeForAssurance({ ...known, assurance: 1 })).toThrow(/^assurance = 1/);
    expect(() => sampleSizeForAssurance({ ...known, assurance: 0.02 })).toThrow(/^assurance = 0.02/);
  });
});
