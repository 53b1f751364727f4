import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { quantileDesignEffect } from "../../src/summaries/quantile-design-effect.ts";
import { quantileRanks } from "../../src/summaries/quantile-ranks.ts";
import {
  mergeQuantileSketches,
  type QuantileSketch,
  quantileSketch,
  sketchQuantile,
} from "../../src/summaries/quantile-sketch.ts";
import { quantileSummary } from "../../src/summaries/quantile-summary.ts";
import reference from "../reference/inference/quantiles.json" with { type: "json" };

describe("quantileRanks", () => {
  it("are those of exact binomial sums, at up to a million units", () => {
    for (const [n, probability, confidenceLevel, rank, lowerRank, upperRank] of reference.ranks) {
      const options = {
        n: Number(n),
        probability: Number(probability),
        confidenceLevel: Number(confidenceLevel),
      };
      expect(quantileRanks(options)).toEqual({ rank, lowerRank, upperRank });
    }
  });

  it("miss the quantile no oftener than said, and would with one rank less", () => {
    for (const n of [200, 1e9, 1e12, 2 ** 53 - 1]) {
      const { lowerRank, upperRank } = quantileRanks({ n, probability: 0.9 });
      expect(binomial.cdf(lowerRank - 1, n, 0.9)).toBeLessThanOrEqual(0.025);
      expect(binomial.cdf(lowerRank, n, 0.9)).toBeGreaterThan(0.025);
      expect(binomial.sf(upperRank - 1, n, 0.9)).toBeLessThanOrEqual(0.025);
      expect(binomial.sf(upperRank - 2, n, 0.9)).toBeGreaterThan(0.025);
    }
  });

  it("takes a product within rounding of a whole number for that number", () => {
    // 0.07 × 100 is 7.000000000000001 in doubles.
    expect(quantileRanks({ n: 100, probability: 0.07 }).rank).toBe(7);
    expect(quantileRanks({ n: 1, probability: 1e-300 }).rank).toBe(1);
  });
});

describe("quantileDesignEffect", () => {
  // mpmath 1.3, 30 digits: P(Beta(r/2.5, (1001 − r)/2.5) > 0.9) is 0.022811 at r = 869 and 0.026358 at 870; the other tail
  // is 0.022002 at 929 and 0.026166 at 928.
  it("moves the ranks outwards", () => {
    expect(quantileRanks({ n: 1000, probability: 0.9, designEffect: 2.5 })).toEqual({
      rank: 900,
      lowerRank: 869,
      upperRank: 929,
    });
  });

  it("is 1 for one event a unit but for n − 1, and k for k equal events", () => {
    const share = 0.9;
    const variance = share * (1 - share);
    const of = (events: number): number =>
      quantileDesignEffect({
        n: 100,
        numerator: { mean: events * share, variance: events * events * variance },
        denominator: { mean: events, variance: 0 },
        covariance: 0,
      });
    expect(of(1)).toBeCloseTo(1, 14);
    expect(of(7)).toBeCloseTo(7, 13);
  });

  it.each([
    [0, 1, "ratio.numerator.mean"],
    [10, 1, "ratio.numerator.mean"],
    [5, 0, "ratio"],
  ])("refuses %d of 10 events with variance %d, naming %s", (mean, variance, field) => {
    const ratio = {
      n: 9,
      numerator: { mean, variance },
      denominator: { mean: 10, variance: 0 },
      covariance: 0,
    };
    expect(() => quantileDesignEffect(ratio)).toThrow(DomainError);
    expect(() => quantileDesignEffect(ratio)).toThrow(field);
  });
});

describe("quantileSummary", () => {
  it("takes the values in any order, ties included", () => {
    expect(quantileSummary([5, 1, 5, 5, 2, 9, 5, 7], { probability: 0.25 })).toEqual({
      n: 8,
      probability: 0.25,
      value: 2,
      lower: { rank: 1, value: 1 },
      upper: { rank: 6, value: 5 },
    });
  });

  it.each([
    [[], { probability: 0.5 }, "values"],
    [[1, Number.NaN], { probability: 0.5 }, "values[1]"],
    [[1, 2], { probability: 0 }, "probability"],
    [[1, 2], { probability: 0.5, confidenceLevel: 1 }, "confidenceLevel"],
  ])("refuses %j, %j, naming %s", (values, options, field) => {
    expect(() => quantileSummary(values, options)).toThrow(DomainError);
    expect(() => quantileSummary(values, options)).toThrow(field);
  });
});

describe("a quantile sketch", () => {
  const value = fc.oneof(
    fc.constant(0),
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e308, max: 1e308 }),
    fc.double({ min: 0.01, max: 1000, noNaN: true }),
  );
  const values = fc.array(value, { minLength: 1, maxLength: 40 });
  const accuracy = fc.constantFrom(0.5, 0.1, 0.01, 1e-3, 1e-6);
  const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const smallestNormal = 2 ** -1022;

  it("knows every quantile to its accuracy, whatever the sign and size", () => {
    fc.assert(
      fc.property(values, accuracy, probability, (list, relativeAccuracy, p) => {
        const exact = quantileSummary(list, { probability: p });
        const found = sketchQuantile(quantileSketch(list, { relativeAccuracy }), { probability: p });
        const pairs = [
          [found.value, exact.value],
          [found.lower.value, exact.lower.value],
          [found.upper.value, exact.upper.value],
        ] as const;
        for (const [sketched, own] of pairs) {
          // The log of a value rounds, by 1e-13 of the value at the ends of the doubles.
          const allowed = (relativeAccuracy + 1e-12) * Math.abs(own);
          expect(Math.abs(sketched - own)).toBeLessThanOrEqual(
            Math.abs(own) < smallestNormal ? smallestNormal : allowed,
          );
        }
        expect([found.lower.rank, found.upper.rank]).toEqual([exact.lower.rank, exact.upper.rank]);
      }),
      { numRuns: 500 },
    );
  });

  it("merges to what sketching all values at once gives, in any order", () => {
    fc.assert(
      fc.property(values, values, accuracy, (a, b, relativeAccuracy) => {
        const options = { relativeAccuracy };
        const [first, second] = [quantileSketch(a, options), quantileSketch(b, options)];
        const together = quantileSketch([...b, ...a], options);
        expect(mergeQuantileSketches([first, second])).toEqual(together);
        expect(mergeQuantileSketches([second, first])).toEqual(together);
      }),
    );
  });

  it("is plain data", () => {
    const sketch = quantileSketch([-2.5, 0, 1, 1, 300]);
    expect(structuredClone(sketch)).toEqual(sketch);
    expect(JSON.parse(JSON.stringify(sketch))).toEqual(sketch);
    expect(sketch).toMatchObject({ n: 5, zeros: 1, relativeAccuracy: 0.01 });
  });

  it("holds the largest and the smallest doubles", () => {
    const list = [-Number.MAX_VALUE, -smallestNormal, 5e-324, smallestNormal, Number.MAX_VALUE];
    const sketch = quantileSketch(list);
    expect(sketch.zeros).toBe(1);
    const at = (p: number): number => sketchQuantile(sketch, { probability: p }).value;
    expect(at(0.99)).toBeGreaterThan(0.98 * Number.MAX_VALUE);
    expect(at(0.99)).toBeLessThan(Infinity);
    expect(at(0.01)).toBeLessThan(-0.98 * Number.MAX_VALUE);
    expect(at(0.5)).toBe(0);
  });

  const good: QuantileSketch = quantileSketch([-2, 0, 3, 5]);
  it.each([
    [{ ...good, n: 5 }, "sketch.n"],
    [{ ...good, zeros: -1 }, "sketch.zeros"],
    [{ ...good, relativeAccuracy: 0.9 }, "sketch.relativeAccuracy"],
    [
      {
        ...good,
        positive: [
          [80, 1],
          [55, 1],
        ],
      },
      "sketch.positive[1][0]",
    ],
    [{ ...good, positive: [[1e9, 2]] }, "sketch.positive[0][0]"],
    [
      {
        ...good,
        positive: [
          [55, 0.5],
          [81, 1.5],
        ],
      },
      "sketch.positive[0][1]",
    ],
    [{ ...good, negative: [[3]] }, "sketch.negative[0]"],
    [{ ...good, negative: null }, "sketch.negative"],
  ])("is refused when broken: %#", (sketch, field) => {
    const read = (): unknown => sketchQuantile(sketch as unknown as QuantileSketch, { probability: 0.5 });
    expect(read).toThrow(DomainError);
    expect(read).toThrow(field);
  });

  it("does not merge with one of another accuracy", () => {
    const other = quantileSketch([1], { relativeAccuracy: 0.02 });
    expect(() => mergeQuantileSketches([good, other])).toThrow("parts[1].relativeAccuracy");
    expect(() => mergeQuantileSketches([])).toThrow("parts");
  });
});
