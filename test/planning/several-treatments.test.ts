import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalSf, normalUpperQuantile } from "../../src/numerics/normal.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { minimumDetectableLift } from "../../src/planning/minimum-detectable-lift.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import dunnett from "../reference/inference/dunnett.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const plan = { baseline: 0.05, lift: 0.2 };
/** Dunnett's reference values carry an absolute error of about 1e-12; so far out a tail moves by 2.5 times that. */
const REFERENCE = 1e-11;

/** Reference cases with known variance and treatments of one size. */
const balanced = dunnett.cases.filter(
  ({ df, n_treatments }) => df === null && new Set(n_treatments).size === 1,
);

describe("plans with several treatments", () => {
  it("divide alpha by their number, unless told otherwise", () => {
    const options = { ...plan, treatments: 4 };
    const size = sampleSizeForProportions(options);
    const single = sampleSizeForProportions({ ...plan, alpha: 0.05 / 4 });
    expect(size).toMatchObject({ adjustment: "bonferroni", tailAlpha: 0.05 / 8, control: single.control });
    expect(size.total).toBe(size.control + 4 * size.treatment);
    expect(size.power).toBe(single.power);
    const alone = sampleSizeForProportions({ ...options, adjustment: "none" });
    expect(alone.exact.control).toBe(sampleSizeForProportions(plan).exact.control);
  });

  it("meet Dunnett's critical values, one- and two-sided, at any number and allocation", () => {
    expect(balanced.length).toBeGreaterThanOrEqual(2);
    for (const { n_control, n_treatments, alpha, crit_two, crit_one } of balanced) {
      const treatments = n_treatments.length;
      const sizes = { control: n_control, treatment: n_treatments[0]! };
      const options = { ...plan, ...sizes, alpha, treatments, adjustment: "dunnett" } as const;
      const { tailAlpha } = powerForProportions(options);
      expect(relativeError(tailAlpha, normalSf(crit_two))).toBeLessThan(REFERENCE);
      const upper = powerForProportions({ ...options, alternative: "greater" });
      expect(relativeError(upper.tailAlpha, normalSf(crit_one))).toBeLessThan(REFERENCE);
    }
  });

  it("need fewer units by Dunnett's critical value than by Bonferroni's, and as many with one treatment", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
        (treatments, allocation, alpha) => {
          const options = { ...plan, treatments, allocation, alpha, power: 0.9 };
          const bonferroni = sampleSizeForProportions(options).exact.control;
          const byDunnett = sampleSizeForProportions({ ...options, adjustment: "dunnett" });
          expect(byDunnett.exact.control).toBeLessThan(bonferroni);
          const unadjusted = sampleSizeForProportions({ ...options, adjustment: "none" }).exact.control;
          expect(byDunnett.exact.control).toBeGreaterThan(unadjusted);
        },
      ),
      { numRuns: 15 },
    );
    const single = { ...plan, treatments: 1 };
    expect(sampleSizeForProportions({ ...single, adjustment: "dunnett" }).exact).toEqual(
      sampleSizeForProportions(single).exact,
    );
  });

  it("have one power and one detectable lift per treatment, which invert each other", () => {
    for (const adjustment of ["bonferroni", "dunnett", "none"] as const) {
      const options = { baseline: 0.05, treatments: 3, adjustment, allocation: 0.6 };
      const n = sampleSizeForProportions({ ...options, lift: 0.2 }).exact.control;
      const { power } = powerForProportions({ ...options, lift: 0.2, n });
      expect(relativeError(power, 0.8)).toBeLessThan(1e-12);
      expect(relativeError(minimumDetectableLift({ ...options, n }).lift!, 0.2)).toBeLessThan(1e-12);
    }
  });

  it("keep the family-wise error at alpha and each treatment's power by Dunnett, simulated within 4 errors", () => {
    const draws = 20_000;
    const treatments = 3;
    const options = { ...plan, treatments, adjustment: "dunnett", allocation: "optimal" } as const;
    const { control, treatment, tailAlpha, power } = sampleSizeForProportions(options);
    const critical = normalUpperQuantile(tailAlpha);
    const random = createRandom(20_261_201);
    const zOf = (x1: number, x2: number): number => {
      const pooled = (x1 + x2) / (control + treatment);
      return (
        (x2 / treatment - x1 / control) / Math.sqrt(pooled * (1 - pooled) * (1 / control + 1 / treatment))
      );
    };
    let falseAlarms = 0;
    let detected = 0;
    for (let i = 0; i < draws; i++) {
      const x1 = random.binomial(control, 0.05);
      const nulls = Array.from({ length: treatments }, () => zOf(x1, random.binomial(treatment, 0.05)));
      if (nulls.some((z) => Math.abs(z) > critical)) falseAlarms++;
      if (zOf(x1, random.binomial(treatment, 0.06)) > critical) detected++;
    }
    const error = (p: number): number => Math.sqrt((p * (1 - p)) / draws);
    expect(Math.abs(falseAlarms / draws - 0.05)).toBeLessThan(4 * error(0.05));
    expect(Math.abs(detected / draws - power)).toBeLessThan(4 * error(power));
  });

  it.each([
    ["treatments", { treatments: 0 }],
    ["treatments", { treatments: 1.5 }],
    ["treatments", { treatments: 1001 }],
    ["treatments", { treatments: 0, allocation: "optimal" }],
    ["treatments", { treatments: "3" as unknown as number, allocation: "optimal" }],
    ["adjustment", { adjustment: "holm" as "none" }],
    ["allocation", { allocation: "best" as "optimal" }],
  ] as const)("name %s when it is wrong: %j", (field, options) => {
    expect(() => sampleSizeForProportions({ ...plan, ...options })).toThrow(new RegExp(`^${field} = `));
  });
});

describe("the optimal allocation", () => {
  it("is 1 over the root of the number of treatments where both arms vary alike", () => {
    for (const treatments of [1, 2, 4, 9, 100]) {
      for (const size of [
        sampleSizeForProportions({ ...plan, treatments, test: "arcsine", allocation: "optimal" }),
        sampleSizeForMeans({
          difference: 1,
          standardDeviation: 30,
          test: "z",
          treatments,
          allocation: "optimal",
        }),
      ]) {
        expect(relativeError(size.allocation, 1 / Math.sqrt(treatments))).toBeLessThan(1e-11);
      }
    }
  });

  it("is Neyman's where each arm has a variance of its own: the ratio of deviations over the same root", () => {
    const standardDeviation = { control: 3, treatment: 12 };
    const size = sampleSizeForMeans({
      difference: 1,
      standardDeviation,
      treatments: 4,
      allocation: "optimal",
      test: "z",
    });
    expect(relativeError(size.allocation, 2)).toBeLessThan(1e-11);
    const wald = sampleSizeForProportions({ ...plan, test: "wald", allocation: "optimal" });
    expect(relativeError(wald.allocation, Math.sqrt((0.06 * 0.94) / (0.05 * 0.95)))).toBeLessThan(1e-11);
  });

  it("asks for no more units than its neighbours, whatever test and adjustment", () => {
    fc.assert(
      fc.property(
        fc.record({
          baseline: fc.double({ min: 1e-4, max: 0.6, noNaN: true }),
          lift: fc.double({ min: -0.5, max: 0.5, noNaN: true }).filter((x) => Math.abs(x) > 0.01),
          alpha: fc.double({ min: 1e-3, max: 0.2, noNaN: true }),
          power: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
          treatments: fc.integer({ min: 1, max: 20 }),
          test: fc.constantFrom("score" as const, "yates" as const, "wald" as const, "arcsine" as const),
          adjustment: fc.constantFrom("bonferroni" as const, "none" as const),
        }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (options, elsewhere) => {
          const best = sampleSizeForProportions({ ...options, allocation: "optimal" });
          const others = [elsewhere, best.allocation * 0.999, best.allocation * 1.001];
          for (const allocation of others) {
            const { total } = sampleSizeForProportions({ ...options, allocation }).exact;
            expect(best.exact.total).toBeLessThanOrEqual(total * (1 + 1e-12));
          }
        },
      ),
    );
    const options = { ...plan, treatments: 5, adjustment: "dunnett" } as const;
    const best = sampleSizeForProportions({ ...options, allocation: "optimal" });
    for (const factor of [0.5, 0.99, 1.01, 2]) {
      const allocation = best.allocation * factor;
      expect(best.exact.total).toBeLessThan(sampleSizeForProportions({ ...options, allocation }).exact.total);
    }
  });

  it("is the rule for equal variances where no number of units is enough", () => {
    const none = sampleSizeForProportions({ baseline: 0.05, lift: 0, treatments: 4, allocation: "optimal" });
    expect(none).toMatchObject({ status: "unbounded", control: Infinity, allocation: 0.5 });
  });
});

describe("plans with a covariate, strata or clusters", () => {
  const n = sampleSizeForProportions(plan).exact.control;

  it("need 1 − ρ² of the units with a covariate, and 1 − R² with strata", () => {
    const cuped = sampleSizeForProportions({ ...plan, varianceReduction: { covariateCorrelation: -0.6 } });
    expect(relativeError(cuped.exact.control, n * 0.64)).toBeLessThan(1e-14);
    expect(cuped.varianceFactor).toBeCloseTo(0.64, 15);
    const strata = sampleSizeForProportions({ ...plan, varianceReduction: { explainedVariance: 0.25 } });
    expect(relativeError(strata.exact.control, n * 0.75)).toBeLessThan(1e-14);
  });

  it("need the design effect of the clusters times the units: 1 + (m − 1) ICC, more where sizes vary", () => {
    const clusters = { size: 11, intraclassCorrelation: 0.02 };
    const even = sampleSizeForProportions({ ...plan, clusters });
    expect(relativeError(even.exact.control, n * 1.2)).toBeLessThan(1e-14);
    const uneven = sampleSizeForProportions({ ...plan, clusters: { ...clusters, sizeVariation: 2 } });
    expect(relativeError(uneven.exact.control, n * (1 + (5 * 11 - 1) * 0.02))).toBeLessThan(1e-14);
    const both = sampleSizeForProportions({
      ...plan,
      clusters,
      varianceReduction: { covariateCorrelation: 0.5 },
    });
    expect(relativeError(both.exact.control, n * 1.2 * 0.75)).toBeLessThan(1e-14);
  });

  it("have the power of the effective units, and detect what these detect", () => {
    const options = { clusters: { size: 5, intraclassCorrelation: 0.1 }, test: "wald" } as const;
    expect(powerForProportions({ ...plan, ...options, n: 1400 }).power).toBe(
      powerForProportions({ ...plan, test: "wald", n: 1000 }).power,
    );
    expect(minimumDetectableLift({ baseline: 0.05, ...options, n: 14_000 }).lift).toBe(
      minimumDetectableLift({ baseline: 0.05, test: "wald", n: 10_000 }).lift,
    );
  });

  it.each([
    ["varianceReduction.covariateCorrelation", { varianceReduction: {} }],
    ["varianceReduction.covariateCorrelation", { varianceReduction: { covariateCorrelation: 1 } }],
    ["varianceReduction.covariateCorrelation", { varianceReduction: { covariateCorrelation: Number.NaN } }],
    ["varianceReduction.explainedVariance", { varianceReduction: { explainedVariance: 1 } }],
    ["varianceReduction", { varianceReduction: 0.5 as unknown as object }],
    ["clusters.size", { clusters: { size: 0.5, intraclassCorrelation: 0 } }],
    ["clusters.intraclassCorrelation", { clusters: { size: 2, intraclassCorrelation: 1.5 } }],
    ["clusters.sizeVariation", { clusters: { size: 2, intraclassCorrelation: 0.1, sizeVariation: -1 } }],
  ])("name %s when it is wrong: %j", (field, options) => {
    const attempt = (): unknown => sampleSizeForProportions({ ...plan, ...options });
    expect(attempt).toThrow(new RegExp(`^${field.replace(".", "\\.")} = `));
  });
});
