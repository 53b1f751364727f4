import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ComparisonScale, restrictedRates } from "../../src/models/restricted-rates.ts";
import { scoreAt } from "../../src/models/score-at.ts";
import planned from "../reference/inference/farrington-manning.json" with { type: "json" };
import margins from "../reference/inference/margins.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// The bisection of the reference leaves 1e-60 where a rate is 0.
const error = (actual: number, expected: number): number =>
  expected < 1e-40 ? Math.abs(actual) : relativeError(actual, expected);

describe("restrictedRates", () => {
  // Largest error seen, over 12,000 other inputs up to 1e15 units: 6e-15.
  it("has every rate and its complement to 1e-14, at counts from 1 to 1e12 and margins from 1e-6", () => {
    for (const row of margins.proportions) {
      const { control, treatment } = restrictedRates(
        row.scale as ComparisonScale,
        row.control,
        row.treatment,
        nullValueOf(row),
      );
      expect(error(control.rate, row.rates[0]!)).toBeLessThan(1e-14);
      expect(error(treatment.rate, row.rates[1]!)).toBeLessThan(1e-14);
      expect(error(control.rest, row.rests[0]!)).toBeLessThan(1e-14);
      expect(error(treatment.rest, row.rests[1]!)).toBeLessThan(1e-14);
    }
  });

  // The table's rates were found by a numeric search and carry eight digits; margins.json has the rest of them.
  it("takes expected counts, as planning does", () => {
    for (const { p1, p2, ratio, scale, theta0, rmle } of planned.cases) {
      const [first, second] = [1234.5, 1234.5 * ratio];
      const nullValue = scale === "ratio" ? theta0 - 1 : theta0;
      const { control, treatment } = restrictedRates(
        scale === "ratio" ? "lift" : "difference",
        { n: first, conversions: first * p1 },
        { n: second, conversions: second * p2 },
        nullValue,
      );
      expect(relativeError(control.rate, rmle[0]!)).toBeLessThan(1e-7);
      expect(relativeError(treatment.rate, rmle[1]!)).toBeLessThan(1e-7);
    }
  });

  it("meets the null value, and keeps rate and complement together, for any expected counts", () => {
    const arm = fc
      .record({
        n: fc.double({ min: 0.5, max: 1e12, noNaN: true }),
        rate: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 1e-12, max: 1, noNaN: true })),
      })
      .map(({ n, rate }) => ({ n, conversions: n * rate }));
    const value = fc.double({ min: -0.999, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(arm, arm, value, (first, second, shift) => {
        const at = (scale: ComparisonScale, nullValue: number): [number, number, number, number] => {
          const { control, treatment } = restrictedRates(scale, first, second, nullValue);
          expect(Math.abs(control.rate + control.rest - 1)).toBeLessThan(1e-14);
          expect(Math.abs(treatment.rate + treatment.rest - 1)).toBeLessThan(1e-14);
          return [control.rate, control.rest, treatment.rate, treatment.rest];
        };
        const [p1, , p2] = at("difference", shift);
        expect(Math.abs(p2 - p1 - shift)).toBeLessThan(1e-14);
        const [r1, , r2] = at("lift", shift);
        expect(Math.abs(r2 - (1 + shift) * r1)).toBeLessThan(1e-14);
        const [o1, q1, o2, q2] = at("odds-ratio", 1 + shift);
        expect(Math.abs(o2 * q1 - (1 + shift) * o1 * q2)).toBeLessThan(1e-14);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("scoreAt", () => {
  // Largest error seen: 2e-14 on 12,000 other inputs, where a lift of the last few doubles decides.
  it("has the statistic to 1e-13", () => {
    for (const row of margins.proportions) {
      const z = scoreAt(row.scale as ComparisonScale, row.control, row.treatment, nullValueOf(row));
      expect(relativeError(z, row.statistic)).toBeLessThan(1e-13);
    }
  });

  it("is 0 where the counts say nothing about a ratio", () => {
    const none = { n: 40, conversions: 0 };
    const all = { n: 30, conversions: 30 };
    expect(scoreAt("lift", none, none, -0.1)).toBe(0);
    expect(scoreAt("odds-ratio", none, none, 0.9)).toBe(0);
    expect(scoreAt("odds-ratio", all, all, 1.2)).toBe(0);
  });

  it("grows with the treatment's conversions and falls with the null value", () => {
    const n = 50;
    for (const scale of ["difference", "lift", "odds-ratio"] as const) {
      const none = scale === "odds-ratio" ? 1 : 0;
      const z = (conversions: number, nullValue: number): number =>
        scoreAt(scale, { n: 40, conversions: 12 }, { n, conversions }, nullValue);
      for (let x = 1; x <= n; x++) expect(z(x, none - 0.1)).toBeGreaterThan(z(x - 1, none - 0.1));
      for (let x = 1; x <= n; x++) expect(z(x, none - 0.1)).toBeGreaterThan(z(x, none + 0.1));
    }
  });
});

function nullValueOf(row: { scale: string; margin: number; improvesWhen: string }): number {
  const shift = row.improvesWhen === "increase" ? -row.margin : row.margin;
  return row.scale === "odds-ratio" ? 1 + shift : shift;
}
