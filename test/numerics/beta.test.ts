import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { betaFraction } from "../../src/numerics/beta-fraction.ts";
import { betaDeviation } from "../../src/numerics/beta-prefix.ts";
import { betaTailIntegral } from "../../src/numerics/beta-tail-integral.ts";
import { beta, betaUpperQuantile } from "../../src/numerics/beta.ts";
import { incompleteBeta, logIncompleteBeta } from "../../src/numerics/incomplete-beta.ts";
import { integrate } from "../../src/numerics/integrate.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

const shape = fc.double({ min: -3, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);
const point = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

describe("the beta distribution against mpmath", () => {
  it("agrees to 2e-13 on ordinary shapes and shapes in the millions, tails to 1e-300 included", () => {
    const errors = largestErrors("beta", { beta_cdf: beta.cdf, beta_sf: beta.sf });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(2e-13);
  });

  it("its quantile agrees to 1e-13", () => {
    const errors = largestErrors("beta_quantile", { beta_quantile: beta.quantile });
    expect(errors["beta_quantile"]).toBeLessThan(1e-13);
  });

  it("agrees on shapes from 3e-4 to 1e15: tails to 1e-12, logs and log densities to 2e-14", () => {
    const errors = largestErrors("beta_wide", {
      beta_cdf: beta.cdf,
      beta_sf: beta.sf,
      beta_logcdf: beta.logCdf,
      beta_logsf: beta.logSf,
      beta_logpdf: beta.logPdf,
    });
    expect(errors["beta_cdf"]).toBeLessThan(1e-12);
    expect(errors["beta_sf"]).toBeLessThan(1e-12);
    for (const name of ["beta_logcdf", "beta_logsf", "beta_logpdf"]) expect(errors[name]).toBeLessThan(2e-14);
  });
});

describe("the beta distribution by its own laws", () => {
  it("continued fraction and integral, which share nothing, agree to 5e-15 below the mean", () => {
    const large = fc.double({ min: 1.5, max: 6, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(large, large, fc.double({ min: 0, max: 40, noNaN: true }), (a, b, z) => {
        const odds = (a / b) * Math.exp(-z * Math.sqrt(1 / a + 1 / b));
        const x = odds / (1 + odds);
        const y = 1 / (1 + odds);
        const lambda = Math.max(0, betaDeviation(x, y, a, b));
        const fraction = betaFraction(x, a, b, lambda);
        expect(relativeError(betaTailIntegral(x, y, a, b, lambda), fraction)).toBeLessThan(5e-15);
      }),
    );
  });

  it("swapping the shapes mirrors it, and the tails add to 1", () => {
    fc.assert(
      fc.property(point, shape, shape, (x, a, b) => {
        const y = 1 - x;
        const tails = incompleteBeta(x, y, a, b);
        const mirrored = incompleteBeta(y, x, b, a);
        expect(relativeError(mirrored.upper, tails.lower)).toBeLessThan(1e-14);
        expect(Math.abs(tails.lower + tails.upper - 1)).toBeLessThan(1e-15);
      }),
    );
  });

  it("logs are the logs of the tails", () => {
    fc.assert(
      fc.property(point, shape, shape, (x, a, b) => {
        const { lower, upper } = incompleteBeta(x, 1 - x, a, b);
        const logs = logIncompleteBeta(x, 1 - x, a, b);
        if (lower > 1e-300) expect(relativeError(Math.exp(logs.lower), lower)).toBeLessThan(1e-12);
        if (upper > 1e-300) expect(relativeError(Math.exp(logs.upper), upper)).toBeLessThan(1e-12);
      }),
    );
  });

  it("the quantile inverts both tails", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), shape, shape, (tail, a, b) => {
        const lower = beta.quantile(tail, a, b);
        // Where x is near 1 its own spacing bounds what the cdf can give back.
        if (lower > 1e-290 && lower < 0.5) {
          const spacing = (Math.exp(beta.logPdf(lower, a, b)) * lower * 2 ** -52) / tail;
          expect(relativeError(beta.cdf(lower, a, b), tail)).toBeLessThan(1e-12 + spacing);
        }
        const upper = betaUpperQuantile(tail, a, b);
        if (upper > 1e-290 && upper < 0.5) {
          const spacing = (Math.exp(beta.logPdf(upper, a, b)) * upper * 2 ** -52) / tail;
          expect(relativeError(beta.sf(upper, a, b), tail)).toBeLessThan(1e-12 + spacing);
        }
      }),
    );
  });

  it("the density integrates to the cdf", () => {
    const { value } = integrate((x) => beta.pdf(x, 3.5, 20), 0, 0.3, { relativeTolerance: 1e-13 });
    expect(relativeError(value, beta.cdf(0.3, 3.5, 20))).toBeLessThan(1e-13);
  });

  it("never gives NaN or a value outside [0, 1], whatever the shapes", () => {
    const extremes = [1e-100, 1e-9, 0.5, 1, 2.5, 1e3, 1e9, 1e15, 1e16];
    for (const a of extremes) {
      for (const b of extremes) {
        for (const x of [0, 5e-324, 1e-17, 0.3, 0.5, 1 - 2 ** -53, 1]) {
          const { lower, upper } = incompleteBeta(x, 1 - x, a, b);
          expect(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1).toBe(true);
          const logs = logIncompleteBeta(x, 1 - x, a, b);
          expect(logs.lower <= 0 && logs.upper <= 0).toBe(true);
          const quantile = beta.quantile(x, a, b);
          expect(quantile >= 0 && quantile <= 1).toBe(true);
          expect(beta.logPdf(x, a, b)).not.toBeNaN();
        }
      }
    }
  });

  it("is the power law where a shape is 1", () => {
    expect(relativeError(beta.sf(0.25, 1, 3), 0.75 ** 3)).toBeLessThan(1e-15);
    expect(relativeError(beta.quantile(0.25, 2, 1), 0.5)).toBeLessThan(1e-15);
    expect(beta.pdf(0, 1, 3)).toBeCloseTo(3, 14);
    expect(beta.pdf(0, 0.5, 3)).toBe(Infinity);
    expect(beta.pdf(1, 2, 3)).toBe(0);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => beta.cdf(1.2, 1, 1)).toThrow("x = 1.2, must lie between 0 and 1");
    expect(() => beta.sf(0.5, 0, 1)).toThrow("a = 0, must lie between");
    expect(() => beta.quantile(0.5, 1, NaN)).toThrow(DomainError);
    expect(() => beta.quantile(-0.1, 1, 1)).toThrow("p = -0.1");
  });

  it("finds quantiles that lie closer to 1 than the smallest doubles can say, without end", () => {
    expect(beta.quantile(0.025, 69580218821367.36, 3.559595e-5)).toBe(1);
    expect(beta.quantile(0.975, 3.559595e-5, 69580218821367.36)).toBeLessThan(1e-300);
  });
});
