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

// Relative errors. The tables of R are doubles that went through several roundings: 1e-12. In the table of 60 digits
// sizes and differences are held to 1e-12, powers to the bar of the normal distribution.

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
});

describe("plans for the yates test", () => {
  it("need the sample sizes of R with the correction of Fleiss to 1e-12, and then have the power asked for", () => {
    for (const { in: given, out } of sizes.cases) {
      const { p1, p2, alpha, power, ratio } = given;
      const alternative = alternativeOf(given.alternative, p2 - p1);
      const common = { baseline: p1, alpha, alternative, allocation: ratio, test: "yates" } as const;
      const { exact } = sampleSizeForProportions({ ...common, power, difference: p2 - p1 });
      expect(relativeError(exact.control, out.fleiss_cc_n1)).toBeLessThanOrEqual(1e-12);
      const found = powerForProportions({ ...common, n: out.fleiss_cc_n1, difference: p2 - p1 });
      expect(relativeError(found.power, power)).toBeLessThanOrEqual(1e-12);
      const direction = p2 > p1 ? "up" : "down";
      const { treatmentRate } = minimumDetectableLift({ ...common, n: out.fleiss_cc_n1, power, direction });
      expect(relativeError(treatmentRate!, p2)).toBeLessThanOrEqual(1e-12);
    }
  });
});

const SMALLEST_NORMAL = 2.2250738585072014e-308;

const rows = extremes.cases.map(({ in: { n, power, ...rest }, out }) => ({
  effect: { ...rest, test: rest.test as ProportionTest, alternative: rest.alternative as Alternative },
  n,
  power,
  out,
}));

describe("plans far from everyday", () => {
  it("need the sample sizes of 60 digits to 1e-12", () => {
    for (const { effect, power, out } of rows) {
      const { exact } = sampleSizeForProportions({ ...effect, power });
      expect(relativeError(exact.control, Number(out.control))).toBeLessThanOrEqual(1e-12);
    }
  });

  it("have the powers of 60 digits to 1e-12, and to 1e-10 below 1e-3", () => {
    const tails = rows.flatMap(({ effect, n, out }) => {
      const { power, farTail } = powerForProportions({ ...effect, n });
      return [
        { actual: power, expected: Number(out.near) },
        { actual: farTail, expected: Number(out.far) },
      ];
    });
    for (const { actual, expected } of tails.filter((tail) => tail.expected >= SMALLEST_NORMAL)) {
      expect(relativeError(actual, expected)).toBeLessThanOrEqual(expected > 1e-3 ? 1e-12 : 1e-10);
    }
    for (const { actual } of tails.filter((tail) => tail.expected < SMALLEST_NORMAL)) {
      expect(actual).toBeLessThan(SMALLEST_NORMAL);
    }
  });

  it("detect the differences of 60 digits to 1e-12, and none where there is none", () => {
    const found = rows.map(({ effect: { difference, ...question }, n, power, out }) => {
      const direction = difference > 0 ? ("up" as const) : ("down" as const);
      const { status, difference: size } = minimumDetectableLift({ ...question, n, power, direction });
      return { status, difference: size, expected: out.detectable };
    });
    for (const { difference, expected } of found.filter((row) => row.expected !== null)) {
      expect(relativeError(difference!, Number(expected))).toBeLessThanOrEqual(1e-12);
    }
    const unsolved = found.filter((row) => row.expected === null);
    expect(unsolved).toHaveLength(7);
    for (const { status, difference } of unsolved) {
      expect({ status, difference }).toEqual({ status: "undetermined", difference: null });
    }
  });
});
