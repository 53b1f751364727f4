import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { proportionInterval, type ProportionMethod } from "../../src/inference/proportion-interval.ts";
import { betaCdf, betaSf } from "../../src/numerics/beta.ts";
import { normalUpperQuantile } from "../../src/numerics/normal.ts";
import margins from "../reference/inference/margins.json" with { type: "json" };
import reference from "../reference/inference/one-proportion-intervals.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";

const METHODS: readonly ProportionMethod[] = [
  "wilson",
  "wilson-continuity",
  "clopper-pearson",
  "mid-p",
  "jeffreys",
  "agresti-coull",
  "wald",
];
// Those of the table, which has no mid-p, and those that stay within [0, 1].
const TABULATED = METHODS.filter((method) => method !== "mid-p");
const CUT: readonly ProportionMethod[] = METHODS.filter(
  (method) => method !== "agresti-coull" && method !== "wald",
);

describe("proportionInterval", () => {
  // Largest errors seen: 2e-15, relative to the end itself.
  // Ends that are not cut may lie near 0, where only the width has digits.
  it.each(TABULATED)("has the %s interval of 60 digits to 1e-14", (method) => {
    for (const row of reference.cases) {
      const ends = row[method as keyof typeof row] as [number, number];
      const interval = proportionInterval({ ...row, method });
      expect(endError(interval, ends)).toBeLessThan(1e-14);
      if (!CUT.includes(method)) continue;
      expect(relativeError(interval.lower, ends[0])).toBeLessThan(1e-14);
      expect(relativeError(interval.upper, ends[1])).toBeLessThan(1e-14);
    }
  });

  // Largest error seen: 5e-15.
  it("has the mid-p interval of 60 digits to 1e-13", () => {
    for (const { ends, ...row } of margins.midP) {
      const { lower, upper } = proportionInterval({ ...row, method: "mid-p" });
      expect(relativeError(lower, ends[0]!)).toBeLessThan(1e-13);
      expect(relativeError(upper, ends[1]!)).toBeLessThan(1e-13);
    }
  });

  it("ends a mid-p interval where the data rule out nothing, at one-sided levels below one half too", () => {
    const none = { n: 20, conversions: 0, method: "mid-p" as const, confidenceLevel: 0.2 };
    expect(proportionInterval({ ...none, alternative: "less" }).upper).toBe(0);
    expect(proportionInterval({ ...none, alternative: "greater" }).lower).toBeGreaterThan(0);
    const all = { ...none, conversions: 20 };
    expect(proportionInterval({ ...all, alternative: "greater" }).lower).toBe(1);
    expect(proportionInterval({ ...all, alternative: "less" }).upper).toBeLessThan(1);
  });

  it("gives Wald no width at 0 of n, and leaves Wald and Agresti–Coull uncut", () => {
    expect(proportionInterval({ n: 20, conversions: 0, method: "wald" })).toMatchObject({
      lower: 0,
      upper: 0,
    });
    expect(proportionInterval({ n: 20, conversions: 1, method: "wald" }).lower).toBeLessThan(0);
    expect(proportionInterval({ n: 20, conversions: 0, method: "agresti-coull" }).lower).toBeLessThan(0);
  });

  it("is Wilson's unless said, and claims no test beside it", () => {
    expect(proportionInterval({ n: 10, conversions: 3 })).toEqual(
      proportionInterval({ n: 10, conversions: 3, method: "wilson", confidenceLevel: 0.95 }),
    );
    expect(proportionInterval({ n: 10, conversions: 3 }).dualToTest).toBe(false);
  });

  it.each(CUT)("keeps %s inside [0, 1], touching the end only where none or all converted", (method) => {
    for (const n of [1, 2, 50, 1e9, 1e15]) {
      const none = proportionInterval({ n, conversions: 0, method });
      const all = proportionInterval({ n, conversions: n, method });
      expect(none.lower).toBe(0);
      expect(none.upper).toBeGreaterThan(0);
      expect(all.upper).toBe(1);
      expect(all.lower).toBeLessThan(1);
      expect(relativeError(1 - all.lower, none.upper)).toBeLessThan(n > 1e6 ? 1 : 1e-9);
    }
  });

  it.each(METHODS)("widens %s with the level, and flips it with the conversions", (method) => {
    const counts = fc
      .integer({ min: 1, max: 5000 })
      .chain((n) => fc.record({ n: fc.constant(n), conversions: fc.integer({ min: 0, max: n }) }));
    const level = fc.double({ min: 0.01, max: 0.9999, noNaN: true });
    fc.assert(
      fc.property(counts, level, level, ({ n, conversions }, a, b) => {
        const narrow = proportionInterval({ n, conversions, method, confidenceLevel: Math.min(a, b) });
        const wide = proportionInterval({ n, conversions, method, confidenceLevel: Math.max(a, b) });
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower * (1 + 1e-12));
        expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper * (1 - 1e-12));
        const flipped = proportionInterval({
          n,
          conversions: n - conversions,
          method,
          confidenceLevel: Math.max(a, b),
        });
        expect(Math.abs(flipped.lower - (1 - wide.upper))).toBeLessThan(1e-13);
      }),
    );
  });

  it("has its tails where they belong at 1e15 units", () => {
    const n = 1e15;
    const conversions = 3e14 + 12345;
    const exact = proportionInterval({ n, conversions, method: "clopper-pearson" });
    expect(betaCdf(exact.lower, conversions, n - conversions + 1)).toBeCloseTo(0.025, 7);
    expect(betaSf(exact.upper, conversions + 1, n - conversions)).toBeCloseTo(0.025, 7);
    const wilson = proportionInterval({ n, conversions });
    const z = (conversions / n - wilson.lower) / Math.sqrt((wilson.lower * (1 - wilson.lower)) / n);
    expect(z).toBeCloseTo(normalUpperQuantile(0.025), 7);
  });

  it.each(METHODS)("gives %s one end only for a one-sided alternative, with all of alpha", (method) => {
    const two = proportionInterval({ n: 80, conversions: 9, method, confidenceLevel: 0.9 });
    const greater = proportionInterval({ n: 80, conversions: 9, method, alternative: "greater" });
    const less = proportionInterval({ n: 80, conversions: 9, method, alternative: "less" });
    expect(relativeError(greater.lower, two.lower)).toBeLessThan(1e-13);
    expect(greater.upper).toBe(1);
    expect(relativeError(less.upper, two.upper)).toBeLessThan(1e-13);
    expect(less.lower).toBe(0);
  });

  it.each([
    [{ n: 10, conversions: 11 }, "conversions = 11, must be at most n = 10"],
    [{ n: 0, conversions: 0 }, "n = 0"],
    [{ n: 10, conversions: -1 }, "conversions = -1"],
    [{ n: 10, conversions: 0.5 }, "conversions = 0.5"],
    [{ n: Number.NaN, conversions: 1 }, "n = NaN"],
    [{ n: 10, conversions: 1, confidenceLevel: 2 }, "confidenceLevel = 2"],
    [{ n: 10, conversions: 1, method: "agresti" as never }, 'method = "agresti"'],
    [{ n: 10, conversions: 1, alternative: "up" as never }, 'alternative = "up"'],
  ])("refuses %j", (options, message) => {
    expect(() => proportionInterval(options)).toThrow(DomainError);
    expect(() => proportionInterval(options)).toThrow(message);
  });
});
