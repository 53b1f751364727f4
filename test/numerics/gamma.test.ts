import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { chiSquared, chiSquaredUpperQuantile } from "../../src/numerics/chi-squared.ts";
import { gamma, gammaUpperQuantile } from "../../src/numerics/gamma.ts";
import { integrate } from "../../src/numerics/integrate.ts";
import { readCsv } from "../support/csv.ts";
import { relativeError } from "../support/relative-error.ts";

const functions: Record<string, (x: number, shape: number) => number> = {
  gamma_cdf: gamma.cdf,
  gamma_sf: gamma.sf,
  gamma_logcdf: gamma.logCdf,
  gamma_logsf: gamma.logSf,
  gamma_logpdf: gamma.logPdf,
  gamma_quantile: gamma.quantile,
  gamma_upper_quantile: gammaUpperQuantile,
  chi2_cdf: chiSquared.cdf,
  chi2_sf: chiSquared.sf,
};

/** The largest relative error over a table; logs, which cross zero, by error over max(1, |value|). */
function largestError(table: string): number {
  const errors = readCsv(`numerics/${table}.csv`).map((row) => {
    const value = Number(row["value"]);
    const actual = functions[row["function"]!]!(Number(row["x"] ?? row["p"]), Number(row["a"] ?? row["df"]));
    return row["function"]!.includes("log")
      ? Math.abs(actual - value) / Math.max(1, Math.abs(value))
      : relativeError(actual, value);
  });
  expect(errors.length).toBeGreaterThan(60);
  return Math.max(...errors);
}

describe("gamma and chiSquared against mpmath", () => {
  it.each([
    ["gamma", 1e-13],
    ["gamma_quantile", 1e-13],
    ["chi2", 1e-13],
    // Shapes 1e-3 to 1e12, tails down to 2e-308.
    ["gamma_wide", 1e-12],
    ["gamma_quantile_wide", 1e-12],
  ])("hold table %s to %d", (table, tolerance) => {
    expect(largestError(table)).toBeLessThan(tolerance);
  });
});

const shape = fc.double({ min: -3, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);
const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

describe("gamma by its properties", () => {
  it("inverts: the smaller tail of a quantile is what was asked for", () => {
    fc.assert(
      fc.property(probability, shape, (p, a) => {
        const x = gamma.quantile(p, a);
        fc.pre(x > 1e-300);
        const error = p <= 0.5 ? relativeError(gamma.cdf(x, a), p) : relativeError(gamma.sf(x, a), 1 - p);
        // One ulp of x alone moves the tail by √a ulps.
        expect(error).toBeLessThan(1e-12 + 2e-15 * Math.sqrt(a));
      }),
    );
  });

  it("has tails that add up to 1, and logs that are their logs", () => {
    fc.assert(
      fc.property(probability, shape, (p, a) => {
        const x = gamma.quantile(p, a);
        expect(Math.abs(gamma.cdf(x, a) + gamma.sf(x, a) - 1)).toBeLessThan(4e-16);
        expect(relativeError(Math.exp(gamma.logCdf(x, a)), gamma.cdf(x, a))).toBeLessThan(1e-13);
        expect(relativeError(Math.exp(gamma.logSf(x, a)), gamma.sf(x, a))).toBeLessThan(1e-13);
      }),
    );
  });

  it("is continuous where the method changes: at shape 1, at x = 1.1, at shape 100, at the mean", () => {
    const step = 1e-13;
    for (const [x, a] of [
      [0.7, 1],
      [3, 1],
      [1.1, 0.3],
      [80, 100],
      [100, 100],
      [130, 100],
      [50, 50],
      [2, 2],
    ] as const) {
      for (const [dx, da] of [
        [step, 0],
        [0, step],
      ] as const) {
        const before = gamma.sf(x * (1 - dx), a * (1 - da));
        expect(relativeError(gamma.sf(x * (1 + dx), a * (1 + da)), before)).toBeLessThan(1e-11);
      }
    }
  });

  it("has a density that integrates to the tail", () => {
    const { value } = integrate((x) => gamma.pdf(x, 3.5, 2), 1, 4);
    expect(relativeError(value, gamma.cdf(4, 3.5, 2) - gamma.cdf(1, 3.5, 2))).toBeLessThan(1e-12);
  });

  it("takes a rate without losing what rounding rate · x would lose (mpmath)", () => {
    const cases = [
      [1233321.9620738209, 370000000000.0, 300000.3, 2.866320192584878e-7],
      [0.09999841886109993, 100000000000.0, 1000000000000.7, 2.866139625922307e-7],
      [333.2983335003333, 1000000000000.0, 3000300030.0, 2.8663967826745836e-7],
    ] as const;
    for (const [x, a, rate, value] of cases)
      expect(relativeError(gamma.cdf(x, a, rate), value)).toBeLessThan(1e-12);
  });
});

describe("gamma at the boundaries", () => {
  it("knows the ends of its range", () => {
    expect([gamma.cdf(0, 2), gamma.sf(0, 2), gamma.cdf(Infinity, 2), gamma.sf(Infinity, 2)]).toEqual([
      0, 1, 1, 0,
    ]);
    expect([gamma.logCdf(0, 2), gamma.logSf(0, 2), gamma.logSf(Infinity, 2, 3)]).toEqual([
      -Infinity,
      0,
      -Infinity,
    ]);
    expect([gamma.pdf(0, 0.5), gamma.pdf(0, 1), gamma.pdf(0, 2), gamma.pdf(Infinity, 2, 3)]).toEqual([
      Infinity,
      1,
      0,
      0,
    ]);
    expect([gamma.quantile(0, 2), gamma.quantile(1, 2)]).toEqual([0, Infinity]);
    expect([gamma.logCdf(1e308, 2), gamma.logSf(1e-300, 100)]).toEqual([0, 0]);
  });

  it("takes shapes from 1e-300 to 1e300", () => {
    expect(gamma.cdf(1e15, 1e15)).toBeCloseTo(0.5, 8);
    expect(gamma.quantile(1e-300, 1e300)).toBe(1e300);
    expect(gamma.quantile(0.5, 1e-300)).toBe(0);
    expect(relativeError(gamma.sf(1, 1e-300), 2.1938393439552029e-301)).toBeLessThan(1e-14); // a · E1(1)
    expect(gamma.logSf(700, 1e-10)).toBeCloseTo(-729.5783567870351, 10);
  });

  it("names what is wrong", () => {
    expect(() => gamma.cdf(-1, 1)).toThrow(DomainError);
    expect(() => gamma.cdf(NaN, 1)).toThrow("x = NaN");
    expect(() => gamma.sf(1, 0)).toThrow("shape = 0");
    expect(() => gamma.pdf(1, 1, -2)).toThrow("rate = -2");
    expect(() => gamma.cdf(1e-200, 1, 1e-200)).toThrow("rate * x");
    expect(() => gamma.quantile(1.1, 1)).toThrow("p = 1.1");
    expect(() => chiSquared.sf(1, 0)).toThrow("df = 0");
    expect(() => chiSquared.quantile(0.5, NaN)).toThrow("df = NaN");
    expect(() => chiSquared.cdf(-1, 1)).toThrow("x = -1");
  });
});

describe("chiSquared", () => {
  it("is the gamma distribution of half the df", () => {
    expect(chiSquared.pdf(3, 2)).toBeCloseTo(0.5 * Math.exp(-1.5), 15);
    expect(chiSquared.logPdf(3, 2)).toBeCloseTo(-1.5 - Math.LN2, 15);
    expect(chiSquared.logCdf(3, 2)).toBeCloseTo(Math.log(-Math.expm1(-1.5)), 15);
    expect(chiSquared.logSf(3000, 2)).toBeCloseTo(-1500, 11);
    expect(chiSquared.pdf(0, 2)).toBe(0.5);
    expect(chiSquared.quantile(0.95, 1)).toBeCloseTo(3.841458820694124, 14);
    expect(relativeError(chiSquaredUpperQuantile(1e-300, 2), 600 * Math.LN10)).toBeLessThan(1e-14);
  });
});
