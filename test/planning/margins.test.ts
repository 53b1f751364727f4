import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { testNonInferiority } from "../../src/inference/test-non-inferiority.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { MarginSampleSizeOptions } from "../../src/planning/margin-plan.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { powerForNonInferiority } from "../../src/planning/power-for-non-inferiority.ts";
import { powerForSuperiority } from "../../src/planning/power-for-superiority.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForNonInferiority } from "../../src/planning/sample-size-for-non-inferiority.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { sampleSizeForSuperiority } from "../../src/planning/sample-size-for-superiority.ts";
import reference from "../reference/planning/non-inferiority.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("sampleSizeForNonInferiority", () => {
  it("agrees with rpact to 1e-12, and with a formula of another make to its 2e-8", () => {
    expect(reference.cases).toHaveLength(8);
    for (const { in: given, out } of reference.cases) {
      const isRatio = given.scale === "ratio";
      const plan = sampleSizeForNonInferiority({
        baseline: given.p1,
        difference: given.p2 - given.p1,
        margin: isRatio ? 1 - given.theta0 : -given.theta0,
        scale: isRatio ? "lift" : "difference",
        alpha: given.alpha,
        power: given.power,
        allocation: given.ratio,
      });
      expect(relativeError(plan.exact.control, out.n_control)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(plan.exact.treatment, out.n_treatment)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(plan.exact.control, out.check_n_control)).toBeLessThanOrEqual(2e-8);
    }
  });

  it("is for means the one-sided plan for the distance from the margin", () => {
    const spread = { standardDeviation: 30, alpha: 0.025, power: 0.9 };
    const shifted = sampleSizeForNonInferiority({ ...spread, difference: -0.4, margin: 1.5 });
    const plain = sampleSizeForMeans({ ...spread, difference: 1.1, alternative: "greater" });
    expect(shifted.exact).toEqual(plain.exact);
    // On the scale of the lift the control's mean is estimated too: m₂ − 0.95 m₁ has the deviation √(1 + 0.95²) σ.
    const lift = sampleSizeForNonInferiority({
      ...spread,
      baseline: 20,
      scale: "lift",
      margin: 0.05,
      test: "z",
    });
    const known = sampleSizeForMeans({
      ...spread,
      standardDeviation: { control: 0.95 * 30, treatment: 30 },
      difference: 1,
      alternative: "greater",
      test: "z",
    });
    expect(relativeError(lift.exact.control, known.exact.control)).toBeLessThan(1e-13);
  });

  it("looks the other way where less is better", () => {
    const plan = { baseline: 0.3, difference: 0.01, margin: 0.05, power: 0.9, allocation: 2 };
    const fewer = sampleSizeForNonInferiority({ ...plan, improvesWhen: "decrease" });
    const mirrored = sampleSizeForNonInferiority({ ...plan, baseline: 0.7, difference: -0.01 });
    expect(fewer).toMatchObject({ nullValue: 0.05, alternative: "less" });
    expect(mirrored).toMatchObject({ nullValue: -0.05, alternative: "greater" });
    expect(relativeError(fewer.exact.control, mirrored.exact.control)).toBeLessThan(1e-12);
  });

  it("needs infinitely many units at the margin and beyond it, and says why", () => {
    for (const difference of [-0.02, -0.03]) {
      const plan = sampleSizeForNonInferiority({ baseline: 0.2, difference, margin: 0.02 });
      expect(plan).toMatchObject({ status: "unbounded", control: Infinity });
      expect(plan.warnings.map(({ code }) => code)).toEqual(["BEYOND_MARGIN"]);
    }
    expect(
      powerForNonInferiority({ baseline: 0.2, difference: -0.02, margin: 0.02, n: 1e12 }).power,
    ).toBeCloseTo(0.05, 6);
  });
});

describe("plans against a margin", () => {
  const scales = fc.constantFrom("difference" as const, "lift" as const, "odds-ratio" as const);
  const design = {
    alpha: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
    allocation: fc.double({ min: 0.1, max: 10, noNaN: true }),
    margin: fc.double({ min: 0.005, max: 0.15, noNaN: true }),
    improvesWhen: fc.constantFrom("increase" as const, "decrease" as const),
  };
  const rates = fc.record({
    ...design,
    baseline: fc.double({ min: 0.2, max: 0.8, noNaN: true }),
    scale: scales,
  });
  const means = fc.record({
    ...design,
    baseline: fc.double({ min: 0.5, max: 5, noNaN: true }),
    standardDeviation: fc.double({ min: 0.1, max: 10, noNaN: true }),
    scale: fc.constantFrom("difference" as const, "lift" as const),
    test: fc.constantFrom("t" as const, "welch" as const, "z" as const),
  });
  const power = fc.double({ min: 0.3, max: 0.999, noNaN: true });

  it("have at their exact size the power they were made for", () => {
    fc.assert(
      fc.property(fc.oneof(rates, means), power, (plan, target) => {
        const { exact } = sampleSizeForNonInferiority({ ...plan, power: target });
        const found = powerForNonInferiority({ ...plan, n: exact.control }).power;
        // The smallest t-test may have more.
        expect(found).toBeGreaterThan(target * (1 - 1e-10));
        if (exact.control > 50) expect(relativeError(found, target)).toBeLessThan(1e-10);
      }),
    );
  });

  it("warn of small counts, without naming a function that does not know margins", () => {
    const { warnings } = powerForNonInferiority({ baseline: 0.01, margin: 0.05, n: 100 });
    expect(warnings.map(({ code }) => code)).toEqual(["SMALL_COUNTS"]);
    expect(warnings[0]!.message).not.toContain("exactPower");
  });

  it("have more power with more units, and with a wider margin", () => {
    fc.assert(
      fc.property(fc.oneof(rates, means), fc.double({ min: 10, max: 1e5, noNaN: true }), (plan, n) => {
        const { power: few } = powerForNonInferiority({ ...plan, n });
        expect(powerForNonInferiority({ ...plan, n: 1.1 * n }).power).toBeGreaterThanOrEqual(few);
        // Where the power is about alpha, the null variance at the wider margin may weigh more.
        const wider = powerForNonInferiority({ ...plan, margin: 1.1 * plan.margin, n });
        if (few > 0.5) expect(wider.power).toBeGreaterThanOrEqual(few - 1e-12);
      }),
    );
  });

  it("are the score test's plan where the margin of superiority is next to nothing", () => {
    const plan = { baseline: 0.1, lift: 0.1, power: 0.9 };
    const plain = sampleSizeForProportions({ ...plan, alpha: 0.05, alternative: "greater" });
    for (const scale of ["difference", "lift"] as const) {
      const margin = sampleSizeForSuperiority({ ...plan, scale, margin: 1e-9 });
      expect(relativeError(margin.exact.control, plain.exact.control)).toBeLessThan(1e-6);
    }
  });

  it("keep alpha at the margin, which is what superiority has there", () => {
    for (const n of [100, 1e4]) {
      const { power: atMargin } = powerForSuperiority({ standardDeviation: 3, difference: 1, margin: 1, n });
      expect(relativeError(atMargin, 0.05)).toBeLessThan(1e-12);
      const plain = powerForMeans({ standardDeviation: 3, difference: 0, n, alternative: "greater" });
      expect(relativeError(plain.power, 0.05)).toBeLessThan(1e-12);
    }
  });

  const good: MarginSampleSizeOptions = { baseline: 0.2, margin: 0.02 };
  it.each<[string, unknown]>([
    ["margin", { ...good, margin: 0 }],
    ["margin", { ...good, margin: -0.02 }],
    ["margin", { ...good, margin: 1 }],
    ["margin", { baseline: 0.2 }],
    ["baseline", { ...good, baseline: 0 }],
    ["baseline", { margin: 0.02 }],
    ["baseline", { margin: 0.02, standardDeviation: 1, scale: "lift" }],
    ["scale", { ...good, scale: "ratio" }],
    ["scale", { ...good, standardDeviation: 1, scale: "odds-ratio" }],
    ["test", { ...good, test: "welch" }],
    ["test", { ...good, standardDeviation: 1, test: "score" }],
    ["alpha", { ...good, alpha: 0.5 }],
    ["improvesWhen", { ...good, improvesWhen: "up" }],
    ["difference", { ...good, lift: 0.1, difference: 0.1 }],
    ["standardDeviation", { ...good, standardDeviation: 0 }],
  ])("name %s when it is wrong: %j", (field, options) => {
    const plan = options as MarginSampleSizeOptions;
    for (const attempt of [
      () => sampleSizeForNonInferiority(plan),
      () => sampleSizeForSuperiority(plan),
      () => powerForNonInferiority({ ...plan, n: 10 } as never),
      () => powerForSuperiority({ ...plan, n: 10 } as never),
    ]) {
      expect(attempt).toThrow(DomainError);
      expect(attempt).toThrow(new RegExp(`^${field} = `));
    }
  });
});

describe("the planned power of testNonInferiority, simulated", () => {
  const draws = 4000;
  it.each([
    { baseline: 0.2, difference: 0.01, margin: 0.05, scale: "difference" as const, allocation: 1 },
    { baseline: 0.2, lift: -0.03, margin: 0.2, scale: "lift" as const, allocation: 0.5 },
    { baseline: 0.2, lift: 0.05, margin: 0.25, scale: "odds-ratio" as const, allocation: 2 },
  ])("is met within 4 Monte Carlo errors and 0.01 for discreteness: %j", (plan) => {
    const { control, treatment, power, treatmentLevel } = sampleSizeForNonInferiority(plan);
    const { baseline, margin, scale } = plan;
    const draw = createRandom(20_250_103);
    let shown = 0;
    for (let i = 0; i < draws; i++) {
      const result = testNonInferiority({
        control: { n: control, conversions: draw.binomial(control, baseline) },
        treatment: { n: treatment, conversions: draw.binomial(treatment, treatmentLevel!) },
        margin,
        scale,
      });
      if (result.nonInferior) shown++;
    }
    const error = Math.sqrt((power * (1 - power)) / draws);
    expect(Math.abs(shown / draws - power)).toBeLessThan(4 * error + 0.01);
  });
});
