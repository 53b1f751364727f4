import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { adjustPValues } from "../../src/inference/adjust-p-values.ts";
import { compareAllPairs } from "../../src/inference/compare-all-pairs.ts";
import manyArms from "../reference/inference/many-arms.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const named = <A extends object>(arms: readonly A[]): (A & { name: string })[] =>
  arms.map((arm, i) => ({ name: `arm ${i}`, ...arm }));

const proportions = fc.array(
  fc
    .record({ n: fc.integer({ min: 1, max: 3000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ n, share }) => ({ n, conversions: Math.round(n * share) })),
  { minLength: 2, maxLength: 4 },
);

describe("compareAllPairs", () => {
  it("is the test of Tukey and Kramer for means with one variance, from the definition, to 1e-11", () => {
    for (const { arms, p } of manyArms.tukey) {
      const { pairs } = compareAllPairs({ arms: named(arms), test: "pooled" });
      expect(pairs).toHaveLength(p.length);
      pairs.forEach(({ adjustedPValue }, i) =>
        expect(relativeError(adjustedPValue!, p[i]!)).toBeLessThan(1e-11),
      );
    }
  });

  it("names the arms of each pair, the earlier one as control", () => {
    const { pairs } = compareAllPairs({
      arms: named([10, 20, 15].map((conversions) => ({ n: 100, conversions }))),
    });
    expect(pairs.map(({ controlName, treatmentName }) => `${controlName} ${treatmentName}`)).toEqual([
      "arm 0 arm 1",
      "arm 0 arm 2",
      "arm 1 arm 2",
    ]);
    expect(pairs[0]!.comparison.difference.estimate).toBeCloseTo(0.1, 12);
    expect(pairs[2]!.comparison.difference.estimate).toBeCloseTo(-0.05, 12);
  });

  it("leaves two arms as they are", () => {
    const arms = named([
      { n: 100, conversions: 10 },
      { n: 130, conversions: 24 },
    ]);
    const [pair] = compareAllPairs({ arms }).pairs;
    expect(relativeError(pair!.adjustedPValue!, pair!.comparison.pValue!)).toBeLessThan(1e-12);
    expect(pair!.simultaneous!.lift.upper).toBeCloseTo(pair!.comparison.lift.interval.upper, 11);
  });

  it("rejects exactly where the simultaneous interval excludes no effect, and less often than without adjustment", () => {
    fc.assert(
      fc.property(
        proportions,
        fc.constantFrom("tukey", "bonferroni"),
        fc.constantFrom(0.8, 0.95),
        (arms, adjustment, confidenceLevel) => {
          const { pairs } = compareAllPairs({ arms: named(arms), adjustment, confidenceLevel });
          for (const { adjustedPValue, comparison, rejected, simultaneous } of pairs) {
            expect(adjustedPValue).toBeGreaterThanOrEqual(comparison.pValue! * (1 - 1e-11));
            if (Math.abs(adjustedPValue! / (1 - confidenceLevel) - 1) < 1e-9) continue;
            const { lower, upper } = simultaneous!.difference;
            expect(lower > 0 || upper < 0).toBe(rejected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes any other adjustment, and says what it controls", () => {
    const arms = named([10, 20, 15].map((conversions) => ({ n: 100, conversions })));
    const result = compareAllPairs({ arms, adjustment: "benjamini-hochberg", alternative: "greater" });
    const raw = result.pairs.map(({ comparison }) => comparison.pValue!);
    expect(result.pairs.map((pair) => pair.adjustedPValue)).toEqual(adjustPValues(raw, "benjamini-hochberg"));
    expect(result.controls).toBe("false-discovery-rate");
    expect(result.pairs[0]!.simultaneous).toBeNull();
  });

  it("finds nothing where all arms are alike, and keeps logs that no double holds", () => {
    const still = compareAllPairs({ arms: named([0, 0, 0].map((conversions) => ({ n: 9, conversions }))) });
    expect(still.pairs.map((pair) => pair.adjustedPValue)).toEqual([1, 1, 1]);
    const far = compareAllPairs({
      arms: named([1e7, 2e7, 4e7].map((conversions) => ({ n: 1e9, conversions }))),
    });
    for (const { adjustedPValue, adjustedLogPValue, comparison } of far.pairs) {
      expect(adjustedPValue).toBe(0);
      expect(adjustedLogPValue! - comparison.logPValue!).toBeGreaterThan(0);
      expect(adjustedLogPValue! - comparison.logPValue!).toBeLessThan(Math.log(3) + 1e-6);
    }
  });

  it.each([
    [{ arms: named([{ n: 1, conversions: 1 }]) }, "must be a list of at least 2 arms"],
    [
      {
        arms: named([
          { n: 5, conversions: 1 },
          { n: 0, conversions: 0 },
        ]),
      },
      "arms[1].n = 0",
    ],
    [
      {
        arms: named([
          { n: 5, conversions: 1 },
          { n: 5, conversions: 2 },
        ]),
        alternative: "greater",
      },
      'alternative = "greater", must be "two-sided" for the adjustment tukey',
    ],
  ])("refuses %j", (options, message) => {
    expect(() => compareAllPairs(options as never)).toThrow(DomainError);
    expect(() => compareAllPairs(options as never)).toThrow(message);
  });
});
