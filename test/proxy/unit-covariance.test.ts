import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { checkSameScale, checkUnitCovariance, unitCovariance } from "../../src/proxy/unit-covariance.ts";
import { relativeError } from "../support/relative-error.ts";

const cell = fc.integer({ min: 1, max: 1e9 });
const arm = fc.record({ neither: cell, macroOnly: cell, microOnly: cell, both: cell });
const rate = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe("the unit covariance", () => {
  it("says the same from one arm's counts as from its rates", () => {
    fc.assert(
      fc.property(arm, fc.constantFrom("difference", "log-lift"), (control, scale) => {
        const n = control.neither + control.macroOnly + control.microOnly + control.both;
        const counted = unitCovariance({ control, scale });
        const rated = unitCovariance({
          microRate: (control.microOnly + control.both) / n,
          macroRate: (control.macroOnly + control.both) / n,
          macroGivenMicro: control.both / (control.microOnly + control.both),
          scale,
        });
        // 1e-6: the rates carry 1 − rate through a subtraction, the counts do not.
        expect(relativeError(rated.proxy, counted.proxy)).toBeLessThan(1e-6);
        expect(relativeError(rated.macro, counted.macro)).toBeLessThan(1e-6);
        expect(Math.abs(rated.correlation - counted.correlation)).toBeLessThan(1e-6);
      }),
    );
  });

  it("does not change when both arms are the same, or swapped", () => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const one = unitCovariance({ control });
        const both = unitCovariance({ control, treatment: control });
        expect(relativeError(both.proxy, one.proxy)).toBeLessThan(1e-14);
        expect(relativeError(both.macro, one.macro)).toBeLessThan(1e-14);
        const there = unitCovariance({ control, treatment });
        const back = unitCovariance({ control: treatment, treatment: control });
        expect(relativeError(back.proxy, there.proxy)).toBeLessThan(1e-13);
        expect(relativeError(back.n!, there.n!)).toBeLessThan(1e-13);
      }),
    );
  });

  it("stays the same for an arm that is ten times as large", () => {
    const control = { neither: 880, macroOnly: 10, microOnly: 90, both: 20 };
    const tenfold = { neither: 8800, macroOnly: 100, microOnly: 900, both: 200 };
    const even = unitCovariance({ control, treatment: control });
    const uneven = unitCovariance({ control, treatment: tenfold });
    expect(uneven.proxy).toBeCloseTo(even.proxy, 13);
    expect(uneven.macro).toBeCloseTo(even.macro, 12);
    // 1/n per arm: (1/1000 + 1/10000) / 2 is one over the harmonic mean.
    expect(uneven.n).toBeCloseTo(2 / (1 / 1000 + 1 / 10000), 9);
  });

  it("reaches the upper Fréchet bound in a nested funnel, and keeps every overlap within the bounds", () => {
    fc.assert(
      fc.property(rate, rate, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        fc.pre(Math.abs(a - b) > 1e-7);
        const [macroRate, microRate] = a < b ? [a, b] : [b, a];
        const nested = unitCovariance({ microRate, macroRate, nested: true });
        const open = unitCovariance({ microRate, macroRate });
        expect(open.correlationRange.upper).toBe(nested.correlation);
        expect(open.correlation).toBe(nested.correlation);
        const lowest = Math.max(0, microRate + macroRate - 1) / microRate;
        const highest = macroRate / microRate;
        const { correlation } = unitCovariance({
          microRate,
          macroRate,
          macroGivenMicro: lowest + share * (highest - lowest),
        });
        expect(correlation).toBeGreaterThanOrEqual(open.correlationRange.lower);
        expect(correlation).toBeLessThanOrEqual(open.correlationRange.upper);
      }),
    );
  });

  it("warns when the correlation is open, and only then", () => {
    expect(unitCovariance({ microRate: 0.1, macroRate: 0.02 }).warnings.map((w) => w.code)).toEqual([
      "CORRELATION_UNKNOWN",
    ]);
    expect(unitCovariance({ microRate: 0.1, macroRate: 0.02, nested: true }).warnings).toEqual([]);
  });

  it("holds perfectly joined and perfectly disjoint conversions, and a quadrillion units", () => {
    const joined = unitCovariance({ control: { neither: 7, macroOnly: 0, microOnly: 0, both: 3 } });
    expect(joined.correlation).toBe(1);
    const disjoint = unitCovariance({ control: { neither: 0, macroOnly: 7, microOnly: 3, both: 0 } });
    expect(disjoint.correlation).toBe(-1);
    const huge = unitCovariance({ control: { neither: 8e15, macroOnly: 0, microOnly: 1, both: 1 } });
    expect(huge.correlation).toBeCloseTo(Math.SQRT1_2, 15);
    expect(relativeError(huge.macro, 2 * 8e15)).toBeLessThan(1e-15);
  });

  it("refuses rates that contradict each other, and tables that leave an effect without variance", () => {
    const domain = (make: () => unknown, field: string): void => {
      expect(make).toThrow(DomainError);
      expect(make).toThrow(field);
    };
    domain(() => unitCovariance({ microRate: 0.02, macroRate: 0.02, nested: true }), "microRate");
    domain(() => unitCovariance({ microRate: 0, macroRate: 0.02 }), "microRate");
    domain(() => unitCovariance({ microRate: 0.1, macroRate: NaN }), "macroRate");
    domain(
      () => unitCovariance({ microRate: 0.1, macroRate: 0.02, macroGivenMicro: 0.3 }),
      "macroGivenMicro",
    );
    domain(() => unitCovariance({ microRate: 0.9, macroRate: 0.8, macroGivenMicro: 0.1 }), "macroGivenMicro");
    domain(
      () => unitCovariance({ microRate: 0.1, macroRate: 0.02, macroGivenMicro: 0.2, nested: true }),
      "macroGivenMicro",
    );
    domain(() => unitCovariance({ control: { neither: 1, macroOnly: 0, microOnly: 1, both: 0 } }), "control");
    domain(
      () => unitCovariance({ control: { neither: -1, macroOnly: 0, microOnly: 1, both: 0 } }),
      "control.neither",
    );
    domain(() => unitCovariance({ microRate: 0.1, macroRate: 0.02, scale: "odds" as never }), "scale");
    domain(() => unitCovariance(null as never), "input");
  });

  it("says where joint counts belong that stand alone", () => {
    const counts = { neither: 900, macroOnly: 0, microOnly: 80, both: 20 };
    expect(() => unitCovariance(counts as never)).toThrow(/^control .*must hold the joint counts/);
  });

  it("is checked where it enters, with the path that the caller wrote", () => {
    const good = { proxy: 1, macro: 2, correlation: 0.5 };
    expect(() =>
      checkUnitCovariance("sampling", { ...good, correlationRange: { lower: -0.1, upper: 0.5 } }),
    ).not.toThrow();
    expect(() => checkUnitCovariance("sampling", { ...good, macro: 0 })).toThrow("sampling.macro = 0");
    expect(() => checkUnitCovariance("sampling", { ...good, correlation: 1.1 })).toThrow(
      "sampling.correlation = 1.1",
    );
    expect(() =>
      checkUnitCovariance("sampling", { ...good, correlationRange: { lower: 0.6, upper: 0.5 } }),
    ).toThrow("sampling.correlationRange.lower");
    const effects = { tauProxy: 1, tauMacro: 1, rho: 0, scale: "difference" } as const;
    expect(() => checkSameScale(effects, { ...good, scale: "log-lift" })).toThrow(DomainError);
    expect(() => checkSameScale(effects, { ...good, scale: undefined })).not.toThrow();
  });
});
