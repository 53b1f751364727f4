import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { normal, normalUpperQuantile } from "../../src/numerics/normal.ts";
import { readCsv } from "../support/csv.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the normal distribution", () => {
  it("agrees with mpmath to 1e-15 wherever a double holds the value to full precision", () => {
    for (const row of readCsv("numerics/normal.csv")) {
      const name = row["function"]!;
      const value = Number(row["value"]);
      const f =
        { normal_cdf: normal.cdf, normal_sf: normal.sf, normal_logsf: normal.logSf }[name] ?? normal.quantile;
      const actual = f(Number(row["x"]));
      if (Math.abs(value) < 2.3e-308) expect(Math.abs(actual - value)).toBeLessThanOrEqual(1e-323);
      else expect(relativeError(actual, value)).toBeLessThan(1e-15);
    }
  });

  it("agrees with mpmath far out: |x| to 1e8, quantiles of 1e-300", () => {
    const errors = largestErrors("normal_wide", {
      normal_sf: normal.sf,
      normal_logsf: normal.logSf,
      normal_quantile: normal.quantile,
    });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(2e-15);
  });

  it("mirrors at zero, and its quantile inverts both tails", () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 37, noNaN: true }), (x) => {
        expect(normal.cdf(-x)).toBe(normal.sf(x));
        expect(normal.logCdf(-x)).toBe(normal.logSf(x));
        // A tail near 1 has no room for x; the smaller one gives it back.
        const back = x > 0 ? normalUpperQuantile(normal.sf(x)) : normal.quantile(normal.cdf(x));
        expect(Math.abs(back - x)).toBeLessThan(1e-14 * Math.max(1, Math.abs(x)));
      }),
    );
  });

  it("goes to its limits", () => {
    expect(normal.quantile(0)).toBe(-Infinity);
    expect(normal.quantile(1)).toBe(Infinity);
    expect(normal.quantile(0.5)).toBe(0);
    expect(normalUpperQuantile(0.5)).toBe(0);
    expect(normal.sf(-Infinity)).toBe(1);
    expect(normal.logSf(Infinity)).toBe(-Infinity);
    expect(normal.logSf(-Infinity)).toBe(0);
    expect(normal.pdf(-Infinity)).toBe(0);
    expect(normal.logPdf(0)).toBeCloseTo(-0.9189385332046727, 15);
    expect(normal.pdf(0)).toBeCloseTo(0.3989422804014327, 15);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => normal.cdf(NaN)).toThrow(DomainError);
    expect(() => normal.quantile(1.5)).toThrow("p = 1.5, must lie between 0 and 1");
  });
});
