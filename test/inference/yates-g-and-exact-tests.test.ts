import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareProportions, type ProportionTestName } from "../../src/inference/compare-proportions.ts";
import { exactDifferenceInterval } from "../../src/inference/exact-difference-interval.ts";
import { nullSupremum } from "../../src/models/null-supremum.ts";
import { fisherRegion, pooledZRegion } from "../../src/models/upper-region.ts";
import { binomialLogPmf } from "../../src/numerics/binomial-tails.ts";
import approximate from "../reference/inference/yates-and-g-tests.json" with { type: "json" };
import profile from "../reference/inference/profile-limits.json" with { type: "json" };
import small from "../reference/inference/unconditional-small-tables.json" with { type: "json" };
import unconditional from "../reference/inference/unconditional-tests.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";

const arm = (conversions: number, n: number): { n: number; conversions: number } => ({ n, conversions });
const SIDES = [
  ["two-sided", "p_two", "logp_two"],
  ["greater", "p_greater", "logp_greater"],
  ["less", "p_less", "logp_less"],
] as const;

describe("Yates and the G-test", () => {
  it.each(["yates", "g"] as const)(
    "%s has the p-values of 60 digits to 1e-12, and their logs to 1e-14",
    (test) => {
      let compared = 0;
      for (const row of approximate.cases) {
        const expected = row[test];
        for (const [alternative, p, logP] of SIDES) {
          const result = compareProportions({ ...row, test, alternative });
          if (expected[p] === "NaN" || expected[p] === null) {
            expect(result).toMatchObject({ statistic: 0, pValue: alternative === "two-sided" ? 1 : 0.5 });
            continue;
          }
          expect(relativeError(result.pValue!, Number(expected[p]))).toBeLessThan(1e-12);
          const log = Number(expected[logP]);
          expect(Math.abs(result.logPValue! - log)).toBeLessThan(1e-14 * Math.max(1, Math.abs(log)));
          compared++;
        }
      }
      expect(compared).toBeGreaterThan(150);
    },
  );

  it("takes the sign of the difference, and Yates no more than all of it", () => {
    const signs = (["yates", "g"] as const).map((test) =>
      Math.sign(compareProportions({ control: arm(30, 100), treatment: arm(20, 100), test }).statistic!),
    );
    expect(signs).toEqual([-1, -1]);
    expect(compareProportions({ control: arm(7, 10), treatment: arm(7, 9), test: "yates" })).toMatchObject({
      statistic: 0,
      pValue: 1,
    });
  });

  it("keeps the log p-value of G far below the smallest double", () => {
    const { pValue, logPValue, statistic } = compareProportions({
      control: arm(0, 1e6),
      treatment: arm(1e6, 1e6),
      test: "g",
    });
    // G = 2N ln 2 with N units in all.
    expect(statistic! ** 2 / (4e6 * Math.LN2)).toBeCloseTo(1, 14);
    expect(pValue).toBe(0);
    expect(logPValue).toBeGreaterThan(-1.4e6);
  });

  it.each([
    [arm(2, 3), arm(0, 453_890_772_227), -10.235859315804465],
    [arm(0, 1), arm(1e9, 1e9), 6.591398309531356],
    [arm(2, 2), arm(0, 1e12), -10.571258001840576],
  ])(
    "keeps its digits where few units face very many: %o against %o (mpmath, 80 digits)",
    (control, treatment, root) => {
      const { statistic } = compareProportions({ control, treatment, test: "g" });
      expect(relativeError(statistic!, root)).toBeLessThan(1e-14);
    },
  );
});

describe("profile-likelihood intervals beside the G-test", () => {
  // Largest error seen: 4e-15.
  it("agree with a search in 40 digits to 1e-13", () => {
    for (const { control, treatment, confidenceLevel, difference, ratio, oddsRatio } of profile.cases) {
      const result = compareProportions({ control, treatment, confidenceLevel, test: "g" });
      expect(endError(result.difference.interval, difference as [number, number])).toBeLessThan(1e-13);
      const { lower, upper } = result.lift.interval;
      [lower + 1, upper + 1].forEach((end, i) => {
        if (ratio[i] !== null) expect(relativeError(end, Number(ratio[i]))).toBeLessThan(1e-13);
      });
      [result.oddsRatio.interval.lower, result.oddsRatio.interval.upper].forEach((end, i) => {
        if (oddsRatio[i] !== null) expect(relativeError(end, Number(oddsRatio[i]))).toBeLessThan(1e-13);
      });
    }
  });

  it("ends at −(1 − e^(−χ²/2n)) where nobody converted, and leaves the ratios open", () => {
    const result = compareProportions({ control: arm(0, 50), treatment: arm(0, 80), test: "g" });
    const half = 1.959963984540054 ** 2 / 2;
    expect(result.difference.interval.lower).toBeCloseTo(Math.expm1(-half / 50), 14);
    expect(result.difference.interval.upper).toBeCloseTo(-Math.expm1(-half / 80), 14);
    expect(result.lift.interval).toMatchObject({ lower: -1, upper: Infinity });
    expect(result.oddsRatio.interval).toMatchObject({ lower: 0, upper: Infinity });
  });
});

describe("Barnard and Boschloo", () => {
  it("have the p-values of an enumeration in numpy to 1e-12, both rules for two sides", () => {
    for (const { control, treatment, barnard, boschloo } of small.cases) {
      const p = (
        test: ProportionTestName,
        alternative: "greater" | "less" | "two-sided",
        central = false,
      ): number =>
        compareProportions({
          control,
          treatment,
          test,
          alternative,
          twoSided: central ? "central" : "minimum-likelihood",
        }).pValue!;
      expect(relativeError(p("barnard", "two-sided"), barnard.p_two)).toBeLessThan(1e-12);
      expect(relativeError(p("barnard", "greater"), barnard.p_greater)).toBeLessThan(1e-12);
      expect(relativeError(p("barnard", "less"), barnard.p_less)).toBeLessThan(1e-12);
      expect(relativeError(p("boschloo", "two-sided"), boschloo.p_two_fisherstat)).toBeLessThan(1e-12);
      expect(relativeError(p("boschloo", "two-sided", true), boschloo.p_two_doubled)).toBeLessThan(1e-12);
      expect(relativeError(p("boschloo", "greater"), boschloo.p_greater)).toBeLessThan(1e-12);
      expect(relativeError(p("boschloo", "less"), boschloo.p_less)).toBeLessThan(1e-12);
    }
  });

  it("have those of exact integers and 30 digits to 1e-13: unequal arms, single units, far tails", () => {
    for (const row of unconditional.cases) {
      for (const test of ["barnard", "boschloo"] as const) {
        for (const [alternative, key] of [
          ["greater", "Greater"],
          ["less", "Less"],
          ["two-sided", "TwoSided"],
        ] as const) {
          const result = compareProportions({ ...row, test, alternative });
          const [p, logP] = row[`${test}${key}`] as [number, number];
          expect(relativeError(result.pValue!, p)).toBeLessThan(1e-13);
          expect(Math.abs(result.logPValue! - logP)).toBeLessThan(1e-13 * Math.max(1, Math.abs(logP)));
        }
      }
    }
  });

  it("keep the log p-value far below the smallest double", () => {
    const arms = { control: arm(0, 1000), treatment: arm(1000, 1000) };
    for (const test of ["barnard", "boschloo"] as const) {
      // All of one arm and none of the other, either way: 2 · 2^−2000 at a rate of one half.
      const { pValue, logPValue } = compareProportions({ ...arms, test });
      expect(pValue).toBe(0);
      expect(logPValue! / (-1999 * Math.LN2)).toBeCloseTo(1, 13);
    }
  });

  it("find nothing where none or all converted", () => {
    for (const conversions of [0, 5]) {
      for (const test of ["barnard", "boschloo", "fisher"] as const) {
        const arms = { control: arm(conversions, 5), treatment: arm(conversions, 5), test };
        expect(compareProportions(arms)).toMatchObject({ pValue: 1, logPValue: 0, status: "ok" });
        expect(compareProportions({ ...arms, alternative: "greater" }).pValue).toBe(1);
      }
    }
  });

  it("refuse more than 1e7 tables and name the score test; 1e7 themselves are welcome", () => {
    const arms = { control: arm(30, 1000), treatment: arm(400, 10_001) };
    for (const test of ["barnard", "boschloo"] as const) {
      expect(() => compareProportions({ ...arms, test })).toThrow(DomainError);
      expect(() => compareProportions({ ...arms, test })).toThrow('"score"');
      const { pValue } = compareProportions({ ...arms, treatment: arm(400, 10_000), test });
      expect(pValue).toBeGreaterThan(0.05);
    }
  });
});

const tables = fc
  .record({ n1: fc.integer({ min: 1, max: 60 }), n2: fc.integer({ min: 1, max: 60 }), wide: fc.boolean() })
  .chain(({ n1, n2, wide }) => {
    const second = wide ? 5 * n2 : n2;
    return fc.record({
      control: fc.integer({ min: 0, max: n1 }).map((x) => arm(x, n1)),
      treatment: fc.integer({ min: 0, max: second }).map((x) => arm(x, second)),
    });
  });

describe("the supremum over the nuisance", () => {
  it("is nowhere exceeded on a fine grid, and is reached", () => {
    fc.assert(
      fc.property(
        tables,
        fc.double({ min: -30, max: -0.001, noNaN: true }),
        ({ control, treatment }, logLevel) => {
          const regions = [fisherRegion(control.n, treatment.n, logLevel)];
          const cross = treatment.conversions * control.n - control.conversions * treatment.n;
          if (cross > 0) regions.push(pooledZRegion(control.n, treatment.n, control, treatment));
          for (const { logSizes } of regions) {
            if (logSizes.every((logSize) => logSize === -Infinity)) continue;
            const total = logSizes.length - 1;
            const logAt = (p: number): number => {
              let sum = 0;
              logSizes.forEach((logSize, c) => (sum += Math.exp(logSize + binomialLogPmf(c, total, p))));
              return Math.log(sum);
            };
            const { logValue, rate } = nullSupremum(logSizes);
            const step = Math.PI / 2 / 300;
            for (let i = 1; i < 300; i++) {
              expect(logAt(Math.sin(i * step) ** 2)).toBeLessThanOrEqual(logValue + 1e-11);
            }
            expect(Math.abs(logAt(rate) - logValue)).toBeLessThan(1e-11);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("exact tests beside each other", () => {
  it("Boschloo's p-value is never above Fisher's, and that of every exact test is at most 1", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom("two-sided", "greater", "less"), (pair, alternative) => {
        const fisher = compareProportions({ ...pair, test: "fisher", alternative });
        const boschloo = compareProportions({ ...pair, test: "boschloo", alternative });
        expect(boschloo.pValue).toBeLessThanOrEqual(fisher.pValue! * (1 + 1e-11));
        expect(relativeError(boschloo.statistic!, fisher.pValue!)).toBeLessThan(1e-14);
        expect(compareProportions({ ...pair, test: "barnard", alternative }).pValue).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it("swapping the arms turns greater into less, and keeps the two-sided p-value", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom("barnard", "boschloo"), ({ control, treatment }, test) => {
        const swapped = { control: treatment, treatment: control, test };
        const p = compareProportions({ control, treatment, test }).pValue!;
        expect(relativeError(compareProportions(swapped).pValue!, p)).toBeLessThan(1e-11);
        const greater = compareProportions({ control, treatment, test, alternative: "greater" }).pValue!;
        const less = compareProportions({ ...swapped, alternative: "less" }).pValue!;
        expect(less).toBe(greater);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the intervals beside exact tests", () => {
  it("claim duality only for the odds ratio given all conversions, one-sided or central", () => {
    const arms = { control: arm(9, 50), treatment: arm(20, 60) };
    const claims = (test: ProportionTestName, more: object = {}): boolean[] => {
      const { difference, lift, oddsRatio } = compareProportions({ ...arms, test, ...more });
      return [difference, lift, oddsRatio].map(({ interval }) => interval.dualToTest);
    };
    for (const test of ["fisher", "mid-p"] as const) {
      expect(claims(test)).toEqual([false, false, false]);
      expect(claims(test, { twoSided: "central" })).toEqual([false, false, true]);
      expect(claims(test, { alternative: "less" })).toEqual([false, false, true]);
    }
    for (const test of ["yates", "barnard", "boschloo"] as const) {
      expect(claims(test)).toEqual([false, false, false]);
    }
    expect(claims("g")).toEqual([true, true, true]);
  });

  it("do not warn that an exact p-value is rough", () => {
    const codes = (test: ProportionTestName): string[] =>
      compareProportions({ control: arm(0, 9), treatment: arm(3, 9), test }).warnings.map(({ code }) => code);
    expect(codes("g")).toEqual(["ZERO_CONTROL_RATE", "SMALL_COUNTS"]);
    expect(codes("boschloo")).toEqual(["ZERO_CONTROL_RATE"]);
  });
});

describe("the exact interval of the difference", () => {
  const confidence = { alternative: "greater", confidenceLevel: 0.95, tail: 1 - 0.95 } as const;

  it("holds 0 just where Barnard's one-sided test does not reject", () => {
    fc.assert(
      fc.property(tables, ({ control, treatment }) => {
        const { pValue } = compareProportions({
          control,
          treatment,
          test: "barnard",
          alternative: "greater",
        });
        if (Math.abs(pValue! - 0.05) < 1e-6) return;
        const { lower } = exactDifferenceInterval(control, treatment, confidence);
        expect(lower > 0).toBe(pValue! < 0.05);
      }),
      { numRuns: 25 },
    );
  });

  it("is the binomial power of one table where that table is all there is: (1 + δ)/2 to the 16th", () => {
    const { lower } = exactDifferenceInterval(arm(0, 8), arm(8, 8), confidence);
    expect(((1 + lower) / 2) ** 16).toBeCloseTo(0.05, 10);
  });

  // With one unit in each arm P(only the treatment converts) is (r + δ)(1 − r), at most ((1 + δ)/2)².
  it.each([1e-6, 0.01, 0.25, 0.5, 0.9])("of one unit in each arm ends at 2√α − 1: α = %s", (tail) => {
    const level = { alternative: "greater", confidenceLevel: 1 - tail, tail } as const;
    const { lower } = exactDifferenceInterval(arm(0, 1), arm(1, 1), level);
    expect(Math.abs(lower - (2 * Math.sqrt(tail) - 1))).toBeLessThan(1e-9);
  });

  it("ends at −1 where nothing is ruled out, and next to 1 at a level near 0", () => {
    const one = { alternative: "greater", confidenceLevel: 0.1, tail: 0.9 } as const;
    expect(exactDifferenceInterval(arm(3, 3), arm(0, 4), one).lower).toBe(-1);
    const none = { ...one, confidenceLevel: 1e-12, tail: 1 - 1e-12 };
    expect(exactDifferenceInterval(arm(0, 1), arm(1, 1), none).lower).toBe(1);
  });

  it("is refused for more units than it has time for", () => {
    expect(() => exactDifferenceInterval(arm(3, 9000), arm(8, 2000), confidence)).toThrow('"mee"');
  });
});
