import * as fc from "fast-check";
import jstat from "jstat";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { beta } from "../../src/numerics/beta.ts";
import { f } from "../../src/numerics/f.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

const df = fc.double({ min: -2, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);

describe("the F distribution against mpmath", () => {
  it("agrees to 1e-13 on ordinary degrees of freedom", () => {
    const errors = largestErrors("f", { f_cdf: f.cdf, f_sf: f.sf });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-13);
  });

  it("agrees on 0.01 to 1e12 degrees of freedom: tails to 1e-12, logs and log densities to 1e-14", () => {
    const errors = largestErrors("f_wide", {
      f_cdf: f.cdf,
      f_sf: f.sf,
      f_logcdf: f.logCdf,
      f_logsf: f.logSf,
      f_logpdf: f.logPdf,
    });
    for (const name of ["f_cdf", "f_sf"]) expect(errors[name]).toBeLessThan(1e-12);
    for (const name of ["f_logcdf", "f_logsf", "f_logpdf"]) expect(errors[name]).toBeLessThan(1e-14);
  });

  it("is right to 1e-14 where the complement of jstat's cdf is 0", () => {
    const right = 1.3929555690985384e-24;
    expect(relativeError(1 - jstat.centralF.cdf(100, 2, 100), right) < 1e-4).toBe(false);
    expect(relativeError(f.sf(100, 2, 100), right)).toBeLessThan(1e-14);
  });
});

describe("the F distribution by its own laws", () => {
  const point = fc.double({ min: -30, max: 30, noNaN: true }).map(Math.exp);

  it("is a Beta variable over its complement", () => {
    fc.assert(
      fc.property(point, df, df, (x, df1, df2) => {
        const odds = (df1 / df2) * x;
        fc.pre(odds < 0.1);
        const share = odds / (1 + odds);
        const expected = beta.logCdf(share, df1 / 2, df2 / 2);
        // The share is rounded, which the density times the share carries into the tail.
        const slope = Math.exp(beta.logPdf(share, df1 / 2, df2 / 2) + Math.log(share) - expected);
        const slack = 1e-12 * Math.max(1, -expected) + 1e-15 * slope;
        expect(Math.abs(f.logCdf(x, df1, df2) - expected)).toBeLessThan(slack);
      }),
    );
  });

  it("turns over with its degrees of freedom", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), df, df, (exponent, df1, df2) => {
        const x = 2 ** exponent;
        const upper = f.logSf(x, df1, df2);
        expect(Math.abs(f.logCdf(1 / x, df2, df1) - upper)).toBeLessThan(1e-12 * Math.max(1, -upper));
      }),
    );
  });

  it("the quantile inverts both tails", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-9, noNaN: true }), df, df, (p, df1, df2) => {
        const x = f.quantile(p, df1, df2);
        fc.pre(x > 1e-280 && x < 1e280);
        const slope = x * f.pdf(x, df1, df2); // what the last digit of x moves the tails by
        expect(Math.abs(f.cdf(x, df1, df2) - p)).toBeLessThan(1e-12 * p + 1e-15 * slope);
        expect(Math.abs(f.sf(x, df1, df2) - (1 - p))).toBeLessThan(1e-12 * (1 - p) + 1e-15 * slope);
      }),
    );
  });

  it("keeps its tails where the odds leave the range of a double", () => {
    // mpmath: (x df1/df2)^(df1/2) / (df1/2 B(df1/2, df2/2)), and the same turned over.
    expect(relativeError(f.cdf(1e-300, 0.01, 0.01), 0.01581203381688278)).toBeLessThan(1e-13);
    expect(relativeError(f.sf(1e300, 0.01, 0.01), 0.01581203381688278)).toBeLessThan(1e-13);
    expect(relativeError(f.sf(1e308, 1e12, 0.01), 0.02816691931743267)).toBeLessThan(1e-13);
    expect(relativeError(f.cdf(f.quantile(1e-6, 0.04, 3), 0.04, 3), 1e-6)).toBeLessThan(1e-12);
  });

  it("ends where it should", () => {
    expect(f.cdf(0, 3, 4)).toBe(0);
    expect(f.sf(0, 3, 4)).toBe(1);
    expect(f.logCdf(0, 3, 4)).toBe(-Infinity);
    expect(f.cdf(Infinity, 3, 4)).toBe(1);
    expect(f.sf(Infinity, 3, 4)).toBe(0);
    expect(f.pdf(0, 1, 4)).toBe(Infinity);
    expect(f.pdf(0, 2, 4)).toBe(1);
    expect(f.pdf(0, 3, 4)).toBe(0);
    expect(f.pdf(Infinity, 3, 4)).toBe(0);
    expect(f.quantile(0, 3, 4)).toBe(0);
    expect(f.quantile(1, 3, 4)).toBe(Infinity);
  });

  it("never gives NaN, whatever the degrees of freedom", () => {
    const extremes = [1e-99, 1e-9, 0.5, 1, 2, 1e3, 1e9, 1e16];
    for (const df1 of extremes) {
      for (const df2 of extremes) {
        for (const x of [0, 5e-324, 1e-300, 0.3, 1, 1 + 2 ** -52, 1e9, 1.7e308, Infinity]) {
          for (const value of [f.cdf(x, df1, df2), f.sf(x, df1, df2)]) {
            expect(value >= 0 && value <= 1).toBe(true);
          }
          expect(f.logCdf(x, df1, df2) <= 0 && f.logSf(x, df1, df2) <= 0).toBe(true);
          expect(f.logPdf(x, df1, df2)).not.toBeNaN();
        }
        for (const p of [0, 5e-324, 1e-9, 0.5, 1 - 2 ** -53, 1]) {
          expect(f.quantile(p, df1, df2) >= 0).toBe(true);
        }
      }
    }
  });

  it("names what is wrong with its arguments", () => {
    expect(() => f.cdf(-1, 1, 1)).toThrow("x = -1");
    expect(() => f.sf(1, 0, 1)).toThrow("df1 = 0");
    expect(() => f.quantile(0.5, 1, Infinity)).toThrow("df2 = Infinity");
    expect(() => f.quantile(1.1, 1, 1)).toThrow(DomainError);
  });
});
