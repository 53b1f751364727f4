import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import {
  compareStratified,
  type CompareStratifiedOptions,
  type StratifiedMethod,
} from "../../src/inference/compare-stratified.ts";
import type { MeanStratum, ProportionStratum } from "../../src/inference/stratum.ts";
import { relativeError } from "../support/relative-error.ts";
import { leavesOut } from "../support/leaves-out.ts";

const rates = (x1: number, n1: number, x2: number, n2: number, name?: string): ProportionStratum => ({
  name,
  control: { n: n1, conversions: x1 },
  treatment: { n: n2, conversions: x2 },
});
const codes = ({ warnings }: { warnings: readonly { code: string }[] }): string[] =>
  warnings.map(({ code }) => code);
const METHODS: StratifiedMethod[] = [
  "mantel-haenszel",
  "mantel-haenszel-continuity",
  "exact",
  "inverse-variance",
  "post-stratification",
];

function holdsNaN(value: unknown): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNaN);
}

describe("compareStratified with one stratum", () => {
  const arm = fc.record({
    n: fc.integer({ min: 2, max: 1e6 }),
    mean: fc.double({ min: -3, max: 3, noNaN: true }),
    variance: fc.double({ min: 1e-3, max: 100, noNaN: true }),
  });

  it("is Welch's test for means, whatever the method", () => {
    fc.assert(
      fc.property(
        arm,
        arm,
        fc.constantFrom("inverse-variance" as const, "post-stratification" as const),
        (control, treatment, method) => {
          const one = compareStratified({ strata: [{ control, treatment }], method });
          const welch = compareMeans({ control, treatment });
          expect(one.statistic).toBe(welch.statistic);
          expect(relativeError(one.degreesOfFreedom, welch.degreesOfFreedom)).toBeLessThan(1e-12);
          expect(relativeError(one.pValue!, welch.pValue!)).toBeLessThan(1e-9);
          expect(one.lift.estimate).toBe(welch.lift.estimate);
        },
      ),
    );
  });

  it("is the Wald test for rates by post-stratification, and the Miettinen–Nurminen test by Mantel–Haenszel", () => {
    const count = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(count, count, count, count, (x1, y1, x2, y2) => {
        const stratum = rates(x1, x1 + y1, x2, x2 + y2);
        const wald = compareProportions({ ...stratum, test: "wald" });
        const post = compareStratified({ strata: [stratum], method: "post-stratification" });
        expect(Math.abs(post.statistic! - wald.statistic!)).toBeLessThan(
          1e-12 * Math.max(1, wald.statistic!),
        );
        expect(relativeError(post.lift.interval.upper, wald.lift.interval.upper)).toBeLessThan(1e-9);
        const score = compareProportions({ ...stratum, test: "miettinen-nurminen" });
        const cmh = compareStratified({ strata: [stratum] });
        expect(Math.abs(cmh.statistic! - score.statistic!)).toBeLessThan(
          1e-12 * Math.max(1, Math.abs(score.statistic!)),
        );
      }),
    );
  });
});

describe("compareStratified over strata", () => {
  it("warns of Simpson's paradox", () => {
    // Each stratum is better, the whole is worse: the treatment got the harder stratum.
    const strata = [rates(500, 1000, 110, 200, "easy"), rates(10, 200, 70, 1000, "hard")];
    for (const method of METHODS) {
      const result = compareStratified({ strata, method });
      expect(result.difference.estimate).toBeGreaterThan(0);
      expect(result.treatment.crudeMean).toBeLessThan(result.control.crudeMean);
      expect(codes(result)).toEqual(["SIMPSON", "SHARES_DIFFER"]);
      expect(result.shares!.pValue).toBeLessThan(1e-100);
    }
  });

  it("gives levels whose difference and ratio are the effects", () => {
    const strata = [rates(50, 1000, 60, 900), rates(30, 500, 45, 520), rates(0, 40, 2, 30)];
    for (const method of ["mantel-haenszel", "post-stratification"] as const) {
      const { control, treatment, difference, lift } = compareStratified({ strata, method });
      expect(treatment.mean! - control.mean!).toBeCloseTo(difference.estimate!, 15);
      expect(treatment.mean! / control.mean! - 1).toBeCloseTo(lift.estimate!, 13);
    }
  });

  it("has weights that sum to 1, and strata that keep their order and names", () => {
    const strata = [rates(50, 1000, 60, 900), rates(3, 20, 0, 0, "tablet"), rates(30, 500, 45, 520, "tv")];
    for (const method of METHODS) {
      const result = compareStratified({ strata, method });
      expect(result.strata.map(({ name }) => name)).toEqual(["stratum 1", "tablet", "tv"]);
      expect(result.strata.map(({ isUsed }) => isUsed)).toEqual([true, false, true]);
      expect(result.strata.reduce((sum, { weight }) => sum + weight!, 0)).toBeCloseTo(1, 14);
      expect(result.strata[1]).toMatchObject({ weight: 0, controlN: 20, treatmentN: 0 });
      expect(result.strata[1]!.difference).toMatchObject({ estimate: null, status: "undetermined" });
      expect(codes(result)).toEqual(["STRATA_LEFT_OUT"]);
      expect(result.warnings[0]!.message).toContain("tablet");
      expect(result.control.n).toBe(1500);
    }
  });

  it("leaves out means of one unit, which show no variance", () => {
    const strata: MeanStratum[] = [
      { control: { n: 100, mean: 5, variance: 4 }, treatment: { n: 90, mean: 6, variance: 5 } },
      { control: { n: 1, mean: 5, variance: 0 }, treatment: { n: 90, mean: 6, variance: 5 } },
    ];
    const result = compareStratified({ strata });
    expect(result.strata.map(({ isUsed }) => isUsed)).toEqual([true, false]);
    expect(result.oddsRatio).toBeNull();
    expect(result.homogeneity).toEqual({
      difference: null,
      logOddsRatio: null,
      breslowDay: null,
      tarone: null,
    });
  });

  it("says where the margins leave too little room, by the rule of Mantel and Fleiss", () => {
    const few = compareStratified({ strata: [rates(2, 100, 3, 100), rates(1, 50, 2, 50)] });
    expect(codes(few)).toEqual(["SMALL_COUNTS"]);
    const enough = compareStratified({ strata: [rates(6, 100, 7, 100), rates(1, 50, 2, 50)] });
    expect(codes(enough)).toEqual([]);
    expect(codes(compareStratified({ strata: [rates(2, 100, 3, 100)], method: "exact" }))).toEqual([]);
  });

  it("works with strata of one unit in each arm: pairs, which are McNemar's test", () => {
    const pairs = [
      ...Array.from({ length: 12 }, () => rates(0, 1, 1, 1)),
      rates(1, 1, 0, 1),
      rates(1, 1, 1, 1),
    ];
    const { statistic, oddsRatio } = compareStratified({ strata: pairs });
    expect(relativeError(statistic! ** 2, 121 / 13)).toBeLessThan(1e-14);
    expect(relativeError(oddsRatio!.estimate!, 12)).toBeLessThan(1e-14);
    // R 4.2.2: binom.test(12, 13)$p.value.
    const exact = compareStratified({ strata: pairs, method: "exact" });
    expect(relativeError(exact.pValue!, 0.00341796875)).toBeLessThan(1e-13);
  });

  it("gives nothing converted, and all converted, p = 1 and no lift to know", () => {
    for (const strata of [
      [rates(0, 50, 0, 60), rates(0, 5, 0, 4)],
      [rates(50, 50, 60, 60), rates(5, 5, 4, 4)],
    ]) {
      for (const method of ["mantel-haenszel", "exact", "post-stratification"] as const) {
        const result = compareStratified({ strata, method });
        expect(result.pValue).toBe(1);
        expect(result.oddsRatio).toMatchObject({ estimate: null, status: "undetermined" });
        expect(result.oddsRatio!.interval).toMatchObject({ lower: 0, upper: Infinity });
      }
      const inverse = compareStratified({ strata, method: "inverse-variance" });
      expect(inverse).toMatchObject({ status: "undetermined", pValue: null });
      expect(codes(inverse)).toContain("NO_VARIANCE");
    }
    const none = compareStratified({ strata: [rates(0, 50, 0, 60)] });
    expect(none.lift).toMatchObject({ estimate: null, status: "undetermined" });
    expect(codes(none)).toEqual(["SMALL_COUNTS", "UNDETERMINED_LIFT", "UNDETERMINED_ODDS_RATIO"]);
  });

  it("has an infinite lift over a control without conversions", () => {
    const strata = [rates(0, 50, 3, 60), rates(0, 40, 2, 50)];
    for (const method of ["mantel-haenszel", "exact", "post-stratification"] as const) {
      const { lift, oddsRatio } = compareStratified({ strata, method });
      expect(lift).toMatchObject({ estimate: Infinity, status: "unbounded" });
      expect(oddsRatio).toMatchObject({ estimate: Infinity, status: "unbounded" });
    }
    for (const method of ["mantel-haenszel", "post-stratification"] as const) {
      expect(codes(compareStratified({ strata, method }))).toContain("ZERO_CONTROL_RATE");
    }
    const inverse = compareStratified({ strata, method: "inverse-variance" });
    expect(inverse.lift).toMatchObject({ estimate: null, status: "undetermined" });
    expect(codes(inverse)).toContain("STRATA_WITHOUT_LOG");
  });

  it("does not take a difference without variance for certain", () => {
    const result = compareStratified({ strata: [rates(0, 3, 3, 3)] });
    const { difference, pValue } = result;
    expect(codes(result)).toContain("NO_VARIANCE");
    expect(difference).toMatchObject({ estimate: 1, status: "undetermined" });
    expect(difference.interval).toMatchObject({ lower: -1, upper: 1 });
    expect(pValue).toBeLessThan(0.05);
  });

  it("never returns NaN, and its p-values lie in [0, 1], for any counts up to 1e12", () => {
    const size = fc.constantFrom(0, 1, 2, 3, 20, 1000, 1e6, 1e9, 1e12);
    const share = fc.constantFrom(0, 1e-9, 0.01, 0.5, 0.99, 1);
    const arm = fc.tuple(size, share).map(([n, p]) => ({ n, conversions: Math.round(n * p) }));
    const stratum = fc.record({ control: arm, treatment: arm });
    fc.assert(
      fc.property(
        fc.array(stratum, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...METHODS),
        fc.constantFrom("two-sided" as const, "greater" as const, "less" as const),
        fc.constantFrom(0.2, 0.8, 0.95, 0.999999),
        (strata, method, alternative, confidenceLevel) => {
          let result: ReturnType<typeof compareStratified>;
          try {
            result = compareStratified({ strata, method, alternative, confidenceLevel });
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
            return;
          }
          expect(holdsNaN(result), `${JSON.stringify({ strata, method, alternative })}`).toBe(false);
          if (result.pValue === null) expect(result.status).toBe("undetermined");
          else {
            expect(result.pValue).toBeGreaterThanOrEqual(0);
            expect(result.pValue).toBeLessThanOrEqual(1);
          }
          // A one-sided limit at a level below one half may lie beyond the other end of the parameter.
          if (confidenceLevel < 0.5) return;
          for (const { interval } of [result.difference, result.lift, result.oddsRatio!]) {
            expect(interval.lower).toBeLessThanOrEqual(interval.upper);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("never returns NaN for means of any scale", () => {
    const arm = fc.record({
      n: fc.constantFrom(0, 1, 2, 100, 1e12),
      mean: fc.constantFrom(-1e150, -1, 0, 1e-150, 1, 1e150),
      variance: fc.constantFrom(0, 1e-300, 1, 1e300),
    });
    const fitting = arm.map((one) => (one.n < 2 ? { ...one, variance: 0 } : one));
    fc.assert(
      fc.property(
        fc.array(fc.record({ control: fitting, treatment: fitting }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("inverse-variance" as const, "post-stratification" as const),
        (strata, method) => {
          try {
            const result = compareStratified({ strata, method });
            expect(holdsNaN(result), `${JSON.stringify(strata)}`).toBe(false);
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("the intervals of strata that claim to be duals", () => {
  it("leave out the null value exactly where p is below alpha", () => {
    const arm = fc
      .integer({ min: 1, max: 60 })
      .chain((n) => fc.record({ n: fc.constant(n), conversions: fc.nat(n) }));
    const stratum = fc.record({ control: arm, treatment: arm });
    let claims = 0;
    fc.assert(
      fc.property(
        fc.array(stratum, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...METHODS),
        fc.constantFrom("two-sided" as const, "greater" as const, "less" as const),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (strata, method, alternative, confidenceLevel) => {
          const result = compareStratified({ strata, method, alternative, confidenceLevel });
          const alpha = 1 - confidenceLevel;
          if (result.pValue === null || Math.abs(result.pValue - alpha) < 1e-9) return;
          for (const [{ interval }, at] of [
            [result.difference, 0],
            [result.lift, 0],
            [result.oddsRatio!, 1],
          ] as const) {
            if (!interval.dualToTest) continue;
            claims++;
            expect(leavesOut(interval, at), `${JSON.stringify({ strata, method, alternative })}`).toBe(
              result.pValue < alpha,
            );
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(claims).toBeGreaterThan(200);
  });

  it("swap with the arms", () => {
    const strata = [rates(5, 100, 9, 80), rates(30, 200, 20, 150)];
    const swapped = strata.map(({ control, treatment }) => ({ control: treatment, treatment: control }));
    for (const method of METHODS) {
      const there = compareStratified({ strata, method });
      const back = compareStratified({ strata: swapped, method });
      expect(relativeError(back.pValue!, there.pValue!)).toBeLessThan(1e-12);
      expect(back.difference.estimate).toBeCloseTo(-there.difference.estimate!, 14);
      expect(relativeError(back.oddsRatio!.interval.lower, 1 / there.oddsRatio!.interval.upper)).toBeLessThan(
        1e-9,
      );
    }
  });
});

describe("compareStratified refuses", () => {
  const good = rates(5, 100, 9, 80);
  const mean = { n: 10, mean: 1, variance: 1 };
  const cases: [CompareStratifiedOptions, string][] = [
    [{ strata: [] }, "strata"],
    [{ strata: undefined as never }, "strata"],
    [{ strata: [good, null as never] }, "strata[1]"],
    [{ strata: [{ control: good.control } as never] }, "strata[0].treatment"],
    [{ strata: [good, rates(11, 10, 1, 10)] }, "strata[1].control.conversions"],
    [{ strata: [rates(0, 0, 1, 10)] }, "strata"],
    [{ strata: [{ ...good, name: 3 as never }] }, "strata[0].name"],
    [{ strata: [good, { control: mean, treatment: mean } as never] }, "strata[1].control.conversions"],
    [{ strata: [{ control: mean, treatment: { ...mean, variance: -1 } }] }, "strata[0].treatment.variance"],
    [
      { strata: [{ control: mean, treatment: { n: 1, mean: 1, variance: 2 } }] },
      "strata[0].treatment.variance",
    ],
    [{ strata: [{ control: mean, treatment: mean }], method: "mantel-haenszel" }, "method"],
    [{ strata: [good], method: "fixed" as never }, "method"],
    [{ strata: [good], confidenceLevel: 1 }, "confidenceLevel"],
    [{ strata: [rates(5e11, 1e12, 5e11, 1e12), rates(5e11, 1e12, 5e11, 1e12)], method: "exact" }, "method"],
  ];
  it.each(cases)("%j", (options, field) => {
    let thrown: unknown;
    try {
      compareStratified(options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DomainError);
    expect((thrown as DomainError).field).toBe(field);
  });

  it("never ends a lift below -1", () => {
    const { lift } = compareStratified({
      strata: [
        {
          name: "all",
          control: { n: 120_571_317, conversions: 56_775_020 },
          treatment: { n: 120_571_317, conversions: 0 },
        },
      ],
      method: "post-stratification",
      alternative: "less",
      confidenceLevel: 0.8337,
    });
    expect(lift).toMatchObject({ estimate: -1, interval: { lower: -1, upper: -1 } });
  });
});
