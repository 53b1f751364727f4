import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareQuantiles } from "../../src/inference/compare-quantiles.ts";
import { quantileInterval } from "../../src/inference/quantile-interval.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { quantileSketch, sketchQuantile } from "../../src/summaries/quantile-sketch.ts";
import { type QuantileSummary, quantileSummary } from "../../src/summaries/quantile-summary.ts";
import reference from "../reference/inference/quantiles.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";

const tests = ["mover", "price-bonett"] as const;

describe("compareQuantiles against 40 digits", () => {
  // Largest errors seen: statistic and standard error 3e-16, p 2e-15, ends 3e-14 of themselves.
  it("has statistic, p-value, difference and both lifts of both tests to 1e-12", () => {
    for (const { control, treatment, confidenceLevel, ...expected } of reference.comparisons) {
      for (const test of tests) {
        const options = { control, treatment, confidenceLevel, test };
        const { statistic, pValue, standardError, difference, fieller, log } = expected[test];
        const result = compareQuantiles(options);
        expect(relativeError(result.statistic!, statistic)).toBeLessThan(1e-14);
        expect(relativeError(result.pValue!, pValue)).toBeLessThan(1e-12);
        expect(relativeError(result.difference.standardError!, standardError)).toBeLessThan(1e-14);
        const ends = (pair: readonly number[]): [number, number] => [pair[0]!, pair[1]!];
        expect(endError(result.difference.interval, ends(difference))).toBeLessThan(1e-12);
        expect(endError(result.lift.interval, ends(fieller))).toBeLessThan(1e-12);
        const logLift = compareQuantiles({ ...options, liftMethod: "log" }).lift.interval;
        expect(endError(logLift, ends(log))).toBeLessThan(1e-12);
      }
    }
  });
});

/** Values 1 to n times a factor, to their quantile. */
function lineOf(n: number, probability: number, factor = 1): QuantileSummary {
  return quantileSummary(
    Array.from({ length: n }, (_, i) => factor * (i + 1)),
    { probability },
  );
}

describe("compareQuantiles", () => {
  it("shows each arm's quantile with Woodruff's interval", () => {
    const control = lineOf(100, 0.5);
    const result = compareQuantiles({ control, treatment: lineOf(120, 0.5) });
    // R 4.2.2: qbinom(c(.025, .975), 100, .5) is 40 and 60, so the ranks are 40 and 61.
    expect(result.control).toMatchObject({ n: 100, quantile: 50, interval: { lower: 40, upper: 61 } });
    expect(result.control.interval).toEqual(quantileInterval(control));
  });

  it("leaves an end open that the data do not reach", () => {
    const [control, treatment] = [lineOf(20, 0.99), lineOf(20, 0.99, 2)];
    const { difference, lift, pValue, warnings, status } = compareQuantiles({ control, treatment });
    expect(difference.interval).toMatchObject({ lower: -Infinity, upper: Infinity });
    expect(difference).toMatchObject({ estimate: 20, standardError: Infinity, status: "unbounded" });
    expect(lift).toMatchObject({ estimate: 1, status: "unbounded" });
    expect({ pValue, status }).toEqual({ pValue: 1, status: "ok" });
    expect(warnings.map(({ code }) => code)).toEqual(["BEYOND_DATA"]);
    const one = compareQuantiles({ control: lineOf(1, 0.5), treatment: lineOf(1, 0.5, 3) });
    expect(one).toMatchObject({ statistic: 0, pValue: 1 });
  });

  it("gives equal tied quantiles p = 1, and unequal ones without error no answer", () => {
    const flat = (value: number) =>
      quantileSummary(
        Array.from({ length: 50 }, () => value),
        { probability: 0.5 },
      );
    expect(compareQuantiles({ control: flat(3), treatment: flat(3) })).toMatchObject({
      statistic: 0,
      pValue: 1,
    });
    const result = compareQuantiles({ control: flat(3), treatment: flat(4) });
    expect(result).toMatchObject({ statistic: null, pValue: null, status: "undetermined" });
    expect(result.difference).toMatchObject({ estimate: 1, status: "undetermined" });
    expect(result.difference.interval).toMatchObject({
      lower: -Infinity,
      upper: Infinity,
      dualToTest: false,
    });
    expect(result.treatment.interval).toMatchObject({ lower: 4, upper: 4 });
    expect(result.warnings.map(({ code }) => code)).toEqual(["TIED_VALUES"]);
  });

  it("leaves the lift over a quantile at or below 0 undetermined", () => {
    const { lift, warnings } = compareQuantiles({
      control: lineOf(100, 0.5, -1),
      treatment: lineOf(90, 0.5),
    });
    expect(lift).toMatchObject({ estimate: null, standardError: null, status: "undetermined" });
    expect(warnings.map(({ code }) => code)).toEqual(["UNDETERMINED_LIFT"]);
  });

  it("has no log lift where an order statistic is not above 0", () => {
    const control = quantileSummary([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7], { probability: 0.5 });
    const treatment = lineOf(11, 0.5);
    const { lift, warnings } = compareQuantiles({ control, treatment, liftMethod: "log" });
    expect(lift.interval).toMatchObject({ lower: -Infinity, upper: Infinity });
    expect(warnings.map(({ code }) => code)).toEqual(["NO_LOG_LIFT"]);
  });

  it("widens by the accuracy of sketches, and says when that is most of the width", () => {
    const random = createRandom(5);
    const draw = (shift: number) => Array.from({ length: 20_000 }, () => Math.exp(shift + random.normal()));
    const [a, b] = [draw(0), draw(0.05)];
    const exact = compareQuantiles({
      control: quantileSummary(a, { probability: 0.9 }),
      treatment: quantileSummary(b, { probability: 0.9 }),
    });
    for (const relativeAccuracy of [1e-4, 1e-3, 0.02]) {
      const sketched = (values: number[]) =>
        sketchQuantile(quantileSketch(values, { relativeAccuracy }), { probability: 0.9 });
      const result = compareQuantiles({ control: sketched(a), treatment: sketched(b) });
      for (const effect of ["difference", "lift"] as const) {
        expect(result[effect].interval.lower).toBeLessThan(exact[effect].interval.lower);
        expect(result[effect].interval.upper).toBeGreaterThan(exact[effect].interval.upper);
      }
      expect(result.pValue!).toBeGreaterThan(exact.pValue!);
      const isCoarse = relativeAccuracy === 0.02;
      expect(result.warnings.map(({ code }) => code)).toEqual(isCoarse ? ["COARSE_SKETCH"] : []);
    }
  });

  it.each([1e-290, 1e290])("is the same at a scale of %d, but for the scale", (scale) => {
    const at = (factor: number) =>
      compareQuantiles({ control: lineOf(100, 0.9, factor), treatment: lineOf(100, 0.9, 1.5 * factor) });
    const [scaled, plain] = [at(scale), at(1)];
    expect(relativeError(scaled.statistic!, plain.statistic!)).toBeLessThan(1e-12);
    expect(relativeError(scaled.lift.interval.upper, plain.lift.interval.upper)).toBeLessThan(1e-12);
  });

  it("takes a million million units", () => {
    const arm = (value: number): QuantileSummary => ({
      n: 1e12,
      probability: 0.9,
      value,
      lower: { rank: 899_999_411_990, value: value - 1 },
      upper: { rank: 900_000_588_011, value: value + 1 },
    });
    const result = compareQuantiles({ control: arm(100), treatment: arm(103) });
    // Both order statistics are 1.96 errors away, so an arm's error is 1/1.96 and that of the difference √2/1.96.
    expect(relativeError(result.difference.standardError!, Math.SQRT2 / 1.959963984540054)).toBeLessThan(
      1e-4,
    );
  });
});

describe("the tests of quantiles and their intervals", () => {
  const values = fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 1, maxLength: 60 });
  const probability = fc.constantFrom(0.1, 0.5, 0.75, 0.95);
  const alternative = fc.constantFrom("two-sided" as const, "greater" as const, "less" as const);
  const level = fc.double({ min: 0.01, max: 0.9999, noNaN: true });

  it("are duals: p < alpha exactly when 0 lies outside, sketches included", () => {
    fc.assert(
      fc.property(
        values,
        values,
        probability,
        alternative,
        level,
        fc.constantFrom(...tests),
        fc.boolean(),
        (a, b, p, side, confidenceLevel, test, isSketched) => {
          const summary = (list: number[]) =>
            isSketched
              ? sketchQuantile(quantileSketch(list, { relativeAccuracy: 0.05 }), { probability: p })
              : quantileSummary(list, { probability: p });
          const result = compareQuantiles({
            control: summary(a),
            treatment: summary(b),
            alternative: side,
            confidenceLevel,
            test,
          });
          const alpha = 1 - confidenceLevel;
          if (result.pValue === null || Math.abs(result.pValue - alpha) <= 1e-9 * alpha) return;
          for (const { lower, upper, dualToTest } of [result.difference.interval, result.lift.interval]) {
            if (dualToTest) expect(lower > 0 || upper < 0).toBe(result.pValue < alpha);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("swap signs with the arms", () => {
    fc.assert(
      fc.property(values, values, probability, fc.constantFrom(...tests), (a, b, p, test) => {
        const [control, treatment] = [
          quantileSummary(a, { probability: p }),
          quantileSummary(b, { probability: p }),
        ];
        const there = compareQuantiles({ control, treatment, test });
        const back = compareQuantiles({ control: treatment, treatment: control, test });
        expect(back.pValue).toBe(there.pValue);
        expect((back.statistic ?? 0) + (there.statistic ?? 0)).toBe(0);
        expect(back.difference.interval.lower).toBe(-there.difference.interval.upper + 0);
      }),
    );
  });
});

describe("quantileInterval", () => {
  const summary = lineOf(100, 0.9);

  it("is open where the order statistics are too near for the confidence asked for", () => {
    expect(quantileInterval(summary)).toMatchObject({ lower: 84, upper: 96, method: "woodruff" });
    expect(quantileInterval({ ...summary, confidenceLevel: 0.99 })).toMatchObject({
      lower: -Infinity,
      upper: Infinity,
    });
    expect(quantileInterval({ ...lineOf(5, 0.5), confidenceLevel: 0.9 })).toMatchObject({
      lower: 1,
      upper: 5,
    });
    expect(quantileInterval(lineOf(5, 0.5))).toMatchObject({ lower: -Infinity, upper: Infinity });
  });

  it("has one end for a one-sided alternative", () => {
    expect(quantileInterval({ ...summary, alternative: "greater" })).toMatchObject({
      lower: 84,
      upper: Infinity,
    });
    expect(quantileInterval({ ...summary, alternative: "less" })).toMatchObject({
      lower: -Infinity,
      upper: 96,
    });
  });

  it("is widened by the accuracy of a sketch, outwards on both sides of 0", () => {
    const { lower, upper } = quantileInterval({
      ...summary,
      value: 90,
      lower: { rank: 84, value: -10 },
      relativeAccuracy: 0.01,
    });
    expect(lower).toBe(-10 / 0.99);
    expect(upper).toBe(96 / 0.99);
  });
});

describe("bad input", () => {
  const good = lineOf(100, 0.5);
  it.each([
    [{ control: { ...good, n: 0 }, treatment: good }, "control.n"],
    [{ control: good, treatment: { ...good, probability: 0.75 } }, "treatment.upper.rank"],
    [{ control: good, treatment: lineOf(100, 0.75) }, "treatment.probability"],
    [{ control: { ...good, probability: 1 }, treatment: good }, "control.probability"],
    [{ control: { ...good, lower: { rank: 0, value: 1 } }, treatment: good }, "control.lower.rank"],
    [{ control: { ...good, lower: { rank: 70, value: 1 } }, treatment: good }, "control.lower.rank"],
    [{ control: { ...good, upper: { rank: 101, value: 99 } }, treatment: good }, "control.upper.rank"],
    [{ control: { ...good, upper: { rank: 61, value: 9 } }, treatment: good }, "control.upper.value"],
    [{ control: { ...good, lower: { rank: 40, value: 55 } }, treatment: good }, "control.lower.value"],
    [{ control: { ...good, relativeAccuracy: 1 }, treatment: good }, "control.relativeAccuracy"],
    [{ control: good, treatment: good, test: "t" as never }, "test"],
    [{ control: good, treatment: good, liftMethod: "delta" as never }, "liftMethod"],
    [{ control: good, treatment: good, confidenceLevel: 0 }, "confidenceLevel"],
  ] as const)("is refused, naming the field: %#", (options, field) => {
    expect(() => compareQuantiles(options)).toThrow(DomainError);
    expect(() => compareQuantiles(options)).toThrow(field);
  });

  it("is refused where the ranks lie too far out to tell anything", () => {
    const far: QuantileSummary = {
      ...good,
      n: 1_000_000,
      value: 5,
      lower: { rank: 1, value: 0 },
      upper: { rank: 500_980, value: 6 },
    };
    expect(() => compareQuantiles({ control: far, treatment: far })).toThrow("control.lower.rank");
  });
});
