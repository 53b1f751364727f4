import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { studentTUpperQuantile } from "../../src/numerics/student-t.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import reference from "../reference/inference/welch.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { referenceNumber } from "../support/reference-number.ts";
import { relativeError } from "../support/relative-error.ts";
import { leavesOut } from "../support/leaves-out.ts";
import { faultOf } from "../support/sound-result.ts";

const mean = (n: number, m: number, variance: number): Mean => ({ n, mean: m, variance });

describe("compareMeans against R", () => {
  const sides = [
    ["two-sided", "p_two", "logp_two"],
    ["greater", "p_greater", "logp_greater"],
    ["less", "p_less", "logp_less"],
  ] as const;

  // Largest errors seen: t 3e-16, df 8e-16, p 3e-13 (R's own, at 1e-232; the log agrees to 1e-15), ends 1e-15.
  it("has t, degrees of freedom, p-values and interval of Welch's test to 1e-12", () => {
    for (const { control, treatment, confidenceLevel, welch } of reference.cases) {
      const expected: Record<string, unknown> = welch;
      for (const [alternative, p, logP] of sides) {
        const result = compareMeans({ control, treatment, confidenceLevel, alternative });
        expect(relativeError(result.statistic!, welch.t)).toBeLessThan(2e-15);
        expect(relativeError(result.degreesOfFreedom, welch.df)).toBeLessThan(4e-15);
        if (expected[p] !== undefined) {
          expect(relativeError(result.pValue!, referenceNumber(expected[p] as number))).toBeLessThan(1e-12);
        }
        if (expected[logP] !== undefined) {
          const log = expected[logP] as number;
          expect(Math.abs(result.logPValue! - log)).toBeLessThan(1e-14 * Math.max(1, Math.abs(log)));
        }
      }
      const { interval } = compareMeans({ control, treatment, confidenceLevel }).difference;
      expect(endError(interval, [welch.ci[0]!, welch.ci[1]!])).toBeLessThan(1e-14);
    }
  });
});

describe("compareMeans", () => {
  const control = mean(1000, 10.2, 16.81);
  const treatment = mean(1020, 10.6, 18.49);

  it("has the lift beside the difference, with the delta method's standard error", () => {
    const { lift, status, warnings } = compareMeans({ control, treatment });
    // mpmath 1.3, 50 digits: lift 0.0392156862745098, delta se 0.0186742791026756.
    expect(relativeError(lift.estimate!, 0.0392156862745098)).toBeLessThan(1e-13);
    expect(relativeError(lift.standardError!, 0.0186742791026756)).toBeLessThan(1e-13);
    expect(lift.interval).toMatchObject({ method: "fieller", dualToTest: true, excluded: null });
    expect(status).toBe("ok");
    expect(warnings).toEqual([]);
  });

  it("shows a gap where the control mean cannot be told from 0", () => {
    const { lift, warnings } = compareMeans({ control: mean(40, 2, 64), treatment: mean(44, 6, 81) });
    expect(lift.status).toBe("unbounded");
    expect(lift.interval).toMatchObject({ lower: -Infinity, upper: Infinity });
    expect(lift.interval.excluded!.lower).toBeLessThan(lift.interval.excluded!.upper);
    expect(warnings.map(({ code }) => code)).toEqual(["UNBOUNDED_LIFT"]);
  });

  it("leaves the lift over a control mean at or below 0 undetermined", () => {
    for (const m of [0, -3]) {
      const { lift, difference, warnings } = compareMeans({ control: mean(40, m, 64), treatment });
      expect(lift).toMatchObject({ estimate: null, standardError: null, status: "undetermined" });
      expect(lift.interval).toMatchObject({ lower: -Infinity, upper: Infinity, dualToTest: false });
      expect(difference.status).toBe("ok");
      expect(warnings.map(({ code }) => code)).toEqual(["UNDETERMINED_LIFT"]);
    }
  });

  it("gives equal means without variance p = 1, and unequal ones no answer", () => {
    const constant = mean(5, 2, 0);
    const equal = compareMeans({ control: constant, treatment: constant });
    expect(equal).toMatchObject({ statistic: 0, pValue: 1, status: "ok" });
    expect(equal.difference.interval).toMatchObject({ lower: 0, upper: 0 });
    const unequal = compareMeans({ control: constant, treatment: mean(5, 3, 0) });
    expect(unequal).toMatchObject({ statistic: null, pValue: null, logPValue: null, status: "undetermined" });
    expect(unequal.difference).toMatchObject({ estimate: 1, status: "undetermined" });
    expect(unequal.difference.interval).toMatchObject({
      lower: -Infinity,
      upper: Infinity,
      dualToTest: false,
    });
    expect(unequal.warnings.map(({ code }) => code)).toContain("NO_VARIANCE");
  });

  it("takes the degrees of freedom of the one arm that varies", () => {
    expect(compareMeans({ control: mean(9, 1, 0), treatment: mean(13, 2, 4) }).degreesOfFreedom).toBe(12);
  });

  it.each([1e-300, 1e-150, 1e150, 1e300])("is the same at a scale of %d, but for the scale", (scale) => {
    const variance = (v: number): number => Math.min(v * scale * scale, 1e308);
    const result = compareMeans({
      control: mean(50, 10 * scale, variance(4)),
      treatment: mean(60, 11 * scale, variance(5)),
    });
    const values = [result.difference, result.lift].flatMap(({ estimate, interval }) => [
      estimate!,
      interval.lower,
      interval.upper,
    ]);
    expect(values.some((value) => Number.isNaN(value))).toBe(false);
    expect(relativeError(result.lift.estimate!, 0.1)).toBeLessThan(1e-14);
  });

  it.each([1e308, 1.7e308])("has no NaN where the difference of means of ±%d is no double", (size) => {
    for (const [low, high] of [
      [size, -size],
      [-size, size],
    ] as const) {
      for (const variance of [0, 1, 1e308]) {
        const result = compareMeans({
          control: mean(2, low, variance),
          treatment: mean(2, high, variance),
        });
        expect(faultOf(result)).toBe(null);
        if (low > 0) expect(result.lift.estimate).toBe(-2);
        if (variance > 0) continue;
        expect(result.difference.status).toBe("undetermined");
        expect(result.difference.interval).toMatchObject({ lower: -Infinity, upper: Infinity });
      }
    }
  });

  it("tells 1e15 units from fewer", () => {
    const result = compareMeans({ control: mean(1e15, 1, 1), treatment: mean(1e15, 1 + 1e-7, 1) });
    expect(result.degreesOfFreedom).toBeCloseTo(2e15, -1);
    expect(result.pValue).toBeGreaterThan(0);
    expect(result.pValue).toBeLessThan(0.05);
  });
});

describe("Welch's test and its intervals", () => {
  const arm = fc.record({
    n: fc.constantFrom(2, 3, 10, 1000, 1e9),
    mean: fc.double({ min: -3, max: 3, noNaN: true }),
    variance: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 100, noNaN: true })),
  });
  const alternative = fc.constantFrom("two-sided" as const, "greater" as const, "less" as const);

  it("are duals: p < alpha exactly when 0 lies outside, gaps and one-sided sets included", () => {
    fc.assert(
      fc.property(
        arm,
        arm,
        alternative,
        fc.double({ min: 0.01, max: 0.9999, noNaN: true }),
        (control, treatment, side, level) => {
          const result = compareMeans({ control, treatment, alternative: side, confidenceLevel: level });
          const alpha = 1 - level;
          if (result.pValue === null || Math.abs(result.pValue - alpha) <= 1e-9 * alpha) return;
          for (const interval of [result.difference.interval, result.lift.interval]) {
            if (interval.dualToTest) expect(leavesOut(interval, 0)).toBe(result.pValue < alpha);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("swap signs with the arms", () => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const there = compareMeans({ control, treatment });
        const back = compareMeans({ control: treatment, treatment: control });
        expect(back.pValue).toBe(there.pValue);
        expect((back.statistic ?? 0) + (there.statistic ?? 0)).toBe(0);
        expect(back.difference.interval.lower + there.difference.interval.upper || 0).toBe(0);
      }),
    );
  });

  it("cross the critical value at the ends of the interval", () => {
    const { difference, degreesOfFreedom } = compareMeans({
      control: mean(9, 1, 2),
      treatment: mean(4, 3, 7),
    });
    const reach = studentTUpperQuantile((1 - 0.95) / 2, degreesOfFreedom) * difference.standardError!;
    expect(relativeError(difference.interval.upper, 2 + reach)).toBeLessThan(1e-15);
  });
});

describe("bad input", () => {
  const good = mean(10, 1, 1);
  it.each([
    [{ control: mean(1, 1, 0), treatment: good }, "control.n"],
    [{ control: mean(0, 1, 0), treatment: good }, "control.n"],
    [{ control: good, treatment: mean(2.5, 1, 1) }, "treatment.n"],
    [{ control: good, treatment: mean(5, Number.NaN, 1) }, "treatment.mean"],
    [{ control: good, treatment: mean(5, 1, -1) }, "treatment.variance"],
    [{ control: good, treatment: mean(5, 1, Infinity) }, "treatment.variance"],
    [{ control: good, treatment: good, confidenceLevel: 0 }, "confidenceLevel"],
    [{ control: good, treatment: good, alternative: "both" as never }, "alternative"],
  ] as const)("%j is refused, naming %s", (options, field) => {
    expect(() => compareMeans(options)).toThrow(DomainError);
    expect(() => compareMeans(options)).toThrow(field);
  });

  it("says that one unit is too few", () => {
    expect(() => compareMeans({ control: mean(1, 1, 0), treatment: good })).toThrow("at or above 2");
  });
});
