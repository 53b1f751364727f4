import { describe, expect, it } from "vitest";
import type { Interval } from "../../src/core/interval.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { differenceInterval } from "../../src/inference/difference-interval.ts";
import { liftInterval } from "../../src/inference/lift-interval.ts";
import { oddsRatioInterval } from "../../src/inference/odds-ratio-interval.ts";
import intervals from "../reference/inference/two-proportion-intervals.json" with { type: "json" };
import extremes from "../reference/inference/score-limits.json" with { type: "json" };
import tests from "../reference/inference/two-proportion-tests.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { referenceNumber } from "../support/reference-number.ts";
import { relativeError } from "../support/relative-error.ts";

// Largest errors seen: statistic 3e-16, p 6e-14 (at 1e-166, where z itself is worth that), ends of intervals 5e-15.
const TOLERANCE = 1e-12;
const TIGHT = 2e-14;

type Pair = readonly [number, number];
const pair = (ends: readonly (number | string)[]): Pair => [
  referenceNumber(ends[0]!),
  referenceNumber(ends[1]!),
];
// The table has the ratio, and near 1 not the digits of the lift.
const ratioOf = ({ lower, upper }: Interval): { lower: number; upper: number } => ({
  lower: 1 + lower,
  upper: 1 + upper,
});

describe("compareProportions against 60 digits", () => {
  const sides = [
    ["two-sided", "p_two", "logp_two"],
    ["greater", "p_greater", "logp_greater"],
    ["less", "p_less", "logp_less"],
  ] as const;

  it.each(["score", "wald"] as const)("has the statistic and p-values of the %s test to 1e-12", (test) => {
    let compared = 0;
    for (const row of tests.cases) {
      const expected = row[test];
      if (typeof expected.z !== "number") continue;
      for (const [alternative, p, logP] of sides) {
        const result = compareProportions({ ...row, test, alternative });
        expect(relativeError(result.statistic!, expected.z)).toBeLessThan(1e-15);
        expect(relativeError(result.pValue!, referenceNumber(expected[p]!))).toBeLessThan(TOLERANCE);
        const log = referenceNumber(expected[logP]!);
        expect(Math.abs(result.logPValue! - log)).toBeLessThan(1e-15 * Math.max(1, Math.abs(log)));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(150);
  });

  it("has the intervals of every method to 2e-14", () => {
    for (const {
      control,
      treatment,
      confidenceLevel,
      difference,
      ratio,
      delta,
      oddsRatio,
    } of intervals.cases) {
      const arms = { control, treatment, confidenceLevel };
      const error = (actual: { lower: number; upper: number }, ends: Pair): void =>
        expect(endError(actual, ends)).toBeLessThan(TIGHT);
      error(differenceInterval(arms), pair(difference.mee));
      error(
        differenceInterval({ ...arms, method: "miettinen-nurminen" }),
        pair(difference.miettinen_nurminen),
      );
      const wald = differenceInterval({ ...arms, method: "wald" });
      if (wald.dualToTest) error(wald, pair(difference.wald));
      error(differenceInterval({ ...arms, method: "newcombe" }), pair(difference.newcombe));
      error(differenceInterval({ ...arms, method: "agresti-caffo" }), pair(difference.agresti_caffo));
      error(ratioOf(liftInterval(arms)), pair(ratio.koopman));
      const katz = ratioOf(liftInterval({ ...arms, method: "katz" }));
      if (typeof ratio.katz?.[0] === "number") error(katz, pair(ratio.katz));
      else expect(katz).toEqual({ lower: 0, upper: Infinity });
      const linear = liftInterval({ ...arms, method: "delta" });
      if (delta) error(linear, pair(delta.ci));
      else expect(linear).toMatchObject({ lower: -1, upper: Infinity });
      const halves = oddsRatioInterval({ ...arms, method: "haldane-anscombe" });
      error(halves, pair(oddsRatio.haldane_anscombe));
      const wide = liftInterval({ ...arms, method: "miettinen-nurminen" });
      error(ratioOf(wide), pair(ratio.miettinen_nurminen));
      if (oddsRatio.woolf) error(oddsRatioInterval({ ...arms, method: "woolf" }), pair(oddsRatio.woolf));
    }
  });

  it("has the estimates and standard errors to 1e-15", () => {
    for (const { control, treatment, difference, delta, oddsRatio } of intervals.cases) {
      const result = compareProportions({ control, treatment });
      expect(relativeError(result.difference.estimate!, difference.estimate)).toBeLessThan(1e-15);
      if (delta) {
        expect(relativeError(result.lift.estimate!, delta.estimate)).toBeLessThan(1e-15);
        expect(relativeError(result.lift.standardError!, delta.se)).toBeLessThan(1e-15);
      }
      if (oddsRatio.woolf) {
        expect(relativeError(result.oddsRatio.estimate!, oddsRatio.estimate!)).toBeLessThan(1e-15);
        const standardError = oddsRatio.estimate! * oddsRatio.se_log!;
        expect(relativeError(result.oddsRatio.standardError!, standardError)).toBeLessThan(1e-15);
      }
    }
  });
});

describe("score limits at the boundaries, against the textbook search in 45 digits", () => {
  it.each(extremes.cases)(
    "$test at $confidenceLevel: $control.conversions of $control.n, $treatment.conversions of $treatment.n",
    ({ control, treatment, confidenceLevel, test, ...expected }) => {
      const result = compareProportions({
        control,
        treatment,
        confidenceLevel,
        test: test as "score" | "miettinen-nurminen",
      });
      expect(endError(result.difference.interval, pair(expected.difference))).toBeLessThan(TIGHT);
      expect(endError(result.lift.interval, pair(expected.lift))).toBeLessThan(TIGHT);
      expect(endError(result.oddsRatio.interval, pair(expected.oddsRatio))).toBeLessThan(TIGHT);
    },
  );
});
