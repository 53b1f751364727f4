import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { linearize } from "../../src/summaries/linearize.ts";
import type { Ratio } from "../../src/summaries/ratio.ts";
import reference from "../reference/inference/ratio-delta.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";
import { leavesOut } from "../support/leaves-out.ts";

const ratio = (
  n: number,
  y: number,
  x: number,
  yVariance: number,
  xVariance: number,
  covariance: number,
): Ratio => ({
  n,
  numerator: { mean: y, variance: yVariance },
  denominator: { mean: x, variance: xVariance },
  covariance,
});
const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

describe("compareRatios against mpmath", () => {
  it("has ratios, difference, test and delta lift to 1e-12", () => {
    for (const { control, treatment, confidenceLevel, expected } of reference.cases) {
      const result = compareRatios({ control, treatment, confidenceLevel, liftMethod: "delta" });
      expect(relativeError(result.control.ratio!, expected.control.ratio)).toBeLessThan(1e-15);
      expect(relativeError(result.control.standardError!, expected.control.se)).toBeLessThan(1e-14);
      expect(relativeError(result.treatment.standardError!, expected.treatment.se)).toBeLessThan(1e-14);
      const { estimate, se, z, p_two: p, logp_two: logP, ci } = expected.difference;
      expect(relativeError(result.difference.estimate!, estimate)).toBeLessThan(1e-14);
      expect(relativeError(result.difference.standardError!, se)).toBeLessThan(1e-14);
      expect(relativeError(result.statistic!, z)).toBeLessThan(1e-14);
      expect(relativeError(result.pValue!, p)).toBeLessThan(1e-12);
      expect(Math.abs(result.logPValue! - logP)).toBeLessThan(1e-12 * Math.max(1, Math.abs(logP)));
      expect(endError(result.difference.interval, [ci[0]!, ci[1]!])).toBeLessThan(1e-13);
      const { lift, se: liftError, ci: liftEnds } = expected.relative;
      expect(relativeError(result.lift.estimate!, lift)).toBeLessThan(1e-13);
      expect(relativeError(result.lift.standardError!, liftError)).toBeLessThan(1e-13);
      expect(endError(result.lift.interval, [liftEnds[0]!, liftEnds[1]!])).toBeLessThan(1e-12);
    }
  });

  it("keeps the digits of a difference of nearly equal ratios", () => {
    // (y₂x₁ − y₁x₂)/(x₁x₂) in whole numbers: 1/(3000001 · 3000002).
    const control = ratio(1e12, 2_000_000, 3_000_001, 1, 1, 0);
    const treatment = ratio(1e12, 2_000_001, 3_000_002, 1, 1, 0);
    const exact = (2_000_001 * 3_000_001 - 2_000_000 * 3_000_002) / 3_000_001 / 3_000_002;
    expect(relativeError(compareRatios({ control, treatment }).difference.estimate!, exact)).toBeLessThan(
      1e-15,
    );
  });

  it("keeps the digits of a variance that the denominator explains", () => {
    // y = x + e with e of variance 1e-9: what is left at the ratio 1 is that variance.
    const arm = ratio(100, 5, 5, 1 + 2 ** -30, 1, 1);
    const { standardError } = compareRatios({ control: arm, treatment: arm }).control;
    expect(relativeError(standardError!, 2 ** -15 / 50)).toBeLessThan(1e-15);
  });
});

const arm = fc
  .record({
    n: fc.constantFrom(2, 50, 1e6, 1e12),
    y: fc.double({ min: -3, max: 9, noNaN: true }),
    x: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 9, noNaN: true })),
    yVariance: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 50, noNaN: true })),
    xVariance: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 50, noNaN: true })),
    correlation: fc.double({ min: -1, max: 1, noNaN: true }),
  })
  .map(({ n, y, x, yVariance, xVariance, correlation }) =>
    ratio(n, y, x, yVariance, xVariance, correlation * Math.sqrt(yVariance) * Math.sqrt(xVariance)),
  );

describe("compareRatios", () => {
  it("inverts its test by the difference and by Fieller's set", () => {
    fc.assert(
      fc.property(
        arm,
        arm,
        fc.constantFrom("two-sided" as const, "greater" as const, "less" as const),
        fc.double({ min: 0.01, max: 0.9999, noNaN: true }),
        (control, treatment, alternative, confidenceLevel) => {
          const result = compareRatios({ control, treatment, alternative, confidenceLevel });
          const alpha = 1 - confidenceLevel;
          if (result.pValue === null || Math.abs(result.pValue - alpha) <= 1e-8 * alpha) return;
          for (const interval of [result.difference.interval, result.lift.interval]) {
            if (interval.dualToTest) expect(leavesOut(interval, 0)).toBe(result.pValue < alpha);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is the comparison of means, by the normal distribution, where every denominator is 1", () => {
    const result = compareRatios({
      control: ratio(1e6, 2, 1, 5, 0, 0),
      treatment: ratio(1e6, 2.01, 1, 6, 0, 0),
    });
    const means = compareMeans({
      control: { n: 1e6, mean: 2, variance: 5 },
      treatment: { n: 1e6, mean: 2.01, variance: 6 },
    });
    expect(relativeError(result.statistic!, means.statistic!)).toBeLessThan(1e-14);
    expect(relativeError(result.lift.standardError!, means.lift.standardError!)).toBeLessThan(1e-14);
    expect(relativeError(result.pValue!, means.pValue!)).toBeLessThan(1e-4);
  });

  it("agrees in sign with the linearised metric, and nearly in the statistic", () => {
    const control = ratio(10_000, 2.1, 5.3, 6.4, 20.2, 7.7);
    const treatment = ratio(10_100, 2.13, 5.25, 6.9, 19.8, 7.9);
    const arms = linearize({ control, treatment });
    expect(arms.control.mean).toBe(0);
    const linearised = compareMeans(arms);
    expect(
      relativeError(linearised.statistic!, compareRatios({ control, treatment }).statistic!),
    ).toBeLessThan(0.02);
  });

  it("does not depend on the scale of numerator and denominator", () => {
    const at = (up: number, down: number): Ratio =>
      ratio(500, 2 * up, 5 * down, 6 * up * up, 20 * down * down, 7 * up * down);
    const other = (up: number, down: number): Ratio =>
      ratio(510, 2.2 * up, 5 * down, 6 * up * up, 20 * down * down, 7 * up * down);
    const plain = compareRatios({ control: at(1, 1), treatment: other(1, 1) });
    for (const [up, down] of [
      [2 ** 300, 1],
      [1, 2 ** 300],
      [2 ** -300, 2 ** 200],
    ] as const) {
      const scaled = compareRatios({ control: at(up, down), treatment: other(up, down) });
      expect(relativeError(scaled.statistic!, plain.statistic!)).toBeLessThan(1e-14);
      expect(relativeError(scaled.lift.interval.upper, plain.lift.interval.upper)).toBeLessThan(1e-12);
    }
  });

  it("has no answer without denominators, and says why", () => {
    const none = ratio(50, 0, 0, 0, 0, 0);
    const result = compareRatios({ control: none, treatment: ratio(50, 2, 5, 1, 1, 0) });
    expect(result).toMatchObject({ statistic: null, pValue: null, status: "undetermined" });
    expect(result.control).toMatchObject({ ratio: null, standardError: null });
    expect(result.difference).toMatchObject({ estimate: null, status: "undetermined" });
    expect(codes(result)).toEqual(["NO_DENOMINATOR"]);
  });

  it("warns of a denominator that is hard to tell from 0", () => {
    const near = ratio(100, 1, 0.5, 1, 1, 0);
    const far = ratio(100, 1, 1.5, 1, 1, 0);
    expect(codes(compareRatios({ control: near, treatment: far }))).toEqual(["SMALL_DENOMINATOR"]);
    expect(codes(compareRatios({ control: far, treatment: far }))).toEqual([]);
  });

  it("takes equal ratios without variance for equal, and gives unequal ones no answer", () => {
    const still = ratio(20, 3, 6, 0, 0, 0);
    expect(compareRatios({ control: still, treatment: still })).toMatchObject({ pValue: 1, status: "ok" });
    const other = compareRatios({ control: still, treatment: ratio(20, 3, 5, 0, 0, 0) });
    expect(other).toMatchObject({ pValue: null, status: "undetermined" });
    expect(codes(other)).toContain("NO_VARIANCE");
  });

  const good = ratio(10, 2, 5, 6, 20, 7);
  it.each([
    [{ control: { ...good, n: 1 }, treatment: good }, "control.numerator.variance"],
    [{ control: ratio(1, 2, 5, 0, 0, 0), treatment: good }, "control.n"],
    [{ control: good, treatment: { ...good, covariance: 11 } }, "treatment.covariance"],
    [
      { control: good, treatment: { ...good, denominator: { mean: 5, variance: -1 } } },
      "treatment.denominator.variance",
    ],
    [{ control: good, treatment: { ...good, numerator: null as never } }, "treatment.numerator"],
    [{ control: good, treatment: ratio(9, 1e300, 1e-300, 1, 0, 0) }, "treatment.denominator.mean"],
    [{ control: good, treatment: good, liftMethod: "katz" as never }, "liftMethod"],
  ] as const)("refuses %j, naming %s", (options, field) => {
    expect(() => compareRatios(options)).toThrow(DomainError);
    expect(() => compareRatios(options)).toThrow(field);
  });
});
