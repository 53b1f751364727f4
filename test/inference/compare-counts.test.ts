import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { Count } from "../../src/summaries/count.ts";
import scoreReference from "../reference/inference/count-score-limits.json" with { type: "json" };
import reference from "../reference/inference/count-tests.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { referenceNumber } from "../support/reference-number.ts";
import { relativeError } from "../support/relative-error.ts";

const count = (n: number, events: number, variance?: number): Count =>
  variance === undefined ? { n, events } : { n, events, variance };
const ends = (pair: readonly (number | string)[], shift = 0): [number, number] => [
  referenceNumber(pair[0]!) + shift,
  referenceNumber(pair[1]!) + shift,
];
const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

describe("compareCounts against R and mpmath", () => {
  it("has the score test and the limits that invert it to 1e-12", () => {
    for (const {
      control,
      treatment,
      confidenceLevel,
      z,
      p,
      logP,
      difference,
      lift,
    } of scoreReference.cases) {
      const result = compareCounts({ control, treatment, confidenceLevel });
      expect(relativeError(result.statistic!, z)).toBeLessThan(1e-14);
      expect(relativeError(result.pValue!, p)).toBeLessThan(1e-12);
      expect(Math.abs(result.logPValue! - logP)).toBeLessThan(1e-12 * Math.max(1, Math.abs(logP)));
      expect(endError(result.difference.interval, ends(difference))).toBeLessThan(1e-12);
      expect(endError(result.lift.interval, ends(lift))).toBeLessThan(1e-12);
    }
  });

  // R's poisson.test finds limits by qbeta, right to about 1e-13, and adds tails one density after the other.
  it("has the exact test and Clopper and Pearson's limits of R's poisson.test to 1e-10", () => {
    for (const { control, treatment, confidenceLevel, ...expected } of reference.exact) {
      const options = { control, treatment, confidenceLevel, test: "exact" } as const;
      const result = compareCounts(options);
      expect(relativeError(result.pValue!, expected.twoSided)).toBeLessThan(1e-10);
      expect(endError(result.lift.interval, ends(expected.ratio, -1))).toBeLessThan(1e-10);
      const greater = compareCounts({ ...options, alternative: "greater" });
      expect(relativeError(greater.pValue!, expected.greater)).toBeLessThan(1e-10);
      expect(endError(greater.lift.interval, [expected.ratioAbove - 1, Infinity])).toBeLessThan(1e-10);
      const less = compareCounts({ ...options, alternative: "less" });
      expect(relativeError(less.pValue!, expected.less)).toBeLessThan(1e-10);
      expect(endError(less.lift.interval, [-1, referenceNumber(expected.ratioBelow) - 1])).toBeLessThan(
        1e-10,
      );
    }
  });

  it("has dispersion, score statistic and error of the log ratio of R's quasi-Poisson fit to 1e-10", () => {
    for (const { control, treatment, ...expected } of reference.quasi) {
      const result = compareCounts({ control, treatment });
      expect(result.method).toBe("quasi-poisson");
      expect(result.degreesOfFreedom).toBe(expected.df);
      expect(relativeError(result.dispersion!, expected.dispersion)).toBeLessThan(1e-10);
      expect(relativeError(result.statistic! ** 2, expected.rao)).toBeLessThan(1e-10);
      expect(relativeError(Math.log1p(result.lift.estimate!), expected.logRatio)).toBeLessThan(1e-10);
      const logError = result.lift.standardError! / (1 + result.lift.estimate!);
      expect(relativeError(logError, expected.logRatioError)).toBeLessThan(1e-10);
    }
  });
});

const arm = fc
  .tuple(fc.constantFrom(1, 2, 7, 300, 1e6, 1e12), fc.constantFrom(0, 1, 4, 60, 2e4, 3e9))
  .map(([n, events]) => count(n, events));
const varied = fc
  .tuple(
    fc.integer({ min: 2, max: 400 }),
    fc.integer({ min: 0, max: 600 }),
    fc.double({ min: 0, max: 9, noNaN: true }),
  )
  .map(([n, events, dispersion]) => count(n, events, (Math.min(dispersion, events) * events) / n));
const alternative = fc.constantFrom("two-sided" as const, "greater" as const, "less" as const);
const level = fc.double({ min: 0.01, max: 0.9999, noNaN: true });

describe("the tests of two counts", () => {
  it("are duals of the intervals that say so", () => {
    const check = (
      control: Count,
      treatment: Count,
      side: "two-sided" | "greater" | "less",
      confidenceLevel: number,
      test?: "score" | "exact",
    ): void => {
      const result = compareCounts({
        control,
        treatment,
        alternative: side,
        confidenceLevel,
        test,
        twoSided: "central",
      });
      const alpha = 1 - confidenceLevel;
      if (result.pValue === null || Math.abs(result.pValue - alpha) <= 1e-8 * alpha) return;
      for (const { lower, upper, dualToTest } of [result.difference.interval, result.lift.interval]) {
        if (dualToTest) expect(lower > 0 || upper < 0).toBe(result.pValue < alpha);
      }
      if (test !== "exact") expect(result.difference.interval.dualToTest).toBe(true);
      expect(result.lift.interval.dualToTest).toBe(true);
    };
    fc.assert(fc.property(arm, arm, alternative, level, fc.constantFrom("score", "exact"), check), {
      numRuns: 2000,
    });
    fc.assert(
      fc.property(varied, varied, alternative, level, (control, treatment, side, confidenceLevel) =>
        check(control, treatment, side, confidenceLevel),
      ),
      { numRuns: 1000 },
    );
  });

  it("give finite, ordered answers with and without events", () => {
    fc.assert(
      fc.property(
        arm,
        arm,
        alternative,
        fc.constantFrom("score", "exact"),
        (control, treatment, side, test) => {
          const result = compareCounts({ control, treatment, alternative: side, test });
          expect(result.pValue).toBeGreaterThanOrEqual(0);
          expect(result.pValue).toBeLessThanOrEqual(1);
          expect(result.logPValue).toBeGreaterThan(-Infinity);
          for (const { lower, upper } of [result.difference.interval, result.lift.interval]) {
            expect(lower).toBeLessThanOrEqual(upper);
          }
          expect(result.lift.interval.lower).toBeGreaterThanOrEqual(-1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("swap sides with the arms", () => {
    fc.assert(
      fc.property(arm, arm, fc.constantFrom("score", "exact"), (control, treatment, test) => {
        const there = compareCounts({ control, treatment, test });
        const back = compareCounts({ control: treatment, treatment: control, test });
        expect(relativeError(back.pValue!, there.pValue!)).toBeLessThan(1e-9);
        expect(back.difference.estimate! + there.difference.estimate!).toBe(0);
      }),
    );
  });

  it("take quasi-Poisson with a dispersion of 1 and many units for Poisson", () => {
    const quasi = compareCounts({ control: count(1e9, 2e9, 2), treatment: count(1e9, 2e9 + 1e5, 2 + 1e-4) });
    const score = compareCounts({ control: count(1e9, 2e9), treatment: count(1e9, 2e9 + 1e5) });
    expect(relativeError(quasi.dispersion!, 1)).toBeLessThan(1e-8);
    expect(relativeError(quasi.pValue!, score.pValue!)).toBeLessThan(1e-6);
  });
});

describe("compareCounts at the edges", () => {
  it("has an interval of the difference without any event, and no lift", () => {
    const z2 = 1.959963984540054 ** 2;
    const { statistic, pValue, difference, lift, ...rest } = compareCounts({
      control: count(50, 0),
      treatment: count(80, 0),
    });
    expect({ statistic, pValue }).toEqual({ statistic: 0, pValue: 1 });
    expect(endError(difference.interval, [-z2 / 50, z2 / 80])).toBeLessThan(1e-14);
    expect(lift).toMatchObject({ estimate: null, status: "undetermined" });
    expect(lift.interval).toMatchObject({ lower: -1, upper: Infinity });
    expect(codes(rest)).toContain("UNDETERMINED_LIFT");
  });

  it("has an infinite lift over a control without events", () => {
    const { lift, ...rest } = compareCounts({ control: count(50, 0), treatment: count(80, 40) });
    expect(lift).toMatchObject({ estimate: Infinity, standardError: Infinity, status: "unbounded" });
    expect(lift.interval.lower).toBeGreaterThan(-1);
    expect(codes(rest)).toEqual(["ZERO_CONTROL_RATE"]);
  });

  it("has no answer for unequal rates where no unit differs from its arm's mean", () => {
    const same = compareCounts({ control: count(5, 10, 0), treatment: count(9, 18, 0) });
    expect(same).toMatchObject({ pValue: 1, dispersion: 0, status: "ok" });
    const other = compareCounts({ control: count(5, 10, 0), treatment: count(9, 9, 0) });
    expect(other).toMatchObject({ statistic: null, pValue: null, logPValue: null, status: "undetermined" });
    expect(codes(other)).toContain("NO_VARIANCE");
  });

  it("has limits where the dispersion dwarfs the events", () => {
    // All events at one unit of two, and a level that one degree of freedom answers with t = 6e5.
    const { difference, lift } = compareCounts({
      control: count(2, 1e6, 5e11),
      treatment: count(1, 1e6, 0),
      confidenceLevel: 1 - 1e-6,
    });
    for (const { lower, upper } of [difference.interval, lift.interval]) {
      expect(lower).toBeLessThan(0);
      expect(upper).toBeGreaterThan(0);
    }
  });

  it("takes an unknown dispersion for 1, and says so", () => {
    const none = compareCounts({ control: count(5, 0, 0), treatment: count(9, 0, 0) });
    expect(none).toMatchObject({ method: "quasi-poisson", pValue: 1, dispersion: null });
    expect(codes(none)).toContain("UNKNOWN_DISPERSION");
    expect(compareCounts({ control: count(1, 3, 0), treatment: count(1, 2, 0) }).method).toBe("score");
  });

  it("warns of Poisson tests beside variances that say otherwise", () => {
    const control = count(4000, 9120, 5.1);
    const treatment = count(4100, 9710, 5.4);
    expect(codes(compareCounts({ control, treatment, test: "score" }))).toEqual(["OVERDISPERSED"]);
    expect(codes(compareCounts({ control, treatment, test: "exact" }))).toEqual(["OVERDISPERSED"]);
    expect(codes(compareCounts({ control, treatment }))).toEqual([]);
    const poisson = { control: count(4000, 9120, 2.28), treatment: count(4100, 9710, 2.4) };
    expect(codes(compareCounts({ ...poisson, test: "score" }))).toEqual([]);
  });

  it("warns where one dispersion does not fit both arms", () => {
    const result = compareCounts({ control: count(10_000, 20_000, 2), treatment: count(1000, 2100, 12) });
    expect(codes(result)).toEqual(["UNEQUAL_DISPERSION"]);
  });
});

describe("the score test of counts, in 20,000 seeded experiments", () => {
  // Poisson counts as binomial ones of many trials; the bound is four Monte Carlo standard errors and 0.003 for the steps.
  it("rejects a true null 5 % of the time, and covers difference and lift", () => {
    const random = createRandom(41);
    const runs = 20_000;
    const poisson = (mean: number): number => random.binomial(1e9, mean / 1e9);
    let [rejected, difference, lift] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const control = count(400, poisson(120));
      const same = compareCounts({ control, treatment: count(900, poisson(270)) });
      if (same.pValue! < 0.05) rejected++;
      const moved = compareCounts({ control, treatment: count(900, poisson(351)) });
      const covers = (interval: { lower: number; upper: number }, truth: number): number =>
        interval.lower <= truth && truth <= interval.upper ? 1 : 0;
      difference += covers(moved.difference.interval, 0.09);
      lift += covers(moved.lift.interval, 0.3);
    }
    const bound = 4 * Math.sqrt((0.05 * 0.95) / runs) + 0.003;
    for (const share of [rejected, runs - difference, runs - lift]) {
      expect(Math.abs(share / runs - 0.05)).toBeLessThan(bound);
    }
  });
});

describe("bad input", () => {
  const good = count(10, 12, 3);
  it.each([
    [{ control: count(0, 1), treatment: good }, "control.n"],
    [{ control: count(5, -1), treatment: good }, "control.events"],
    [{ control: good, treatment: count(5, 1.5) }, "treatment.events"],
    [{ control: good, treatment: count(5, 2, -1) }, "treatment.variance"],
    [{ control: good, treatment: count(5, 0, 1) }, "treatment.variance"],
    [{ control: good, treatment: count(5, 10, 20.1) }, "treatment.variance"],
    [{ control: count(10, 12), treatment: good, test: "quasi-poisson" }, "control.variance"],
    [{ control: good, treatment: count(10, 12), test: "quasi-poisson" }, "treatment.variance"],
    [{ control: count(1, 3, 0), treatment: count(1, 3, 0), test: "quasi-poisson" }, "treatment.n"],
    [{ control: good, treatment: good, test: "wald" as never }, "test"],
    [{ control: good, treatment: good, twoSided: "both" as never }, "twoSided"],
    [{ control: good, treatment: good, confidenceLevel: 1 }, "confidenceLevel"],
  ] as const)("%j is refused, naming %s", (options, field) => {
    expect(() => compareCounts(options)).toThrow(DomainError);
    expect(() => compareCounts(options)).toThrow(field);
  });
});
