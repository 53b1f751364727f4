import { describe, expect, it } from "vitest";
import type { Alternative } from "../../src/core/alternative.ts";
import { minimumDetectableLift } from "../../src/planning/minimum-detectable-lift.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import type { ProportionTest } from "../../src/planning/proportion-test.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import extremes from "../reference/planning/extremes.json" with { type: "json" };
import detectable from "../reference/planning/minimum-detectable-lift.json" with { type: "json" };
import powers from "../reference/planning/power-for-proportions.json" with { type: "json" };
import sizes from "../reference/planning/sample-size-for-proportions.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// The tables of R are doubles that went through several roundings: 1e-12. The table of 60 digits: 1e-12 for sizes and
// differences, 1e-12 in the body and 1e-10 in the tails for powers, which is the bar of the normal distribution.

const TESTS = [
  ["score", "pooled"],
  ["wald", "unpooled"],
  ["arcsine", "arcsine"],
] as const;

function alternativeOf(given: string, sign: number): Alternative {
  if (given === "two.sided") return "two-sided";
  return sign > 0 ? "greater" : "less";
}

describe.each(TESTS)("plans for the %s test", (test, column) => {
  it("need the sample sizes of R to 1e-12", () => {
    for (const { in: given, out } of sizes.cases) {
      const { p1, p2, alpha, power, ratio } = given;
      const alternative = alternativeOf(given.alternative, p2 - p1);
      const common = { baseline: p1, alpha, power, alternative, allocation: ratio, test };
      const plan = sampleSizeForProportions({ ...common, difference: p2 - p1 });
      const n = out[`${column}_n1`];
      expect(relativeError(plan.exact.control, n)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(plan.exact.total, n * (1 + ratio))).toBeLessThanOrEqual(1e-12);
      expect(plan.control).toBe(Math.ceil(n));
      expect(plan.treatment).toBe(Math.ceil(n * ratio));
      const byLift = sampleSizeForProportions({ ...common, lift: p2 / p1 - 1 });
      expect(relativeError(byLift.exact.control, n)).toBeLessThanOrEqual(1e-12);
    }
  });

  it("have the powers of R in both tails to 1e-12", () => {
    for (const { in: given, out } of powers.cases) {
      const { p1, p2, n1, n2, alpha } = given;
      const alternative = alternativeOf(given.alternative, p2 - p1);
      const plan = {
        baseline: p1,
        difference: p2 - p1,
        control: n1,
        treatment: n2,
        alpha,
        alternative,
        test,
      };
      const { power, farTail } = powerForProportions(plan);
      expect(relativeError(power, out[`${column}_near`])).toBeLessThanOrEqual(1e-12);
      // Far below 1e-10, rounding p2 − p1 alone moves the tail by more than 1e-12.
      const tolerance = out[`${column}_far`] < 1e-10 ? 1e-10 : 1e-12;
      expect(relativeError(farTail, out[`${column}_far`])).toBeLessThanOrEqual(tolerance);
    }
  });

  it("detect the rates that R finds to 1e-12", () => {
    for (const { in: given, out } of detectable.cases) {
      const { p1, n1, ratio, alpha, power } = given;
      for (const [direction, sign] of [["up", 1] as const, ["down", -1] as const]) {
        const expected = (out as Record<string, number>)[`p2_${direction}_${column}`];
        if (expected === undefined) continue;
        const alternative = alternativeOf(given.alternative, sign);
        const plan = { baseline: p1, n: n1, allocation: ratio, alpha, power, alternative, direction, test };
        const { treatmentRate, lift } = minimumDetectableLift(plan);
        expect(relativeError(treatmentRate!, expected)).toBeLessThanOrEqual(1e-12);
        expect(lift! > 0).toBe(direction === "up");
      }
    }
  });

  it("keep their digits at the extremes: sizes and differences to 1e-12, tails to 1e-10", () => {
    const rows = extremes.cases.filter((row) => row.in.test === test);
    expect(rows).toHaveLength(40);
    for (const { in: given, out } of rows) {
      const { n, power, ...rest } = given;
      const effect = {
        ...rest,
        test: rest.test as ProportionTest,
        alternative: rest.alternative as Alternative,
      };
      const { exact } = sampleSizeForProportions({ ...effect, power });
      expect(relativeError(exact.control, Number(out.control)), JSON.stringify(given)).toBeLessThanOrEqual(
        1e-12,
      );
      const tails = powerForProportions({ ...effect, n });
      for (const [tail, value] of [
        [tails.power, Number(out.near)],
        [tails.farTail, Number(out.far)],
      ] as const) {
        const tolerance = value > 1e-3 ? 1e-12 : 1e-10;
        if (value < 2.3e-308) expect(tail).toBeLessThan(2.3e-308);
        else expect(relativeError(tail, value), JSON.stringify(given)).toBeLessThanOrEqual(tolerance);
      }
      const { difference, ...question } = effect;
      const direction = difference > 0 ? ("up" as const) : ("down" as const);
      const found = minimumDetectableLift({ ...question, n, power, direction });
      if (out.detectable === null) expect(found).toMatchObject({ status: "undetermined", lift: null });
      else
        expect(
          relativeError(found.difference!, Number(out.detectable)),
          JSON.stringify(given),
        ).toBeLessThanOrEqual(1e-12);
    }
  });
});
