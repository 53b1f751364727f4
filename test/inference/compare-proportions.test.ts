import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { normalUpperQuantile } from "../../src/numerics/normal.ts";

const arm = (conversions: number, n: number): { n: number; conversions: number } => ({ n, conversions });
const z2 = normalUpperQuantile((1 - 0.95) / 2) ** 2;

describe("compareProportions", () => {
  it("reads Hillstrom's campaign: conversion 122/21306 against 267/21307", () => {
    const result = compareProportions({ control: arm(122, 21306), treatment: arm(267, 21307) });
    // R 4.2.2: prop.test(c(267, 122), c(21307, 21306), correct = FALSE)
    expect(result.statistic! ** 2).toBeCloseTo(54.5399148624635, 11);
    expect(result.lift.estimate).toBeCloseTo(267 / 21307 / (122 / 21306) - 1, 14);
    expect(result).toMatchObject({
      kind: "proportion-comparison",
      method: "score",
      status: "ok",
      warnings: [],
    });
  });

  it("has the same shape every time, and survives structuredClone", () => {
    const shapes = (["score", "miettinen-nurminen", "wald"] as const).flatMap((test) =>
      [arm(0, 10), arm(5, 10), arm(10, 10)].map((treatment) => {
        const result = compareProportions({ control: arm(0, 10), treatment, test });
        expect(structuredClone(result)).toEqual(result);
        return JSON.stringify([
          Object.keys(result),
          Object.keys(result.lift),
          Object.keys(result.lift.interval),
        ]);
      }),
    );
    expect(new Set(shapes).size).toBe(1);
  });

  it("names the intervals that go with each test, and claims duality only where it holds", () => {
    const methods = (test: "score" | "miettinen-nurminen" | "wald"): (string | boolean)[] => {
      const { difference, lift, oddsRatio } = compareProportions({
        control: arm(9, 50),
        treatment: arm(20, 60),
        test,
      });
      return [difference, lift, oddsRatio].flatMap(({ interval }) => [interval.method, interval.dualToTest]);
    };
    expect(methods("score")).toEqual(["mee", true, "koopman", true, "score", true]);
    expect(methods("miettinen-nurminen")).toEqual([1, 2, 3].flatMap(() => ["miettinen-nurminen", true]));
    expect(methods("wald")).toEqual(["wald", true, "fieller", true, "woolf", false]);
  });

  it("keeps the log p-value where the p-value underflows", () => {
    const result = compareProportions({ control: arm(1e14, 1e15), treatment: arm(2e14, 1e15) });
    expect(result.pValue).toBe(0);
    // Far out ln p is −z²/2 but for the log of z.
    expect(result.logPValue! / (-0.5 * result.statistic! ** 2)).toBeCloseTo(1, 10);
  });
});

describe("zero cells", () => {
  it("finds nothing where nobody converted: statistic 0, p = 1, Mee from −z²/(n₁+z²) to z²/(n₂+z²)", () => {
    const result = compareProportions({ control: arm(0, 50), treatment: arm(0, 80) });
    expect(result).toMatchObject({ statistic: 0, pValue: 1, logPValue: 0, status: "ok" });
    expect(result.difference.interval.lower).toBeCloseTo(-z2 / (50 + z2), 15);
    expect(result.difference.interval.upper).toBeCloseTo(z2 / (80 + z2), 15);
    expect(result.lift).toMatchObject({ estimate: null, standardError: null, status: "undetermined" });
    expect(result.lift.interval).toMatchObject({ lower: -1, upper: Infinity });
    expect(result.oddsRatio).toMatchObject({ estimate: null, status: "undetermined" });
    expect(result.oddsRatio.interval).toMatchObject({ lower: 0, upper: Infinity });
    expect(result.warnings.map(({ code }) => code)).toContain("UNDETERMINED_LIFT");
  });

  it("finds nothing where everybody converted, and still bounds the lift", () => {
    const result = compareProportions({ control: arm(20, 20), treatment: arm(25, 25) });
    expect(result).toMatchObject({ statistic: 0, pValue: 1 });
    expect(result.lift).toMatchObject({ estimate: 0, status: "ok" });
    expect(result.oddsRatio).toMatchObject({ estimate: null, status: "undetermined" });
    expect(result.oddsRatio.interval).toMatchObject({ lower: 0, upper: Infinity });
  });

  it("gives a one-sided p-value of one half to a statistic of 0", () => {
    expect(compareProportions({ control: arm(0, 9), treatment: arm(0, 9), alternative: "less" }).pValue).toBe(
      0.5,
    );
  });

  it("calls the lift over a zero rate infinite, with a lower limit", () => {
    const result = compareProportions({ control: arm(0, 1000), treatment: arm(9, 1000) });
    expect(result.lift).toMatchObject({ estimate: Infinity, standardError: Infinity, status: "unbounded" });
    expect(result.lift.interval.lower).toBeGreaterThan(0);
    expect(result.oddsRatio).toMatchObject({ estimate: Infinity, status: "unbounded" });
    expect(result.warnings.map(({ code }) => code)).toContain("ZERO_CONTROL_RATE");
  });

  it("calls a treatment without conversions a lift of −1 with a standard error of 0", () => {
    const result = compareProportions({ control: arm(9, 1000), treatment: arm(0, 1000) });
    expect(result.lift).toMatchObject({ estimate: -1, standardError: 0, status: "ok" });
    expect(result.oddsRatio).toMatchObject({ estimate: 0, standardError: 0, status: "ok" });
    expect(result.lift.interval.lower).toBe(-1);
  });

  it("leaves the Wald test undetermined without variance and with unequal rates", () => {
    for (const [x1, x2] of [
      [0, 5],
      [5, 0],
    ] as const) {
      const result = compareProportions({ control: arm(x1, 5), treatment: arm(x2, 5), test: "wald" });
      expect(result).toMatchObject({
        statistic: null,
        pValue: null,
        logPValue: null,
        status: "undetermined",
      });
      expect(result.difference).toMatchObject({ estimate: (x2 - x1) / 5, status: "undetermined" });
      expect(result.difference.interval).toMatchObject({ lower: -1, upper: 1, dualToTest: false });
      expect(result.lift.interval).toMatchObject({ lower: -1, upper: Infinity, dualToTest: false });
      expect(result.warnings.map(({ code }) => code)).toContain("NO_VARIANCE");
    }
  });

  it("gives the Wald test p = 1 for equal rates without variance", () => {
    for (const conversions of [0, 5]) {
      const equal = arm(conversions, 5);
      const result = compareProportions({ control: equal, treatment: equal, test: "wald" });
      expect(result).toMatchObject({ statistic: 0, pValue: 1, status: "ok" });
      expect(result.difference.interval).toMatchObject({ lower: 0, upper: 0, dualToTest: true });
    }
  });

  it("has an answer for one unit in each arm", () => {
    const result = compareProportions({ control: arm(0, 1), treatment: arm(1, 1) });
    expect(result.statistic).toBeCloseTo(Math.SQRT2, 15);
    expect(result.difference.interval.upper).toBe(1);
  });
});

describe("one-sided alternatives", () => {
  it("end where the parameter itself ends", () => {
    const arms = { control: arm(30, 200), treatment: arm(45, 210) };
    for (const test of ["score", "miettinen-nurminen", "wald"] as const) {
      const greater = compareProportions({ ...arms, test, alternative: "greater" });
      const less = compareProportions({ ...arms, test, alternative: "less" });
      expect(greater.difference.interval.upper).toBe(1);
      expect(greater.lift.interval.upper).toBe(Infinity);
      expect(greater.oddsRatio.interval.upper).toBe(Infinity);
      expect(less.difference.interval.lower).toBe(-1);
      expect(less.lift.interval.lower).toBe(-1);
      expect(less.oddsRatio.interval.lower).toBe(0);
      for (const result of [greater, less]) {
        expect([result.difference.status, result.lift.status, result.oddsRatio.status]).toEqual([
          "ok",
          "ok",
          "ok",
        ]);
      }
    }
  });
});

describe("Fieller's set beside the Wald test", () => {
  it("has no upper end where the control rate cannot be told from 0", () => {
    const result = compareProportions({ control: arm(1, 10), treatment: arm(9, 10), test: "wald" });
    expect(result.lift.interval).toMatchObject({ upper: Infinity, excluded: null });
    expect(result.lift.interval.lower).toBeGreaterThan(0);
    expect(result.lift.status).toBe("unbounded");
  });

  it("keeps its ends in order where no unit of a large treatment converted", () => {
    const { lift } = compareProportions({
      control: { n: 12_175_016_354, conversions: 8_074_323_107 },
      treatment: { n: 12_175_016_354, conversions: 0 },
      test: "wald",
      alternative: "less",
    });
    expect(lift.interval).toMatchObject({ lower: -1, upper: -1 });
  });

  it("rules out every finite lift where a zero control rate has no variance and the test rejects", () => {
    const result = compareProportions({ control: arm(0, 100), treatment: arm(50, 100), test: "wald" });
    expect(result.pValue).toBeLessThan(0.05);
    expect(result.lift.interval).toMatchObject({ lower: Infinity, upper: Infinity });
  });
});

describe("bad input", () => {
  const good = { control: arm(5, 10), treatment: arm(6, 10) };
  it.each([
    [{ ...good, control: arm(-1, 10) }, "control.conversions"],
    [{ ...good, control: arm(11, 10) }, "control.conversions"],
    [{ ...good, treatment: arm(1.5, 10) }, "treatment.conversions"],
    [{ ...good, treatment: arm(0, 0) }, "treatment.n"],
    [{ ...good, treatment: arm(Number.NaN, 10) }, "treatment.conversions"],
    [{ ...good, treatment: arm(1, Infinity) }, "treatment.n"],
    [{ ...good, control: arm(1, 2 ** 53) }, "control.n"],
    [{ ...good, control: undefined as never }, "control"],
    [{ ...good, treatment: "5/10" as never }, "treatment"],
    [{ ...good, test: "exact" as never }, "test"],
    [{ ...good, alternative: "larger" as never }, "alternative"],
    [{ ...good, confidenceLevel: 95 }, "confidenceLevel"],
    [{ ...good, confidenceLevel: 1 }, "confidenceLevel"],
    [{ ...good, confidenceLevel: Number.NaN }, "confidenceLevel"],
  ] as const)("%j is refused, naming %s", (options, field) => {
    expect(() => compareProportions(options)).toThrow(DomainError);
    try {
      compareProportions(options);
    } catch (error) {
      expect((error as DomainError).field).toBe(field);
    }
  });

  it("says what was expected", () => {
    expect(() => compareProportions({ ...good, control: arm(130, 122) })).toThrow(
      "control.conversions = 130, must be at most n = 122",
    );
    expect(() => compareProportions({ ...good, test: "exact" as never })).toThrow(
      '"score", "miettinen-nurminen", "wald", "yates"',
    );
  });
});
