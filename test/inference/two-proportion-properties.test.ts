import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareProportions, type ProportionTestName } from "../../src/inference/compare-proportions.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { armsInDoubt } from "../support/arms-in-doubt.ts";
import { leavesOut } from "../support/leaves-out.ts";

const TESTS: readonly ProportionTestName[] = [
  "score",
  "miettinen-nurminen",
  "wald",
  "yates",
  "g",
  "fisher",
  "mid-p",
];
const SIZES = [1, 2, 5, 30, 1000, 1e6, 1e9, 1e15];

const arms = armsInDoubt(SIZES);
const test = fc.constantFrom(...TESTS);
const alternative = fc.constantFrom("two-sided" as const, "greater" as const, "less" as const);
const confidenceLevel = fc.double({ min: 0.01, max: 0.999999, noNaN: true });

// No claim within rounding of alpha.
const isInDoubt = (pValue: number, alpha: number): boolean => Math.abs(pValue - alpha) <= 1e-7 * alpha;
const rest = ({ n, conversions }: Proportion): Proportion => ({ n, conversions: n - conversions });
const close = (a: number, b: number, scale = Math.abs(b)): void => {
  if (a !== b) expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * scale);
};

describe("test and interval", () => {
  it("are duals wherever dualToTest says so, at any size, with empty cells, one-sided too", () => {
    fc.assert(
      fc.property(arms, test, alternative, confidenceLevel, (pair, name, side, level) => {
        const result = compareProportions({ ...pair, test: name, alternative: side, confidenceLevel: level });
        const alpha = 1 - level;
        if (result.pValue === null || isInDoubt(result.pValue, alpha)) return;
        const effects = [
          [result.difference.interval, 0],
          [result.lift.interval, 0],
          [result.oddsRatio.interval, 1],
        ] as const;
        for (const [interval, nullValue] of effects) {
          if (interval.dualToTest) expect(leavesOut(interval, nullValue)).toBe(result.pValue < alpha);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("do disagree where dualToTest is false: Woolf's interval is no dual of the Wald test", () => {
    const { pValue, oddsRatio } = compareProportions({
      control: { n: 50, conversions: 1 },
      treatment: { n: 60, conversions: 7 },
      test: "wald",
    });
    expect(oddsRatio.interval.dualToTest).toBe(false);
    expect(pValue).toBeLessThan(0.05);
    expect(leavesOut(oddsRatio.interval, 1)).toBe(false);
  });

  it("never speak of NaN, and keep the ends in order", () => {
    fc.assert(
      fc.property(arms, test, fc.double({ min: 0.5, max: 0.999999, noNaN: true }), (pair, name, level) => {
        const result = compareProportions({ ...pair, test: name, confidenceLevel: level });
        const numbers = JSON.stringify(result, (_, value: unknown) =>
          typeof value === "number" && Number.isNaN(value) ? "NaN" : value,
        );
        expect(numbers).not.toContain("NaN");
        for (const { interval, estimate } of [result.difference, result.lift, result.oddsRatio]) {
          expect(interval.lower).toBeLessThanOrEqual(interval.upper);
          if (estimate !== null && interval.method !== "fieller") {
            expect(interval.lower).toBeLessThanOrEqual(estimate);
            expect(interval.upper).toBeGreaterThanOrEqual(estimate);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("swapping the arms", () => {
  it("flips the sign, keeps the two-sided p-value, and turns greater into less", () => {
    fc.assert(
      fc.property(arms, test, confidenceLevel, ({ control, treatment }, name, level) => {
        const there = compareProportions({ control, treatment, test: name, confidenceLevel: level });
        const swapped = { control: treatment, treatment: control, test: name, confidenceLevel: level };
        const back = compareProportions(swapped);
        close(back.pValue ?? 1, there.pValue ?? 1);
        expect((back.statistic ?? 0) + (there.statistic ?? 0)).toBe(0);
        close(back.difference.interval.lower, -there.difference.interval.upper);
        close(back.difference.interval.upper, -there.difference.interval.lower);
        const greater = compareProportions({ control, treatment, test: name, alternative: "greater" });
        close(compareProportions({ ...swapped, alternative: "less" }).pValue ?? 1, greater.pValue ?? 1);
      }),
    );
  });

  it("inverts the ratios", () => {
    fc.assert(
      fc.property(arms, fc.constantFrom("score" as const, "miettinen-nurminen" as const), (pair, name) => {
        const there = compareProportions({ ...pair, test: name });
        const back = compareProportions({ control: pair.treatment, treatment: pair.control, test: name });
        close(back.oddsRatio.interval.lower, 1 / there.oddsRatio.interval.upper);
        // 1 + lift has lost its digits where the lift is close to −1.
        if (Math.abs(there.lift.interval.lower) < 0.9) {
          close(1 + back.lift.interval.upper, 1 / (1 + there.lift.interval.lower));
        }
      }),
    );
  });
});

describe("counting those who did not convert", () => {
  it("flips the difference and inverts the odds ratio", () => {
    fc.assert(
      fc.property(arms, test, ({ control, treatment }, name) => {
        const yes = compareProportions({ control, treatment, test: name });
        const no = compareProportions({ control: rest(control), treatment: rest(treatment), test: name });
        close(no.difference.interval.lower, -yes.difference.interval.upper);
        close(no.statistic ?? 0, -(yes.statistic ?? 0));
        close(no.oddsRatio.interval.lower, 1 / yes.oddsRatio.interval.upper);
      }),
    );
  });
});

describe("a higher confidence level", () => {
  it("widens every interval", () => {
    fc.assert(
      fc.property(arms, test, confidenceLevel, confidenceLevel, (pair, name, a, b) => {
        const narrow = compareProportions({ ...pair, test: name, confidenceLevel: Math.min(a, b) });
        const wide = compareProportions({ ...pair, test: name, confidenceLevel: Math.max(a, b) });
        for (const effect of ["difference", "lift", "oddsRatio"] as const) {
          expect(wide[effect].interval.lower).toBeLessThanOrEqual(narrow[effect].interval.lower);
          expect(wide[effect].interval.upper).toBeGreaterThanOrEqual(narrow[effect].interval.upper);
        }
      }),
    );
  });
});
