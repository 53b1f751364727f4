import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import {
  conditionalOddsRatio,
  conditionalOddsRatioInterval,
} from "../../src/inference/conditional-odds-ratio.ts";
import { checkedConfidence } from "../../src/core/confidence.ts";
import { fisherPValues } from "../../src/inference/fisher-test.ts";
import { referenceNumber } from "../support/reference-number.ts";
import { relativeError } from "../support/relative-error.ts";

type Ends = readonly [number | string, number | string];

interface Case {
  readonly in: { x1: number; n1: number; x2: number; n2: number; conf: number };
  readonly out: { estimate: number | string | null; exact: Ends; midP: Ends };
}

const path = new URL("../reference/inference/conditional-odds-ratio.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: Case[] };

describe("the conditional odds ratio against 60 digits", () => {
  it.each(cases)(
    "$in.x1 of $in.n1 against $in.x2 of $in.n2 to 1e-13",
    ({ in: { x1, n1, x2, n2, conf }, out }) => {
      const control = { n: n1, conversions: x1 };
      const treatment = { n: n2, conversions: x2 };
      const estimate = conditionalOddsRatio(control, treatment);
      if (out.estimate === null) expect(estimate).toBeNull();
      else expect(relativeError(estimate!, referenceNumber(out.estimate))).toBeLessThan(1e-13);
      for (const [midP, ends] of [
        [false, out.exact],
        [true, out.midP],
      ] as const) {
        const confidence = checkedConfidence("two-sided", conf);
        const { lower, upper } = conditionalOddsRatioInterval(
          control,
          treatment,
          confidence,
          midP,
          "central",
        );
        expect(relativeError(lower, referenceNumber(ends[0]))).toBeLessThan(1e-13);
        expect(relativeError(upper, referenceNumber(ends[1]))).toBeLessThan(1e-13);
      }
    },
  );

  it("agrees with R's fisher.test on the tea-tasting table to the digits that R finds", () => {
    const [control, treatment] = [
      { n: 4, conversions: 1 },
      { n: 4, conversions: 3 },
    ];
    // fisher.test(matrix(c(3, 1, 1, 3), 2)): estimate 6.408309, interval 0.2117329 to 621.9337505, by a root finder that
    // leaves 1e-4 of the ratio or of its reciprocal.
    const { lower, upper } = conditionalOddsRatioInterval(
      control!,
      treatment!,
      checkedConfidence(),
      false,
      "central",
    );
    expect(conditionalOddsRatio(control!, treatment!)).toBeCloseTo(6.408309, 3);
    for (const test of ["fisher", "mid-p"] as const) {
      const { estimate } = compareProportions({ control: control!, treatment: treatment!, test }).oddsRatio;
      expect(estimate).toBe(conditionalOddsRatio(control!, treatment!));
    }
    expect(lower).toBeCloseTo(0.2117329, 4);
    expect(1 / upper).toBeCloseTo(1 / 621.9337505, 4);
  });
});

describe("the conditional interval", () => {
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }))
    .chain(([n1, n2]) =>
      fc.tuple(
        fc.integer({ min: 0, max: n1 }).map((conversions) => ({ n: n1, conversions })),
        fc.integer({ min: 0, max: n2 }).map((conversions) => ({ n: n2, conversions })),
      ),
    );
  const level = fc.double({ min: 0.01, max: 0.9999, noNaN: true });

  it("rules out a ratio of 1 exactly when the test that it inverts rejects", () => {
    fc.assert(
      fc.property(
        tables,
        level,
        fc.boolean(),
        fc.constantFrom("two-sided", "greater", "less"),
        ([control, treatment], confidenceLevel, midP, alternative) => {
          const confidence = checkedConfidence(alternative, confidenceLevel);
          const { lower, upper, dualToTest } = conditionalOddsRatioInterval(
            control,
            treatment,
            confidence,
            midP,
            "central",
          );
          const { pValue } = fisherPValues(control, treatment, alternative, midP, "central");
          const alpha = 1 - confidenceLevel;
          // Where the margins leave no choice mid-p is one half, and at an alpha beyond it there is nothing to invert.
          fc.pre(Math.abs(pValue - alpha) > 1e-9 && !(lower === 0 && upper === Infinity && pValue === 0.5));
          expect(dualToTest).toBe(true);
          expect(lower > 1 || upper < 1).toBe(pValue < alpha);
        },
      ),
    );
  });

  it("does not claim to invert the two-sided test by minimum likelihood", () => {
    const arm = { n: 10, conversions: 3 };
    const dual = (alternative: "two-sided" | "greater"): boolean =>
      conditionalOddsRatioInterval(arm, arm, checkedConfidence(alternative), false, "minimum-likelihood")
        .dualToTest;
    expect(dual("two-sided")).toBe(false);
    expect(dual("greater")).toBe(true);
  });

  it("holds the estimate, is narrower by mid-p, and turns over with the arms", () => {
    fc.assert(
      fc.property(tables, ([control, treatment]) => {
        const confidence = checkedConfidence();
        const exact = conditionalOddsRatioInterval(control, treatment, confidence, false, "central");
        const mid = conditionalOddsRatioInterval(control, treatment, confidence, true, "central");
        const estimate = conditionalOddsRatio(control, treatment);
        if (estimate !== null) {
          expect(mid.lower <= estimate && estimate <= mid.upper).toBe(true);
          const turned = conditionalOddsRatio(treatment, control)!;
          expect(relativeError(1 / turned, estimate)).toBeLessThan(1e-12);
        }
        expect(exact.lower <= mid.lower && mid.upper <= exact.upper).toBe(true);
        const turned = conditionalOddsRatioInterval(treatment, control, confidence, false, "central");
        expect(relativeError(1 / turned.upper, exact.lower)).toBeLessThan(1e-12);
      }),
    );
  });

  it("is all ratios where the conversions leave no choice, and open at the margins", () => {
    const interval = (x1: number, x2: number): readonly number[] => {
      const [control, treatment] = [
        { n: 10, conversions: x1 },
        { n: 12, conversions: x2 },
      ] as const;
      const { lower, upper } = conditionalOddsRatioInterval(
        control,
        treatment,
        checkedConfidence(),
        false,
        "central",
      );
      return [lower, upper];
    };
    expect(interval(0, 0)).toEqual([0, Infinity]);
    expect(interval(10, 12)).toEqual([0, Infinity]);
    expect(interval(3, 0)[0]).toBe(0);
    expect(interval(0, 3)[1]).toBe(Infinity);
    expect(interval(0, 12)[1]).toBe(Infinity);
    expect(conditionalOddsRatio({ n: 10, conversions: 0 }, { n: 12, conversions: 0 })).toBeNull();
    expect(conditionalOddsRatio({ n: 10, conversions: 0 }, { n: 12, conversions: 3 })).toBe(Infinity);
    expect(conditionalOddsRatio({ n: 10, conversions: 3 }, { n: 12, conversions: 0 })).toBe(0);
  });

  it("at counts of 1e9 and 1e12 leaves what the test leaves", () => {
    for (const n of [1e9, 1e12]) {
      const control = { n, conversions: n / 10 };
      const treatment = { n, conversions: Math.round(n / 10 + 2 * Math.sqrt(0.18 * n)) };
      const { pValue } = fisherPValues(control, treatment, "greater", false);
      for (const [factor, isOut] of [
        [1.0001, true],
        [0.9999, false],
      ] as const) {
        const confidence = checkedConfidence("greater", 1 - pValue * factor);
        const { lower } = conditionalOddsRatioInterval(control, treatment, confidence, false, "central");
        expect(lower > 1).toBe(isOut);
        expect(lower).toBeCloseTo(1, 5);
      }
    }
  });
});
