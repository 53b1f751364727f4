import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { testNonInferiority } from "../../src/inference/test-non-inferiority.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { powerForEquivalence } from "../../src/planning/power-for-equivalence.ts";
import { powerForNonInferiority } from "../../src/planning/power-for-non-inferiority.ts";
import { sampleSizeForCounts } from "../../src/planning/sample-size-for-counts.ts";
import { sampleSizeForEquivalence } from "../../src/planning/sample-size-for-equivalence.ts";
import { sampleSizeForNonInferiority } from "../../src/planning/sample-size-for-non-inferiority.ts";
import { sampleSizeForRatios } from "../../src/planning/sample-size-for-ratios.ts";
import { sampleSizeForSuperiority } from "../../src/planning/sample-size-for-superiority.ts";
import reference from "../reference/planning/margins-of-levels.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("sizes for tests of counts and ratios against a margin", () => {
  it("agree with R to 1e-10", () => {
    for (const {
      scale,
      improvesWhen,
      counts,
      ratios,
      standardDeviation,
      dispersion,
      ...given
    } of reference.cases) {
      const common = {
        ...given,
        scale: scale as "lift" | "difference",
        improvesWhen: improvesWhen as "increase" | "decrease",
      };
      const ofCounts = sampleSizeForNonInferiority({ ...common, metric: "count", dispersion });
      expect(ofCounts).toMatchObject({ metric: "count", method: "score" });
      // R's root of the restricted likelihood is good to some 1e-13 of a rate.
      expect(relativeError(ofCounts.exact.control, counts)).toBeLessThan(1e-10);
      const ofRatios = sampleSizeForNonInferiority({ ...common, metric: "ratio", standardDeviation });
      expect(ofRatios).toMatchObject({ metric: "ratio", method: "delta" });
      expect(relativeError(ofRatios.exact.control, ratios)).toBeLessThan(1e-12);
    }
  });

  const plan = {
    baseline: fc.double({ min: 0.01, max: 20, noNaN: true }),
    alpha: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
    allocation: fc.double({ min: 0.1, max: 10, noNaN: true }),
    margin: fc.double({ min: 0.005, max: 0.15, noNaN: true }),
    improvesWhen: fc.constantFrom("increase" as const, "decrease" as const),
    scale: fc.constantFrom("difference" as const, "lift" as const),
  };
  const plans = fc.oneof(
    fc.record({
      ...plan,
      metric: fc.constant("count" as const),
      dispersion: fc.option(fc.double({ min: 0.2, max: 9, noNaN: true }), { nil: undefined }),
    }),
    fc.record({
      ...plan,
      metric: fc.constant("ratio" as const),
      standardDeviation: fc.double({ min: 0.1, max: 10, noNaN: true }),
    }),
  );
  const power = fc.double({ min: 0.3, max: 0.999, noNaN: true });

  it("have at their exact size the power they were made for, and equivalence no less", () => {
    fc.assert(
      fc.property(plans, power, (given, target) => {
        const { exact } = sampleSizeForNonInferiority({ ...given, power: target });
        const found = powerForNonInferiority({ ...given, n: exact.control }).power;
        expect(found).toBeGreaterThan(target * (1 - 1e-10));
        if (exact.control > 1) expect(relativeError(found, target)).toBeLessThan(1e-10);
        const { improvesWhen: _, ...both } = given;
        const equivalence = sampleSizeForEquivalence({ ...both, power: target });
        expect(equivalence.exact.control).toBeGreaterThanOrEqual(exact.control * (1 - 1e-9));
        expect(powerForEquivalence({ ...both, n: equivalence.exact.control }).power).toBeGreaterThan(
          target * (1 - 1e-9),
        );
      }),
    );
  });

  it("become the plan of a one-sided comparison as the margin shrinks to nothing", () => {
    const given = { baseline: 0.4, lift: 0.05, alpha: 0.025, power: 0.9 };
    const sides = { alternative: "greater" as const };
    const counts = sampleSizeForSuperiority({ ...given, metric: "count", dispersion: 1.7, margin: 1e-15 });
    const plainCounts = sampleSizeForCounts({ ...given, ...sides, dispersion: 1.7 });
    expect(relativeError(counts.exact.control, plainCounts.exact.control)).toBeLessThan(1e-12);
    const past = {
      n: 10_000,
      numerator: { mean: 2.1, variance: 6.4 },
      denominator: { mean: 5.3, variance: 20.2 },
      covariance: 7.7,
    };
    const { baseline: _, ...rest } = given;
    const ratios = sampleSizeForSuperiority({ ...rest, past, margin: 1e-15 });
    expect(ratios).toMatchObject({ metric: "ratio", baseline: 2.1 / 5.3 });
    const plainRatios = sampleSizeForRatios({ ...rest, ...sides, past });
    expect(relativeError(ratios.exact.control, plainRatios.exact.control)).toBeLessThan(1e-12);
  });

  it("warn where few events are expected", () => {
    const { warnings } = powerForNonInferiority({ metric: "count", baseline: 0.01, margin: 0.005, n: 100 });
    expect(warnings.map(({ code }) => code)).toEqual(["SMALL_COUNTS"]);
  });

  it.each([
    [{ metric: "click" as never, baseline: 0.2 }, 'metric = "click"'],
    [
      { metric: "count" as const, baseline: 0.2, standardDeviation: 2 },
      "standardDeviation = 2, must be left out",
    ],
    [{ metric: "ratio" as const, baseline: 0.2 }, "past = undefined, must be given, or standardDeviation"],
    [{ metric: "ratio" as const, baseline: 0.2, standardDeviation: 1, dispersion: 2 }, "dispersion = 2"],
    [{ metric: "mean" as const, baseline: 0.2 }, "standardDeviation = undefined"],
    [{ metric: "ratio" as const, standardDeviation: 1, scale: "lift" as const }, "baseline = undefined"],
    [{ metric: "count" as const, baseline: 0.2, scale: "odds-ratio" as const }, 'scale = "odds-ratio"'],
    [{ metric: "count" as const, baseline: 0.2, test: "z" as const }, 'test = "z"'],
    [{ dispersion: 2, baseline: 0 }, "baseline = 0"],
    [{ metric: "proportion" as const, dispersion: 2, baseline: 0.1 }, "dispersion = 2, must be left out"],
  ])("refuse %j", (options, message) => {
    const call = (): unknown => sampleSizeForNonInferiority({ margin: 0.1, ...options });
    expect(call).toThrow(DomainError);
    expect(call).toThrow(message);
  });
});

const DRAWS = 4000;
const chance = (power: number): number => 4 * Math.sqrt((power * (1 - power)) / DRAWS);

describe("the planned power of a guardrail on events", () => {
  it.each([
    { baseline: 0.5, margin: 0.2, dispersion: 1, allocation: 1, improvesWhen: "increase" as const },
    { baseline: 2, margin: 0.1, dispersion: 3, allocation: 0.5, improvesWhen: "decrease" as const },
  ])("is met within 4 Monte Carlo errors and 0.01 for discreteness: %j", (given) => {
    const plan = { ...given, metric: "count" as const, scale: "lift" as const };
    const { control, treatment, power } = sampleSizeForNonInferiority(plan);
    const draw = createRandom(20_261_123);
    // All events of an arm: Poisson, as binomial of many rare ones, with a gamma mean where they are dispersed.
    const most = 2 ** 40;
    const arm = (n: number, random: Random): { n: number; events: number; variance: number } => {
      const extra = given.dispersion - 1;
      const mean = n * given.baseline;
      const events = random.binomial(most, (extra === 0 ? mean : extra * random.gamma(mean / extra)) / most);
      return { n, events, variance: (given.dispersion * events) / n };
    };
    let passed = 0;
    for (let i = 0; i < DRAWS; i++) {
      const { nonInferior } = testNonInferiority({
        control: arm(control, draw),
        treatment: arm(treatment, draw),
        margin: given.margin,
        scale: "lift",
        improvesWhen: given.improvesWhen,
      });
      if (nonInferior) passed++;
    }
    expect(Math.abs(passed / DRAWS - power)).toBeLessThan(chance(power) + 0.01);
  });
});
