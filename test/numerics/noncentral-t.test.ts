import * as fc from "fast-check";
import jStat from "jstat";
import { describe, expect, it } from "vitest";
import { chiSquared } from "../../src/numerics/chi-squared.ts";
import { noncentralT } from "../../src/numerics/noncentral-t.ts";
import { normal } from "../../src/numerics/normal.ts";
import { studentT } from "../../src/numerics/student-t.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

const { cdf, sf, logCdf, logSf, pdf, logPdf, quantile } = noncentralT;

describe("noncentralT against mpmath", () => {
  it("agrees to 1e-14 on the table of ordinary arguments", () => {
    const errors = largestErrors("nct", { nct_cdf: cdf, nct_sf: sf });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-14);
  });

  it("agrees on 0.1 to 1e9 degrees of freedom and noncentrality to 5000: tails to 1e-12, logs to 2e-14", () => {
    const errors = largestErrors("nct_wide", {
      nct_cdf: cdf,
      nct_sf: sf,
      nct_logcdf: logCdf,
      nct_logsf: logSf,
      nct_logpdf: logPdf,
    });
    for (const [name, error] of Object.entries(errors)) {
      expect(error).toBeLessThan(name.includes("log") ? 2e-14 : 1e-12);
    }
  });

  it("is right where jstat is off by 0.8 relative, which stays pinned", () => {
    expect(relativeError(cdf(-2, 1e4, 5), 1.286678954183377e-12)).toBeLessThan(1e-13);
    expect(jStat.noncentralt.cdf(-2, 1e4, 5)).toBeCloseTo(2.364e-12, 15);
  });
});

const freedom = fc.double({ min: -1, max: 10, noNaN: true }).map((exponent) => 10 ** exponent);
const shift = fc.double({ min: -100, max: 100, noNaN: true });

describe("noncentralT by its own laws", () => {
  it("mirrors at zero, and its tails add up", () => {
    fc.assert(
      fc.property(fc.double({ min: -200, max: 200, noNaN: true }), freedom, shift, (t, df, delta) => {
        expect(cdf(t, df, delta)).toBe(sf(-t, df, -delta));
        expect(Math.abs(cdf(t, df, delta) + sf(t, df, delta) - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it("is Student's t without an effect", () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), freedom, (t, df) => {
        expect(relativeError(sf(t, df, 0), studentT.sf(t, df))).toBeLessThan(1e-11);
        expect(Math.abs(logPdf(t, df, 0) - studentT.logPdf(t, df))).toBeLessThan(1e-11);
      }),
      { numRuns: 50 },
    );
  });

  it("the quantile inverts the smaller tail", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-20, max: 0.5, noNaN: true }), freedom, shift, (p, df, delta) => {
        const t = quantile(p, df, delta);
        expect(Math.abs(logCdf(t, df, delta) - Math.log(p))).toBeLessThan(1e-11 * (1 + Math.abs(delta)));
      }),
      { numRuns: 30 },
    );
  });

  it("changes over between its two integrals without a step", () => {
    // At 5 degrees of freedom about here; both sides of it lie on one smooth curve.
    for (const delta of [30, 35.8, 36, 40, 45]) {
      const [before, at, after] = [-1, 0, 1].map((side) => logSf(60, 5, delta + side * 1e-4));
      expect(Math.abs(before! - 2 * at! + after!)).toBeLessThan(1e-9);
    }
  });
});

describe("noncentralT at the boundaries", () => {
  it("goes to its limits", () => {
    expect(sf(Infinity, 5, 2)).toBe(0);
    expect(cdf(Infinity, 5, 2)).toBe(1);
    expect(logCdf(-Infinity, 5, 2)).toBe(-Infinity);
    expect(logSf(-Infinity, 5, 2)).toBe(0);
    expect(pdf(Infinity, 5, 2)).toBe(0);
    expect(quantile(0, 5, 2)).toBe(-Infinity);
    expect(quantile(1, 5, 2)).toBe(Infinity);
    expect(relativeError(cdf(0, 5, 2), normal.cdf(-2))).toBeLessThan(1e-15);
  });

  it("is a shifted normal at a vast number of degrees of freedom", () => {
    expect(relativeError(sf(12, 1e30, 2), normal.sf(10))).toBeLessThan(1e-12);
  });

  it("takes a vast noncentrality and the farthest points", () => {
    // T > t when S < 1, as good as: the chi-squared distribution with 10 degrees of freedom at 10.
    expect(relativeError(sf(5e9, 10, 5e9), chiSquared.cdf(10, 10))).toBeLessThan(1e-12);
    expect(logSf(1e308, 20, 2.5)).toBeCloseTo(-14146.514044777714, 8);
  });

  it("has tails that add up with a fraction of a degree of freedom", () => {
    // Slow falls to the left, where a coarse step was off by 5e-10.
    for (const [t, df, delta] of [
      [21.74397872739353, 0.06394213516039922, -2.1794576104730368],
      [-211478800.32277212, 0.10109978959850986, 0.5007054727910504],
    ] as const) {
      expect(Math.abs(cdf(t, df, delta) + sf(t, df, delta) - 1)).toBeLessThan(1e-13);
    }
  });

  it("ends where the log of a tail is so far from 0 that rounding is all one sees", () => {
    for (const [t, df, delta] of [
      [84126803407766270, 4169496363078491000, -71576.21898587854],
      [-3915402266884038, 4475.234989250655, 487150951.497201],
      [-1776118.356667165, 1866668770226.8638, 140965069.34562665],
    ] as const) {
      const smaller = t > 0 ? logSf(t, df, delta) : logCdf(t, df, delta);
      expect(smaller).toBeLessThan(-1e6);
      expect(smaller).toBeGreaterThan(-Infinity);
    }
  });

  it("names what is wrong with its arguments", () => {
    expect(() => cdf(1, 0, 1)).toThrow("df = 0");
    expect(() => cdf(NaN, 1, 1)).toThrow("t = NaN");
    expect(() => sf(1, 1, Infinity)).toThrow("noncentrality = Infinity");
    expect(() => quantile(2, 1, 1)).toThrow("p = 2");
  });
});
