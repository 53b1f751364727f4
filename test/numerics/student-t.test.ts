import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { normal } from "../../src/numerics/normal.ts";
import { studentT, studentTUpperQuantile } from "../../src/numerics/student-t.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

const freedom = fc.double({ min: -1, max: 12, noNaN: true }).map((exponent) => 10 ** exponent);

describe("Student's t against mpmath", () => {
  it("agrees to 2e-13, tails to 1e-300 included", () => {
    const errors = largestErrors("t", { t_cdf: studentT.cdf, t_sf: studentT.sf });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(2e-13);
  });

  it("its quantile agrees to 5e-14", () => {
    expect(largestErrors("t_quantile", { t_quantile: studentT.quantile })["t_quantile"]).toBeLessThan(5e-14);
  });

  it("agrees on 0.1 to 1e12 degrees of freedom and t to 1e180: tails and quantiles to 1e-12, logs to 1e-14", () => {
    const errors = largestErrors("t_wide", {
      t_sf: studentT.sf,
      t_logsf: studentT.logSf,
      t_logpdf: studentT.logPdf,
      t_upper_quantile: studentTUpperQuantile,
    });
    expect(errors["t_sf"]).toBeLessThan(1e-12);
    expect(errors["t_upper_quantile"]).toBeLessThan(1e-12);
    expect(errors["t_logsf"]).toBeLessThan(1e-14);
    expect(errors["t_logpdf"]).toBeLessThan(1e-14);
  });
});

describe("Student's t by its own laws", () => {
  it("mirrors at zero", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), freedom, (t, df) => {
        expect(studentT.cdf(-t, df)).toBe(studentT.sf(t, df));
        expect(studentT.logCdf(-t, df)).toBe(studentT.logSf(t, df));
        expect(studentT.pdf(-t, df)).toBe(studentT.pdf(t, df));
      }),
    );
  });

  it("the quantile inverts the smaller tail", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-20, max: 0.5, noNaN: true }), freedom, (p, df) => {
        const t = studentT.quantile(p, df);
        if (t !== -Infinity) expect(relativeError(studentT.cdf(t, df), p)).toBeLessThan(1e-12);
      }),
    );
  });

  it("takes degrees of freedom from 1e-99 on", () => {
    expect(studentT.cdf(0, 1e-99)).toBe(0.5);
    expect(studentT.sf(1, 1e-99)).toBeCloseTo(0.5, 15);
    expect(() => studentT.cdf(0, 9.9e-100)).toThrow(DomainError);
    expect(() => studentT.cdf(0, NaN)).toThrow("df");
  });

  it("is Cauchy with one degree of freedom and normal with infinitely many", () => {
    // A tail of exp(-231) is as good as its exponent: 231 times the rounding of a double.
    expect(relativeError(studentT.sf(1e100, 1), 1 / (Math.PI * 1e100))).toBeLessThan(6e-14);
    expect(relativeError(studentT.pdf(2, 1), 1 / (5 * Math.PI))).toBeLessThan(1e-14);
    expect(studentT.sf(3, Infinity)).toBe(normal.sf(3));
    expect(studentT.quantile(0.01, Infinity)).toBe(normal.quantile(0.01));
    expect(relativeError(studentT.sf(30, 1e18), normal.sf(30))).toBeLessThan(2e-13);
  });

  it("goes to its limits", () => {
    expect(studentT.cdf(0, 3)).toBe(0.5);
    expect(studentT.sf(Infinity, 3)).toBe(0);
    expect(studentT.logSf(Infinity, 0.5)).toBe(-Infinity);
    expect(studentT.logSf(-Infinity, 0.5)).toBe(0);
    expect(studentT.quantile(0.5, 7)).toBe(0);
    expect(studentT.quantile(0, 7)).toBe(-Infinity);
    expect(studentT.quantile(1, 7)).toBe(Infinity);
    expect(studentT.pdf(-Infinity, 7)).toBe(0);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => studentT.cdf(1, 0)).toThrow("df = 0");
    expect(() => studentT.cdf(NaN, 1)).toThrow("t = NaN");
    expect(() => studentT.quantile(2, 1)).toThrow(DomainError);
  });
});
