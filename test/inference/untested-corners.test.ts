import { describe, expect, it } from "vitest";
import { compareArms } from "../../src/inference/compare-arms.ts";
import { fisherPValues } from "../../src/inference/fisher-test.ts";
import { jointScore } from "../../src/inference/joint-score.ts";
import { maxZ } from "../../src/inference/max-z.ts";
import { sampleRatioBySegment } from "../../src/inference/sample-ratio-by-segment.ts";
import { stratifiedRateCautions } from "../../src/inference/stratified-rate-cautions.ts";
import { relativeError } from "../support/relative-error.ts";

describe("corners that changed code showed untested", () => {
  it("leaves out half of both of two outcomes that are as likely, however unlikely: arms of the same size", () => {
    for (const conversions of [300, 700, 900, 1500]) {
      const arms = [
        { n: 2000, conversions: 100 },
        { n: 2000, conversions },
      ] as const;
      const twoSided = fisherPValues(...arms, "two-sided", true).logPValue;
      const greater = fisherPValues(...arms, "greater", true).logPValue;
      expect(relativeError(twoSided, greater + Math.LN2)).toBeLessThan(1e-13);
    }
  });

  it("has a score of −∞ for a test without an answer, on both scales and for all alternatives", () => {
    for (const jointDegreesOfFreedom of [12, Infinity]) {
      for (const alternative of ["two-sided", "greater", "less"] as const) {
        const family = { arms: { jointDegreesOfFreedom }, confidence: { alternative } };
        const silent = { statistic: null, logPValue: null };
        expect(
          jointScore(
            silent as unknown as Parameters<typeof jointScore>[0],
            family as Parameters<typeof jointScore>[1],
          ),
        ).toBe(-Infinity);
      }
    }
  });

  it("warns of an adjusted p-value that lies at alpha, and of no other", () => {
    const correlation = [
      [1, 0.3],
      [0.3, 1],
    ];
    const { criticalValue } = maxZ({ z: [0, 0], correlation });
    const codes = (z: number): string[] => maxZ({ z: [z, 0], correlation }).warnings.map(({ code }) => code);
    expect(codes(criticalValue!.value)).toEqual(["NEAR_ALPHA"]);
    expect(codes(criticalValue!.value + 0.01)).toEqual([]);
  });

  it("warns of nothing where several arms are adjusted for", () => {
    const arm = (name: string, conversions: number) => ({ name, n: 10_000, conversions });
    const { warnings } = compareArms({
      control: { n: 10_000, conversions: 500 },
      treatments: [arm("a", 590), arm("b", 560)],
      adjustment: "holm",
    });
    expect(warnings).toEqual([]);
  });

  it("tells segments that are alike from segments that differ where the split is broken as a whole", () => {
    const messageOf = (excess: (i: number) => number): string => {
      const segments = Array.from({ length: 20 }, (_, i) => ({
        name: `day ${i + 1}`,
        observed: [5000 + excess(i), 5000 - excess(i)],
      }));
      const { warnings } = sampleRatioBySegment({ segments, expected: [1, 1] });
      expect(warnings.map(({ code }) => code)).toEqual(["MISMATCH_EVERYWHERE"]);
      return warnings[0]!.message;
    };
    expect(messageOf(() => 80)).toContain("alike in all segments");
    // 20 segments of 200 and −120 in turn: none alone is sure enough after Holm, together they differ.
    expect(messageOf((i) => (i % 2 === 0 ? 200 : -60))).toContain("the segments differ");
  });

  it("speaks of a missing variance only where there is a difference", () => {
    const effects = (estimate: number | null) => ({
      difference: { estimate, status: "undetermined" },
      lift: { estimate: 0.1 },
      oddsRatio: null,
    });
    const codes = (estimate: number | null): string[] =>
      stratifiedRateCautions(
        effects(estimate) as unknown as Parameters<typeof stratifiedRateCautions>[0],
      ).map(({ code }) => code);
    expect(codes(0)).toEqual(["NO_VARIANCE"]);
    expect(codes(null)).toEqual([]);
  });
});
