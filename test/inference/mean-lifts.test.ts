import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareLevels } from "../../src/inference/compare-levels.ts";
import { checkedConfidence } from "../../src/core/confidence.ts";
import { independentLevels, type Levels } from "../../src/models/levels.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import lifts from "../reference/inference/mean-lifts.json" with { type: "json" };
import pooledReference from "../reference/inference/pooled.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError, scaledError } from "../support/relative-error.ts";
import { leavesOut } from "../support/leaves-out.ts";

const mean = (n: number, m: number, variance: number): Mean => ({ n, mean: m, variance });

describe("the pooled t-test against R", () => {
  // Means near 1e6 that differ by 1e5 and vary by 0.01 leave R's own variances, which it was given, fewer digits.
  it("has t, degrees of freedom, p-values and interval to 1e-12", () => {
    for (const { control, treatment, confidenceLevel, pooled } of pooledReference.cases) {
      const expected: Record<string, unknown> = pooled;
      for (const [alternative, p, logP] of [
        ["two-sided", "p_two", "logp_two"],
        ["greater", "p_greater", "logp_greater"],
        ["less", "p_less", "logp_less"],
      ] as const) {
        const result = compareMeans({ control, treatment, confidenceLevel, alternative, test: "pooled" });
        expect(result.degreesOfFreedom).toBe(pooled.df);
        expect(relativeError(result.statistic!, pooled.t)).toBeLessThan(1e-14);
        if (expected[p] !== undefined) {
          expect(relativeError(result.pValue!, Number(expected[p]))).toBeLessThan(1e-12);
        }
        if (expected[logP] !== undefined) {
          expect(scaledError(result.logPValue!, Number(expected[logP]))).toBeLessThan(1e-13);
        }
      }
      const { interval } = compareMeans({ control, treatment, confidenceLevel, test: "pooled" }).difference;
      expect(endError(interval, [pooled.ci[0]!, pooled.ci[1]!])).toBeLessThan(1e-13);
    }
  });
});

describe("lifts of levels against mpmath", () => {
  const levelsOf = ({ control, treatment, df }: (typeof lifts.cases)[number]): Levels =>
    independentLevels(
      control.mean,
      treatment.mean,
      control.deviation / Math.sqrt(control.n),
      treatment.deviation / Math.sqrt(treatment.n),
      df ?? Infinity,
    );
  const positive = lifts.cases.filter(({ control }) => control.mean > 0);

  it("has the delta method and the log ratio to 1e-12", () => {
    for (const row of positive) {
      const confidence = checkedConfidence("two-sided", row.confidenceLevel);
      const { delta, log_ratio: logRatio, lift } = row.expected;
      const byDelta = compareLevels(levelsOf(row), confidence, "welch", "delta").lift;
      expect(relativeError(byDelta.estimate!, lift)).toBeLessThan(1e-12);
      expect(relativeError(byDelta.standardError!, delta.se)).toBeLessThan(1e-13);
      expect(endError(byDelta.interval, [delta.ci[0]!, delta.ci[1]!])).toBeLessThan(1e-12);
      if (logRatio === undefined || logRatio === null) continue;
      const byLog = compareLevels(levelsOf(row), confidence, "welch", "log").lift;
      expect(endError(byLog.interval, [logRatio.lift_ci[0]!, logRatio.lift_ci[1]!])).toBeLessThan(1e-11);
    }
  });

  it("has Fieller's sets, with gaps and without bounds, to 1e-11", () => {
    const shapes = new Set<string>();
    for (const row of positive) {
      const confidence = checkedConfidence("two-sided", row.confidenceLevel);
      const { interval } = compareLevels(levelsOf(row), confidence, "welch", "fieller").lift;
      const {
        type,
        lift_ci: ends,
        excluded,
      } = row.expected.fieller as {
        type: string;
        lift_ci?: number[];
        excluded?: number[];
      };
      shapes.add(type);
      if (type === "bounded") expect(endError(interval, [ends![0]!, ends![1]!])).toBeLessThan(1e-11);
      else expect(interval).toMatchObject({ lower: -Infinity, upper: Infinity });
      if (type === "exclusive") {
        expect(endError(interval.excluded!, [excluded![0]!, excluded![1]!])).toBeLessThan(1e-11);
      } else {
        expect(interval.excluded).toBeNull();
      }
    }
    expect([...shapes].toSorted()).toEqual(["bounded", "exclusive", "unbounded"]);
  });
});

describe("the pooled test and its intervals", () => {
  const arm = fc.record({
    n: fc.constantFrom(2, 3, 10, 1000, 1e9),
    mean: fc.double({ min: -3, max: 3, noNaN: true }),
    variance: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 100, noNaN: true })),
  });

  it("are duals, Fieller's set of the lift included", () => {
    fc.assert(
      fc.property(
        arm,
        arm,
        fc.constantFrom("two-sided" as const, "greater" as const, "less" as const),
        fc.double({ min: 0.01, max: 0.9999, noNaN: true }),
        (control, treatment, alternative, confidenceLevel) => {
          const result = compareMeans({ control, treatment, alternative, confidenceLevel, test: "pooled" });
          const alpha = 1 - confidenceLevel;
          if (result.pValue === null || Math.abs(result.pValue - alpha) <= 1e-9 * alpha) return;
          for (const interval of [result.difference.interval, result.lift.interval]) {
            if (interval.dualToTest) expect(leavesOut(interval, 0)).toBe(result.pValue < alpha);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("do with one unit in an arm", () => {
    const result = compareMeans({ control: mean(1, 4, 0), treatment: mean(9, 5, 2), test: "pooled" });
    expect(result.degreesOfFreedom).toBe(8);
    expect(() => compareMeans({ control: mean(1, 4, 0), treatment: mean(1, 5, 0), test: "pooled" })).toThrow(
      "3 units",
    );
  });
});

describe("winsorised means", () => {
  const control: Mean = { n: 900, mean: 41, variance: 800, winsorized: { upper: 500 } };
  const treatment: Mean = { n: 910, mean: 43, variance: 850, winsorized: { upper: 500 } };

  it("say that the effect is that of the capped values", () => {
    const result = compareMeans({ control, treatment });
    expect(result.assumptions.join(" ")).toContain("capped values (upper 500)");
    expect(result.control).toEqual(control);
    expect(result.pValue).toBe(
      compareMeans({ control: mean(900, 41, 800), treatment: mean(910, 43, 850) }).pValue,
    );
  });

  it("must have been capped at the same values", () => {
    const other = { ...treatment, winsorized: { lower: 0, upper: 400 } };
    expect(() => compareMeans({ control, treatment: other })).toThrow(
      'treatment.winsorized = "lower 0, upper 400", must be the caps of control.winsorized, which are upper 500',
    );
    expect(() => compareMeans({ control, treatment: mean(910, 43, 850) })).toThrow("none");
  });
});

describe("the warning of skewness", () => {
  const skewed = (n: number, skewness: number): Mean => ({ n, mean: 10, variance: 100, skewness });
  const isWarned = (control: Mean, treatment: Mean, test: "welch" | "pooled" = "welch"): boolean =>
    compareMeans({ control, treatment, test }).warnings.some(({ code }) => code === "SKEWED");

  it("asks for about 286 skewness² units of an arm beside one that hardly varies", () => {
    const calm: Mean = { n: 1e9, mean: 10, variance: 1, skewness: 0 };
    expect(isWarned(calm, skewed(270 * 25, 5))).toBe(true);
    expect(isWarned(calm, skewed(300 * 25, 5))).toBe(false);
    expect(isWarned(calm, skewed(270 * 25, -5))).toBe(true);
  });

  it("comes for a third moment as for the skewness that it makes", () => {
    const calm: Mean = { n: 1e9, mean: 10, variance: 1, skewness: 0 };
    const { skewness: _, ...plain } = skewed(1001, 8);
    const thirdMoment = 8 * (10 * Math.sqrt(1000 / 1001)) ** 3;
    const [asSkewness, asMoment] = [skewed(1001, 8), { ...plain, thirdMoment }].map((arm) =>
      compareMeans({ control: arm, treatment: calm }),
    );
    expect(asSkewness!.warnings.map(({ code }) => code)).toContain("SKEWED");
    expect(asMoment!.warnings).toEqual(asSkewness!.warnings);
  });

  it("is silent for equal arms, where skewness cancels, and where it is not known", () => {
    expect(isWarned(skewed(300, 9), skewed(300, 9))).toBe(false);
    expect(isWarned(skewed(300, 9), skewed(3000, 9))).toBe(true);
    expect(isWarned(skewed(300, 9), { n: 3000, mean: 10, variance: 100 })).toBe(false);
    expect(
      isWarned({ n: 5, mean: 1, variance: 0, skewness: 0 }, { n: 5, mean: 1, variance: 0, skewness: 0 }),
    ).toBe(false);
  });

  it("is the stricter, the smaller the tail", () => {
    const [control, treatment] = [skewed(8000, 5), skewed(80_000, 5)];
    expect(isWarned(control, treatment)).toBe(false);
    const strict = compareMeans({ control, treatment, confidenceLevel: 0.9999 });
    expect(strict.warnings.map(({ code }) => code)).toContain("SKEWED");
  });
});
