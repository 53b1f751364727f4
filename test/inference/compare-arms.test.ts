import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { adjustPValues } from "../../src/inference/adjust-p-values.ts";
import type { Arm } from "../../src/inference/arm-family.ts";
import { type ArmsAdjustmentMethod, compareArms } from "../../src/inference/compare-arms.ts";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { oneFactorSf, oneFactorUpperQuantile } from "../../src/numerics/one-factor-normal.ts";
import dunnett from "../reference/inference/dunnett.json" with { type: "json" };
import manyArms from "../reference/inference/many-arms.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const named = <A extends object>(arms: readonly A[]): (A & { name: string })[] =>
  arms.map((arm, i) => ({ name: `treatment ${i + 1}`, ...arm }));

const ADJUSTMENTS: readonly ArmsAdjustmentMethod[] = [
  "none",
  "bonferroni",
  "sidak",
  "holm",
  "hochberg",
  "hommel",
  "benjamini-hochberg",
  "benjamini-yekutieli",
  "dunnett",
  "dunnett-step-down",
];
const SINGLE_STEP = ["bonferroni", "sidak", "dunnett"] as const;

const rate = fc
  .record({ n: fc.integer({ min: 1, max: 3000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ n, share }) => ({ n, conversions: Math.round(n * share ** 3) }));
const mean = fc.record({
  n: fc.integer({ min: 2, max: 400 }),
  mean: fc.double({ min: -3, max: 8, noNaN: true }),
  variance: fc.double({ min: 0.01, max: 50, noNaN: true }),
});
const armsOf = (arm: fc.Arbitrary<Arm>): fc.Arbitrary<[Arm, Arm[]]> =>
  fc.tuple(arm, fc.array(arm, { minLength: 1, maxLength: 4 }));
const someArms = fc.oneof(armsOf(rate), armsOf(mean));

/** Means of one standard deviation whose t statistics with one variance are those of a row. */
function pooledArms(row: (typeof dunnett.cases)[number]): { n: number; mean: number; variance: number }[] {
  return row.n_treatments.map((n, i) => ({
    n,
    mean: row.t[i]! * Math.sqrt(1 / n + 1 / row.n_control),
    variance: 1,
  }));
}

describe("compareArms", () => {
  it("is Dunnett's test of means with one variance, to 1e-11", () => {
    const rows = dunnett.cases.filter(({ df }) => df !== null);
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      const of = (adjustment: ArmsAdjustmentMethod, alternative: "two-sided" | "greater") =>
        compareArms({
          control: { n: row.n_control, mean: 0, variance: 1 },
          treatments: named(pooledArms(row)),
          test: "pooled",
          adjustment,
          alternative,
          confidenceLevel: 1 - row.alpha,
        });
      const two = of("dunnett", "two-sided");
      const greater = of("dunnett", "greater");
      const steps = of("dunnett-step-down", "two-sided");
      row.t.forEach((_, i) => {
        expect(relativeError(two.treatments[i]!.adjustedPValue!, row.p_adj_two[i]!)).toBeLessThan(1e-11);
        expect(relativeError(greater.treatments[i]!.adjustedPValue!, row.p_adj_greater[i]!)).toBeLessThan(
          1e-11,
        );
        expect(relativeError(steps.treatments[i]!.adjustedPValue!, row.p_adj_two_stepdown[i]!)).toBeLessThan(
          1e-11,
        );
        const { estimate, standardError } = two.treatments[i]!.comparison.difference;
        const { lower } = two.treatments[i]!.simultaneous!.difference;
        expect((estimate! - lower) / standardError!).toBeCloseTo(row.crit_two, 11);
      });
    }
  });

  it("has the law of proportions and of many units at infinite degrees of freedom, to 1e-11 and the 1e-18 that the table has", () => {
    for (const row of dunnett.cases.filter(({ df }) => df === null)) {
      const law = { loadings: row.correlation_factor, df: Infinity, isTwoSided: true };
      expect(relativeError(oneFactorUpperQuantile(row.alpha, law), row.crit_two)).toBeLessThan(1e-11);
      row.t.forEach((t, i) => {
        const p = oneFactorSf(
          row.t.map(() => Math.abs(t)),
          law,
        );
        const expected = row.p_adj_two[i]!;
        expect(Math.abs(p - expected)).toBeLessThan(1e-11 * expected + 1e-18);
      });
    }
  });

  it("is Dunnett's test of rates and of means that vary unlike, from the definition, to 1e-11", () => {
    for (const { test, arms, out } of manyArms.dunnett) {
      const [control, ...treatments] = arms as { n: number; conversions: number }[];
      const of = (adjustment: ArmsAdjustmentMethod, alternative: "two-sided" | "greater") =>
        compareArms({
          control: control!,
          treatments: named(treatments),
          test: test as "score",
          adjustment,
          alternative,
        });
      const two = of("dunnett", "two-sided");
      expect(relativeError(two.singleConfidenceLevel!, out.singleConfidenceLevel)).toBeLessThan(1e-12);
      const pairs = [
        [two, out.two],
        [of("dunnett", "greater"), out.greater],
        [of("dunnett-step-down", "two-sided"), out.stepDown],
      ] as const;
      for (const [result, expected] of pairs) {
        result.treatments.forEach(({ adjustedPValue }, i) =>
          expect(relativeError(adjustedPValue!, expected[i]!)).toBeLessThan(1e-11),
        );
      }
    }
  });

  it("leaves a single treatment as it is, whatever the adjustment", () => {
    const control = { n: 1000, conversions: 40 };
    const treatment = { n: 1200, conversions: 71 };
    const plain = compareProportions({ control, treatment });
    for (const adjustment of ADJUSTMENTS) {
      const { treatments } = compareArms({ control, treatments: named([treatment]), adjustment });
      expect(treatments[0]!.comparison).toEqual(plain);
      expect(relativeError(treatments[0]!.adjustedPValue!, plain.pValue!)).toBeLessThan(1e-12);
      const { simultaneous } = treatments[0]!;
      if (simultaneous) expect(simultaneous.lift.lower).toBeCloseTo(plain.lift.interval.lower, 12);
    }
  });

  it("compares each treatment as the comparison of two arms does", () => {
    const control = { n: 30, mean: 4, variance: 2 };
    const arms = [
      { n: 25, mean: 5, variance: 3 },
      { n: 31, mean: 4.2, variance: 1 },
    ];
    const result = compareArms({
      control,
      treatments: named(arms),
      liftMethod: "delta",
      alternative: "less",
    });
    expect(result.test).toBe("welch");
    result.treatments.forEach(({ comparison, adjustedPValue }, i) => {
      expect(comparison).toEqual(
        compareMeans({
          control,
          treatment: arms[i]!,
          liftMethod: "delta",
          alternative: "less",
        }),
      );
      expect(adjustedPValue).toBeGreaterThanOrEqual(comparison.pValue!);
    });
    const ratio = {
      n: 50,
      numerator: { mean: 2, variance: 1 },
      denominator: { mean: 3, variance: 1 },
      covariance: 0.5,
    };
    const better = { ...ratio, numerator: { mean: 2.5, variance: 1 } };
    const ratios = compareArms({ control: ratio, treatments: named([better, ratio]), adjustment: "dunnett" });
    expect(ratios.treatments[0]!.comparison).toEqual(compareRatios({ control: ratio, treatment: better }));
    expect(ratios.treatments[0]!.simultaneous!.oddsRatio).toBeNull();
    const quiet = { n: 400, events: 600, variance: 2 };
    const busy = { n: 380, events: 680, variance: 2.5 };
    const counts = compareArms({ control: quiet, treatments: named([busy, quiet]), adjustment: "dunnett" });
    expect(counts.test).toBe("quasi-poisson");
    expect(counts.treatments[0]!.comparison).toEqual(compareCounts({ control: quiet, treatment: busy }));
    const unlike = compareArms({ control: quiet, treatments: named([busy, { n: 400, events: 590 }]) });
    expect(unlike.treatments.map(({ comparison }) => comparison.method)).toEqual(["score", "score"]);
  });

  it("adjusts the p-values of the comparisons by the method named", () => {
    const control = { n: 5000, conversions: 300 };
    const arms = [330, 352, 361, 290].map((conversions) => ({ n: 5000, conversions }));
    for (const adjustment of ADJUSTMENTS.slice(0, 8)) {
      const { treatments } = compareArms({ control, treatments: named(arms), adjustment });
      const expected = adjustPValues(
        treatments.map(({ comparison }) => comparison.pValue!),
        adjustment as "holm",
      );
      treatments.forEach(({ adjustedPValue, adjustedLogPValue }, i) => {
        expect(adjustedPValue).toBe(expected[i]);
        expect(Math.exp(adjustedLogPValue!)).toBeCloseTo(expected[i]!, 12);
      });
    }
  });

  it("rejects in a single step exactly where the simultaneous interval excludes no effect", () => {
    fc.assert(
      fc.property(
        someArms,
        fc.constantFrom(...SINGLE_STEP),
        fc.constantFrom("two-sided", "greater", "less"),
        fc.constantFrom(0.5, 0.8, 0.95, 0.999),
        ([control, arms], adjustment, alternative, confidenceLevel) => {
          const result = compareArms({
            control,
            treatments: named(arms),
            adjustment,
            alternative,
            confidenceLevel,
          });
          const alpha = 1 - confidenceLevel;
          for (const { adjustedPValue, rejected, simultaneous } of result.treatments) {
            if (adjustedPValue === null || Math.abs(adjustedPValue / alpha - 1) < 1e-9) continue;
            expect(rejected).toBe(adjustedPValue < alpha);
            const scales = [
              [simultaneous!.difference, 0],
              [simultaneous!.lift, 0],
              [simultaneous!.oddsRatio, 1],
            ] as const;
            for (const [interval, none] of scales) {
              if (!interval?.dualToTest) continue;
              const { lower, upper, excluded } = interval;
              const inGap = excluded !== null && none > excluded.lower && none < excluded.upper;
              expect(none < lower || none > upper || inGap).toBe(rejected);
              expect(interval.confidenceLevel).toBe(confidenceLevel);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("never lowers a p-value, and orders the procedures by their power", () => {
    fc.assert(
      fc.property(someArms, ([control, arms]) => {
        const of = (adjustment: ArmsAdjustmentMethod): number[] =>
          compareArms({ control, treatments: named(arms), adjustment }).treatments.map(
            (t) => t.adjustedPValue ?? 1,
          );
        const [none, steps, dunnettTest, sidak, bonferroni, holm] = (
          ["none", "dunnett-step-down", "dunnett", "sidak", "bonferroni", "holm"] as const
        ).map(of);
        none!.forEach((raw, i) => {
          const chain = [raw, steps![i]!, dunnettTest![i]!, sidak![i]!, bonferroni![i]!];
          chain.slice(1).forEach((p, k) => expect(p).toBeGreaterThanOrEqual(chain[k]! * (1 - 1e-11)));
          expect(steps![i]!).toBeLessThanOrEqual(holm![i]! * (1 + 1e-11));
        });
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same answers in whatever order the treatments stand", () => {
    fc.assert(
      fc.property(someArms, fc.constantFrom(...ADJUSTMENTS), ([control, arms], adjustment) => {
        const of = (treatments: readonly object[]) =>
          compareArms({ control, treatments: named(treatments) as never, adjustment }).treatments;
        const there = of(arms).map((t) => t.adjustedLogPValue ?? 0);
        const back = of(arms.toReversed()).map((t) => t.adjustedLogPValue ?? 0);
        back.toReversed().forEach((log, i) => expect(log).toBeCloseTo(there[i]!, 10));
      }),
      { numRuns: 60 },
    );
  });
});

describe("compareArms at the edges", () => {
  it("keeps the logs of p-values that no double holds", () => {
    const control = { n: 1e9, conversions: 1e7 };
    const arms = [
      { n: 1e9, conversions: 2e7 },
      { n: 1e9, conversions: 1.9e7 },
    ];
    for (const adjustment of ADJUSTMENTS) {
      const { treatments } = compareArms({ control, treatments: named(arms), adjustment });
      for (const { adjustedPValue, adjustedLogPValue, comparison, rejected } of treatments) {
        expect(adjustedPValue).toBe(0);
        expect(rejected).toBe(true);
        expect(adjustedLogPValue).toBeGreaterThanOrEqual(comparison.logPValue! * (1 + 1e-12));
        expect(adjustedLogPValue).toBeLessThanOrEqual(comparison.logPValue! + Math.log(3.1));
        expect(adjustedLogPValue).toBeLessThan(-1e5);
      }
    }
  });

  it("finds nothing where nobody converted, or everybody did", () => {
    for (const share of [0, 1]) {
      const arm = { n: 50, conversions: 50 * share };
      for (const adjustment of ADJUSTMENTS) {
        const { treatments } = compareArms({ control: arm, treatments: named([arm, arm, arm]), adjustment });
        for (const { adjustedPValue, rejected } of treatments) {
          expect(adjustedPValue).toBe(1);
          expect(rejected).toBe(false);
        }
      }
    }
  });

  it("counts a comparison without an answer, and gives it none", () => {
    const control = { n: 100, conversions: 0 };
    const arms = [
      { n: 100, conversions: 100 },
      { n: 100, conversions: 50 },
    ];
    for (const adjustment of ADJUSTMENTS) {
      const { treatments } = compareArms({ control, treatments: named(arms), adjustment, test: "wald" });
      expect(treatments[0]!.adjustedPValue).toBeNull();
      expect(treatments[0]!.adjustedLogPValue).toBeNull();
      expect(treatments[0]!.rejected).toBe(false);
      expect(treatments[1]!.adjustedPValue).toBeLessThan(1e-20);
    }
    const bonferroni = compareArms({
      control,
      treatments: named(arms),
      adjustment: "bonferroni",
      test: "wald",
    });
    const { comparison, adjustedPValue } = bonferroni.treatments[1]!;
    expect(adjustedPValue).toBe(2 * comparison.pValue!);
  });

  it("takes fifty treatments, and treatments of one unit beside a million", () => {
    const arms = Array.from({ length: 50 }, (_, i) => ({ n: 900 + 7 * i, conversions: 90 + i }));
    for (const adjustment of ADJUSTMENTS) {
      const { treatments } = compareArms({
        control: { n: 1000, conversions: 80 },
        treatments: named(arms),
        adjustment,
      });
      expect(treatments).toHaveLength(50);
      treatments.forEach((t) =>
        expect(t.adjustedPValue).toBeGreaterThanOrEqual(t.comparison.pValue! * (1 - 1e-12)),
      );
      const uneven = compareArms({
        control: { n: 1e12, conversions: 5e11 },
        treatments: named([
          { n: 1, conversions: 1 },
          { n: 1, conversions: 0 },
        ]),
        adjustment,
      });
      uneven.treatments.forEach((t) => expect(t.adjustedPValue).toBeGreaterThan(0.3));
      const lonely = compareArms({
        control: { n: 1, conversions: 1 },
        treatments: named([
          { n: 1e12, conversions: 5e11 },
          { n: 1e15, conversions: 5e14 },
        ]),
        adjustment,
      });
      lonely.treatments.forEach((t) => expect(t.adjustedPValue).toBeLessThanOrEqual(1));
    }
  });

  it("gives tied treatments one adjusted p-value", () => {
    const arm = { n: 1000, conversions: 70 };
    for (const adjustment of ADJUSTMENTS) {
      const { treatments } = compareArms({
        control: { n: 1000, conversions: 50 },
        treatments: named([arm, arm, { n: 1000, conversions: 40 }, arm]),
        adjustment,
      });
      expect(treatments[1]!.adjustedPValue).toBe(treatments[0]!.adjustedPValue);
      expect(treatments[3]!.adjustedPValue).toBe(treatments[0]!.adjustedPValue);
    }
  });

  it("takes arms of means without variance", () => {
    const still = { n: 10, mean: 1, variance: 0 };
    const moving = { n: 10, mean: 1.5, variance: 1 };
    for (const adjustment of ADJUSTMENTS) {
      const { treatments } = compareArms({
        control: still,
        treatments: named([moving, still, moving]),
        adjustment,
      });
      expect(treatments[1]!.adjustedPValue).toBe(1);
      expect(treatments[0]!.adjustedPValue).toBeGreaterThan(0);
      const other = compareArms({ control: moving, treatments: named([still, still]), adjustment });
      expect(other.treatments[0]!.adjustedPValue).toBeGreaterThan(0);
    }
  });

  it("says what it controls, and why there are no intervals", () => {
    const options = {
      control: { n: 100, conversions: 5 },
      treatments: named([
        { n: 100, conversions: 9 },
        { n: 100, conversions: 7 },
      ]),
    };
    const of = (adjustment: ArmsAdjustmentMethod) => compareArms({ ...options, adjustment });
    expect(compareArms(options).method).toBe("holm");
    expect(of("holm").noIntervalsReason).toContain("in steps");
    expect(of("holm").treatments[0]!.simultaneous).toBeNull();
    expect(of("benjamini-hochberg").controls).toBe("false-discovery-rate");
    expect(of("none").controls).toBeNull();
    expect(of("none").warnings.map(({ code }) => code)).toEqual(["UNADJUSTED"]);
    expect(of("dunnett").controls).toBe("family-wise-error-rate");
    expect(of("dunnett").noIntervalsReason).toBeNull();
    expect(structuredClone(of("dunnett"))).toEqual(of("dunnett"));
  });
});

describe("compareArms refuses", () => {
  const control = { n: 100, conversions: 5 };
  const arm = { name: "a", n: 100, conversions: 9 };
  it.each([
    [{ control, treatments: [] }, "treatments = [], must be a list of at least 1 arm"],
    [{ control, treatments: [{ n: 100, conversions: 9 }] }, "treatments[0].name = undefined, must be a text"],
    [{ control, treatments: [arm, arm] }, 'treatments[1].name = "a", must not be another arm\'s name'],
    [
      { control, treatments: [{ ...arm, conversions: 101 }] },
      "treatments[0].conversions = 101, must be at most n = 100",
    ],
    [
      { control, treatments: [{ name: "a", n: 3, mean: 1, variance: 1 }] },
      "treatments[0].conversions = undefined, must be there",
    ],
    [{ control: { n: 3 }, treatments: [arm] }, "control.conversions = undefined, must be there"],
    [{ control, treatments: [arm], adjustment: "scheffe" }, 'adjustment = "scheffe", must be one of'],
    [{ control, treatments: [arm], test: "welch" }, 'test = "welch", must be one of'],
    [
      {
        control: { n: 9, events: 9, variance: 1 },
        treatments: [{ name: "a", n: 9, events: 3 }],
        test: "quasi-poisson",
      },
      "treatments[0].variance = undefined, must be given",
    ],
    [{ control, treatments: [arm], liftMethod: "delta" }, 'liftMethod = "delta", must be left out'],
    [
      { control: { n: 1, mean: 1, variance: 0 }, treatments: [{ name: "a", n: 5, mean: 1, variance: 1 }] },
      "control.n = 1, must be a whole number at or above 2",
    ],
  ])("%j", (options, message) => {
    expect(() => compareArms(options as never)).toThrow(DomainError);
    expect(() => compareArms(options as never)).toThrow(message);
  });
});
