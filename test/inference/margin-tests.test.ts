import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import type { Interval } from "../../src/core/interval.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { testEquivalence } from "../../src/inference/test-equivalence.ts";
import { testNonInferiority } from "../../src/inference/test-non-inferiority.ts";
import { testSuperiority } from "../../src/inference/test-superiority.ts";
import type { ComparisonScale } from "../../src/models/restricted-rates.ts";
import margins from "../reference/inference/margins.json" with { type: "json" };
import { relativeError, scaledError } from "../support/relative-error.ts";
import { armsInDoubt } from "../support/arms-in-doubt.ts";

type Direction = "increase" | "decrease";
const SCALES = ["difference", "lift", "odds-ratio"] as const;
const SIZES = [1, 2, 5, 30, 1000, 1e6, 1e9, 1e12];

const rates = armsInDoubt(SIZES);
const mean = fc.record({
  n: fc.integer({ min: 2, max: 1000 }),
  mean: fc.oneof(
    fc.constant(0),
    fc.double({ min: -1, max: -1e-9, noNaN: true }),
    fc.double({ min: 1e-9, max: 10, noNaN: true }),
  ),
  variance: fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 900, noNaN: true })),
});
const margin = fc.oneof(
  fc.double({ min: 1e-9, max: 0.999, noNaN: true }),
  fc.double({ min: -9, max: -0.01, noNaN: true }).map((exponent) => 10 ** exponent),
);
const alpha = fc.double({ min: 1e-6, max: 0.49, noNaN: true });
const improvesWhen = fc.constantFrom<Direction>("increase", "decrease");
const isInDoubt = (pValue: number, level: number): boolean => Math.abs(pValue - level) <= 1e-7 * level;
const liesBeyond = ({ lower, upper, excluded }: Interval, value: number, side: string): boolean =>
  excluded === null && (side === "greater" ? lower > value : upper < value);

describe("tests against a margin, against 60 digits", () => {
  it("have the score test of two proportions: p to 1e-12, its log to 1e-14", () => {
    for (const row of margins.proportions) {
      const options = {
        ...row,
        scale: row.scale as ComparisonScale,
        improvesWhen: row.improvesWhen as Direction,
      };
      const result = testNonInferiority(options);
      expect(relativeError(result.statistic!, row.statistic)).toBeLessThan(1e-13);
      expect(relativeError(result.pValue!, row.pValue)).toBeLessThan(1e-12);
      expect(scaledError(result.logPValue!, row.logPValue)).toBeLessThan(1e-13);
      const wider = testNonInferiority({ ...options, test: "miettinen-nurminen" });
      expect(relativeError(wider.statistic!, row.miettinenNurminen)).toBeLessThan(1e-13);
    }
  });

  it("have Welch's test of two means on both scales: p to 1e-12", () => {
    for (const row of margins.means) {
      const result = testNonInferiority({
        ...row,
        scale: row.scale as ComparisonScale,
        improvesWhen: row.improvesWhen as Direction,
      });
      expect(relativeError(result.degreesOfFreedom, row.degreesOfFreedom)).toBeLessThan(1e-14);
      expect(relativeError(result.pValue!, row.pValue)).toBeLessThan(1e-12);
      expect(scaledError(result.logPValue!, row.logPValue)).toBeLessThan(1e-12);
    }
  });
});

describe("a test against a margin and its interval at 1 − 2 alpha", () => {
  it("are duals for proportions at any size, with empty cells, on every scale", () => {
    fc.assert(
      fc.property(
        rates,
        margin,
        alpha,
        improvesWhen,
        fc.constantFrom(...SCALES),
        fc.constantFrom("score" as const, "miettinen-nurminen" as const),
        (arms, distance, level, direction, scale, test) => {
          const options = { ...arms, margin: distance, alpha: level, improvesWhen: direction, scale, test };
          for (const result of [testNonInferiority(options), testSuperiority(options)]) {
            if (isInDoubt(result.pValue!, level)) continue;
            expect(result.effect.interval.dualToTest).toBe(true);
            expect(liesBeyond(result.effect.interval, result.nullValue, result.alternative)).toBe(
              result.pValue! < level,
            );
          }
        },
      ),
      { numRuns: 4000 },
    );
  });

  it("are duals for means, where a set with a gap or no variance settles nothing", () => {
    fc.assert(
      fc.property(
        mean,
        mean,
        margin,
        alpha,
        improvesWhen,
        fc.constantFrom("difference" as const, "lift" as const),
        fc.constantFrom("welch" as const, "pooled" as const),
        (control, treatment, distance, level, direction, scale, test) => {
          const arms = { control, treatment };
          const options = { ...arms, margin: distance, alpha: level, improvesWhen: direction, scale, test };
          const result = testNonInferiority(options);
          const { interval } = result.effect;
          if (result.pValue === null) {
            expect(result.nonInferior).toBe(false);
            expect(result.warnings.length).toBeGreaterThan(0);
            expect(interval.dualToTest).toBe(false);
          } else if (!isInDoubt(result.pValue, level)) {
            expect(result.nonInferior).toBe(liesBeyond(interval, result.nullValue, result.alternative));
            if (interval.excluded === null) expect(result.nonInferior).toBe(result.pValue < level);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("make equivalence out of two tests", () => {
    fc.assert(
      fc.property(rates, margin, alpha, fc.constantFrom(...SCALES), (arms, distance, level, scale) => {
        const result = testEquivalence({ ...arms, margin: distance, alpha: level, scale });
        expect(result.pValue).toBe(Math.max(result.lower.pValue!, result.upper.pValue!));
        if (isInDoubt(result.pValue!, level)) return;
        const { interval } = result.effect;
        expect(result.equivalent).toBe(
          liesBeyond(interval, result.lower.nullValue, "greater") &&
            liesBeyond(interval, result.upper.nullValue, "less"),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe("testNonInferiority", () => {
  const control = { n: 10_000, conversions: 1000 };
  const treatment = { n: 10_000, conversions: 990 };

  it("becomes the one-sided comparison as the margin shrinks to nothing", () => {
    for (const test of ["score", "miettinen-nurminen"] as const) {
      const plain = compareProportions({ control, treatment, test, alternative: "greater" });
      for (const scale of SCALES) {
        const close = testNonInferiority({ control, treatment, margin: 1e-15, scale, test });
        expect(relativeError(close.pValue!, plain.pValue!)).toBeLessThan(1e-11);
      }
    }
  });

  it("gives the same answer where units that do not convert are counted and less is better", () => {
    const rest = ({ n, conversions }: typeof control): typeof control => ({
      n,
      conversions: n - conversions,
    });
    const more = testNonInferiority({ control, treatment, margin: 0.01 });
    const less = testNonInferiority({
      control: rest(control),
      treatment: rest(treatment),
      margin: 0.01,
      improvesWhen: "decrease",
    });
    expect(relativeError(less.pValue!, more.pValue!)).toBeLessThan(1e-13);
    expect(less.nullValue).toBe(-more.nullValue);
    expect(less.alternative).toBe("less");
  });

  it("says on which scale the margin is: 5 % of odds is an odds ratio of 0.95, or 1.05 where less is better", () => {
    const nullValue = (scale: ComparisonScale, direction: Direction): number =>
      testNonInferiority({ control, treatment, margin: 0.05, scale, improvesWhen: direction }).nullValue;
    expect(nullValue("odds-ratio", "increase")).toBe(0.95);
    expect(nullValue("odds-ratio", "decrease")).toBe(1.05);
    expect(nullValue("lift", "increase")).toBe(-0.05);
    expect(nullValue("difference", "decrease")).toBe(0.05);
  });

  it("has no answer where nothing varies, and over a control mean that is not above 0", () => {
    const flat = { n: 10, mean: 3, variance: 0 };
    const result = testNonInferiority({ control: flat, treatment: flat, margin: 0.1 });
    expect(result).toMatchObject({
      pValue: null,
      logPValue: null,
      status: "undetermined",
      nonInferior: false,
    });
    expect(result.warnings.map(({ code }) => code)).toEqual(["NO_VARIANCE"]);
    const loss = { n: 10, mean: -3, variance: 4 };
    const lift = testNonInferiority({ control: loss, treatment: loss, margin: 0.1, scale: "lift" });
    expect(lift).toMatchObject({ statistic: null, status: "undetermined" });
    expect(lift.warnings.map(({ code }) => code)).toEqual(["UNDETERMINED_LIFT"]);
  });

  it("stays finite for means at the ends of the doubles", () => {
    const huge = { n: 10, mean: 1.7e308, variance: 1e308 };
    const low = { n: 10, mean: -1.7e308, variance: 1e308 };
    for (const result of [
      testNonInferiority({
        control: huge,
        treatment: low,
        margin: 1e99,
        scale: "lift",
        improvesWhen: "decrease",
      }),
      testNonInferiority({ control: huge, treatment: low, margin: 1e308 }),
    ]) {
      expect(JSON.stringify(result, (_, x: unknown) => (Number.isNaN(x) ? "NaN" : x))).not.toContain("NaN");
    }
  });

  it.each([
    [{ margin: -0.01 }, "margin = -0.01"],
    [{ margin: 0 }, "margin = 0"],
    [{ margin: 1 }, "margin = 1"],
    [{ margin: 2, scale: "lift" as const }, "margin = 2"],
    [{ margin: 1e101, scale: "lift" as const, improvesWhen: "decrease" as const }, "margin = 1e+101"],
    [{ margin: Number.NaN }, "margin = NaN"],
    [{ margin: 0.1, alpha: 0.5 }, "alpha = 0.5"],
    [{ margin: 0.1, alpha: 1e-16 }, "alpha = 1e-16"],
    [{ margin: 0.1, scale: "log" as never }, 'scale = "log"'],
    [{ margin: 0.1, test: "welch" as const }, 'test = "welch"'],
    [{ margin: 0.1, improvesWhen: "up" as never }, 'improvesWhen = "up"'],
    [{ margin: 0.1, treatment: { n: 5, mean: 1, variance: 2 } as never }, "treatment.conversions"],
    [{ margin: 0.1, control: { n: 5 } as never }, "control = {…}, must hold conversions"],
  ])("refuses %j", (options, message) => {
    const call = (): unknown => testNonInferiority({ control, treatment, ...options });
    expect(call).toThrow(DomainError);
    expect(call).toThrow(message);
  });

  it("refuses an odds ratio of means", () => {
    const arm = { n: 5, mean: 1, variance: 2 };
    const call = (): unknown =>
      testNonInferiority({ control: arm, treatment: arm, margin: 0.1, scale: "odds-ratio" });
    expect(call).toThrow('scale = "odds-ratio", must be one of "difference", "lift"');
  });
});

describe("testEquivalence", () => {
  const control = { n: 5000, conversions: 1010 };
  const treatment = { n: 5000, conversions: 1000 };

  it("takes bounds that are not symmetric", () => {
    const options = { control, treatment, lower: 0.8, upper: 1.25, scale: "odds-ratio" as const };
    const result = testEquivalence(options);
    expect([result.lower.nullValue, result.upper.nullValue]).toEqual([0.8, 1.25]);
    expect(result.equivalent).toBe(true);
    expect(testEquivalence({ ...options, upper: 1.01 }).equivalent).toBe(false);
  });

  it.each([
    [{}, "lower = undefined"],
    [{ lower: 0.01, upper: 0.02 }, "lower = 0.01"],
    [{ lower: -0.01, upper: -0.001 }, "upper = -0.001"],
    [{ lower: -0.01 }, "upper = undefined"],
    [{ margin: 0.1, lower: -0.1 }, "margin = 0.1, must be left out"],
    [{ margin: -0.1 }, "margin = -0.1"],
    [{ lower: -1, upper: 0.5 }, "lower = -1"],
    [{ lower: 1.1, upper: 1.2, scale: "odds-ratio" as const }, "lower = 1.1"],
    [{ lower: 0, upper: 1.2, scale: "odds-ratio" as const }, "lower = 0"],
  ])("refuses %j", (options, message) => {
    expect(() => testEquivalence({ control, treatment, ...options })).toThrow(message);
  });
});
