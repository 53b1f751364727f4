import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { testEquivalence } from "../../src/inference/test-equivalence.ts";
import { normalBetween } from "../../src/numerics/normal-between.ts";
import { normalUpperQuantile } from "../../src/numerics/normal.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { powerForEquivalence } from "../../src/planning/power-for-equivalence.ts";
import { powerForNonInferiority } from "../../src/planning/power-for-non-inferiority.ts";
import {
  type EquivalenceSampleSizeOptions,
  sampleSizeForEquivalence,
} from "../../src/planning/sample-size-for-equivalence.ts";
import reference from "../reference/planning/equivalence.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("powerForEquivalence", () => {
  it("agrees with the closed normal form to 1e-13, and with the exact t of the table to its 1e-10", () => {
    expect(reference.cases).toHaveLength(7);
    for (const { in: given, out } of reference.cases) {
      const plan = {
        standardDeviation: given.sd,
        difference: given.delta,
        lower: given.lower,
        upper: given.upper,
        alpha: given.alpha,
        control: given.n1,
        treatment: given.n2,
      };
      const normal = powerForEquivalence({ ...plan, test: "z" });
      expect(relativeError(normal.power, out.power_normal)).toBeLessThanOrEqual(1e-13);
      expect(relativeError(powerForEquivalence(plan).power, out.power_t_exact)).toBeLessThanOrEqual(1e-10);
    }
  });

  it("is 0 where the arms are too small for the tests to agree, or for a test at all", () => {
    expect(powerForEquivalence({ standardDeviation: 1, margin: 0.1, n: 1 }).power).toBe(0);
    expect(powerForEquivalence({ standardDeviation: 1, margin: 0.1, n: 5, test: "z" }).power).toBe(0);
    const scarce = powerForEquivalence({ standardDeviation: 1, margin: 0.1, n: 5 }).power;
    expect(scarce).toBeGreaterThan(0);
    expect(scarce).toBeLessThan(1e-3);
  });

  it("is for rates the chance that the difference falls where both score tests reject", () => {
    const plan = { baseline: 0.3, difference: 0.01, margin: 0.05, n: 1500 };
    const z = normalUpperQuantile(0.05);
    // The one-sided plans say where either test begins to reject, in standard errors from the planned effect.
    const reach = (margin: number, improvesWhen: "increase" | "decrease"): number => {
      const { power } = powerForNonInferiority({ ...plan, margin, improvesWhen });
      return normalUpperQuantile(power);
    };
    const expected = normalBetween(reach(0.05, "increase"), -reach(0.05, "decrease"));
    expect(z).toBeGreaterThan(0);
    expect(relativeError(powerForEquivalence(plan).power, expected)).toBeLessThan(1e-11);
  });
});

describe("plans for equivalence", () => {
  const scale = fc.constantFrom("difference" as const, "lift" as const);
  const margin = fc.double({ min: 0.02, max: 0.3, noNaN: true });
  const shift = fc.double({ min: -0.8, max: 0.8, noNaN: true });
  const rates = fc
    .record({ baseline: fc.double({ min: 0.3, max: 0.6, noNaN: true }), scale, margin, shift })
    .map(({ shift: s, ...plan }) => ({ ...plan, difference: s * plan.margin * plan.baseline }));
  const means = fc
    .record({
      baseline: fc.double({ min: 0.5, max: 3, noNaN: true }),
      standardDeviation: fc.double({ min: 0.1, max: 5, noNaN: true }),
      test: fc.constantFrom("t" as const, "welch" as const, "z" as const),
      scale,
      margin,
      shift,
    })
    .map(({ shift: s, ...plan }) => ({ ...plan, difference: 0.5 * s * plan.margin * plan.baseline }))
    .filter(
      (plan) => Math.abs(plan.difference) < 0.9 * plan.margin * (plan.scale === "lift" ? plan.baseline : 1),
    );

  it("have at their exact size the power they were made for, and less with less", () => {
    fc.assert(
      fc.property(fc.oneof(rates, means), fc.double({ min: 0.3, max: 0.99, noNaN: true }), (plan, target) => {
        const { exact } = sampleSizeForEquivalence({ ...plan, power: target });
        const found = powerForEquivalence({ ...plan, n: exact.control }).power;
        expect(found).toBeGreaterThan(target * (1 - 1e-9));
        if (exact.control > 50) expect(relativeError(found, target)).toBeLessThan(1e-9);
        expect(powerForEquivalence({ ...plan, n: 0.9 * exact.control }).power).toBeLessThan(found);
      }),
      { numRuns: 40 },
    );
  });

  it("need more than either of the two tests alone", () => {
    fc.assert(
      fc.property(fc.oneof(rates, means), fc.double({ min: 5, max: 1e5, noNaN: true }), (plan, n) => {
        const both = powerForEquivalence({ ...plan, n }).power;
        for (const improvesWhen of ["increase", "decrease"] as const) {
          expect(both).toBeLessThanOrEqual(
            powerForNonInferiority({ ...plan, improvesWhen, n }).power * (1 + 1e-10),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("need infinitely many units where the effect does not lie between the bounds", () => {
    const plan = sampleSizeForEquivalence({ baseline: 0.2, difference: 0.02, margin: 0.02 });
    expect(plan).toMatchObject({
      status: "unbounded",
      control: Infinity,
      power: expect.closeTo(0.05, 6) as number,
    });
    expect(plan.warnings.map(({ code }) => code)).toEqual(["BEYOND_MARGIN"]);
  });

  const good: EquivalenceSampleSizeOptions = { baseline: 0.2, margin: 0.02 };
  it.each<[string, unknown]>([
    ["margin", { ...good, margin: 0 }],
    ["margin", { ...good, lower: -0.1 }],
    ["lower", { baseline: 0.2 }],
    ["upper", { baseline: 0.2, lower: -0.1, upper: 0 }],
    ["lower", { baseline: 0.2, lower: 1.1, upper: 1.2, scale: "odds-ratio" }],
    ["baseline", { ...good, baseline: 1 }],
    ["adjustment", { ...good, adjustment: "dunnett" }],
    ["alpha", { ...good, alpha: 0 }],
  ])("name %s when it is wrong: %j", (field, options) => {
    const plan = options as EquivalenceSampleSizeOptions;
    for (const attempt of [
      () => sampleSizeForEquivalence(plan),
      () => powerForEquivalence({ ...plan, n: 10 } as never),
    ]) {
      expect(attempt).toThrow(DomainError);
      expect(attempt).toThrow(new RegExp(`^${field} = `));
    }
  });
});

describe("the planned power of testEquivalence, simulated", () => {
  const draws = 4000;
  const chance = (power: number): number => 4 * Math.sqrt((power * (1 - power)) / draws);

  it.each([
    { baseline: 0.4, difference: 0.01, margin: 0.06, scale: "difference" as const },
    { baseline: 0.4, lift: 0.02, lower: -0.15, upper: 0.17, scale: "lift" as const },
    { baseline: 0.4, lower: 0.75, upper: 1.4, scale: "odds-ratio" as const, allocation: 2 },
  ])("is met for rates within 4 Monte Carlo errors and 0.01 for discreteness: %j", (plan) => {
    const { control, treatment, power, treatmentLevel } = sampleSizeForEquivalence(plan);
    const { lower, upper, margin, scale } = {
      lower: undefined,
      upper: undefined,
      margin: undefined,
      ...plan,
    };
    const draw = createRandom(20_250_104);
    let shown = 0;
    for (let i = 0; i < draws; i++) {
      const result = testEquivalence({
        control: { n: control, conversions: draw.binomial(control, plan.baseline) },
        treatment: { n: treatment, conversions: draw.binomial(treatment, treatmentLevel!) },
        margin,
        lower,
        upper,
        scale,
      });
      if (result.equivalent) shown++;
    }
    expect(Math.abs(shown / draws - power)).toBeLessThan(chance(power) + 0.01);
  });

  it.each([
    { baseline: 2, standardDeviation: 1, margin: 0.8, scale: "difference" as const, n: 20 },
    { baseline: 2, standardDeviation: 1, margin: 0.4, scale: "lift" as const, n: 24 },
  ])("is met for means within 4 Monte Carlo errors: %j", ({ n, ...plan }) => {
    const { power } = powerForEquivalence({ ...plan, n });
    const draw = createRandom(20_250_105);
    const arm = (): { n: number; mean: number; variance: number } => ({
      n,
      mean: plan.baseline + draw.normal() / Math.sqrt(n),
      variance: (2 * draw.gamma((n - 1) / 2)) / (n - 1),
    });
    let shown = 0;
    for (let i = 0; i < draws; i++) {
      const { margin, scale } = plan;
      const arms = { control: arm(), treatment: arm() };
      if (testEquivalence({ ...arms, margin, scale, test: "pooled" }).equivalent) shown++;
    }
    expect(Math.abs(shown / draws - power)).toBeLessThan(chance(power));
  });
});
