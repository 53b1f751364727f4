import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the binomial against mpmath", () => {
  it("agrees to 1e-13, tails included", () => {
    const errors = largestErrors("binomial", {
      binom_pmf: binomial.pmf,
      binom_cdf: binomial.cdf,
      binom_sf: binomial.sf,
    });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-13);
  });

  it("agrees for n from 1e3 to 1e15: tails to 1e-12, log probabilities to 1e-14", () => {
    const errors = largestErrors("binomial_wide", {
      binom_logpmf: binomial.logPmf,
      binom_cdf: binomial.cdf,
      binom_sf: binomial.sf,
    });
    expect(errors["binom_cdf"]).toBeLessThan(1e-12);
    expect(errors["binom_sf"]).toBeLessThan(1e-12);
    expect(errors["binom_logpmf"]).toBeLessThan(1e-14);
  });
});

describe("the binomial by its own laws", () => {
  const counts = fc
    .integer({ min: 1, max: 300 })
    .chain((n) =>
      fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n), fc.double({ min: 0, max: 1, noNaN: true })),
    );

  it("its probabilities add up to its tails", () => {
    fc.assert(
      fc.property(counts, ([k, n, p]) => {
        let lower = 0;
        for (let i = 0; i <= k; i += 1) lower += binomial.pmf(i, n, p);
        let upper = 0;
        for (let i = n; i > k; i -= 1) upper += binomial.pmf(i, n, p);
        // Sums of values that underflow singly say nothing about a tail near the smallest double.
        if (lower > 1e-290) expect(relativeError(binomial.cdf(k, n, p), lower)).toBeLessThan(1e-12);
        if (upper > 1e-290) expect(relativeError(binomial.sf(k, n, p), upper)).toBeLessThan(1e-12);
      }),
    );
  });

  it("the quantile is the smallest count that reaches the probability", () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.001, max: 0.999, noNaN: true }), ([, n, p], probability) => {
        const k = binomial.quantile(probability, n, p);
        expect(binomial.cdf(k, n, p)).toBeGreaterThan(probability * (1 - 1e-12));
        if (k > 0) expect(binomial.cdf(k - 1, n, p)).toBeLessThan(probability);
      }),
    );
  });

  it.each([10, 1e3, 1e6, 1e9, 1e15])("the quantile inverts the cdf for n = %s", (n) => {
    // At n = 1e15 neighbouring counts differ by less than the double that names them.
    const slack = n < 1e12 ? 0 : 10;
    const misses = [0.001, 0.3, 0.9].flatMap((p) =>
      [-3, -1, 0, 1, 2.5].map((z) => {
        const k = Math.max(0, Math.min(n - 1, Math.round(n * p + z * Math.sqrt(n * p * (1 - p)))));
        const cdf = binomial.cdf(k, n, p);
        return cdf < 0.999 ? Math.abs(binomial.quantile(cdf, n, p) - k) : 0;
      }),
    );
    expect(Math.max(...misses)).toBeLessThanOrEqual(slack);
  });

  it("is certain where p is 0 or 1, and where n is 0", () => {
    expect(binomial.pmf(0, 5, 0)).toBe(1);
    expect(binomial.logPmf(0, 5, 0)).toBe(0);
    expect(binomial.pmf(1, 5, 0)).toBe(0);
    expect(binomial.pmf(5, 5, 1)).toBe(1);
    expect(binomial.cdf(4, 5, 1)).toBe(0);
    expect(binomial.sf(4, 5, 1)).toBe(1);
    expect(binomial.cdf(0, 0, 0.3)).toBe(1);
    expect(binomial.logSf(5, 5, 0.3)).toBe(-Infinity);
    expect(binomial.quantile(0.3, 5, 1)).toBe(5);
    expect(binomial.quantile(0, 5, 0.5)).toBe(0);
    expect(binomial.quantile(1, 5, 0.5)).toBe(5);
  });

  it("keeps p = 1e-9 exact in (1 − p)^n", () => {
    expect(relativeError(binomial.pmf(0, 1e15, 1e-13), Math.exp(1e15 * Math.log1p(-1e-13)))).toBeLessThan(
      1e-13,
    );
    expect(relativeError(binomial.cdf(0, 1e9, 1e-9), Math.exp(1e9 * Math.log1p(-1e-9)))).toBeLessThan(1e-14);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => binomial.pmf(6, 5, 0.5)).toThrow("k = 6, must be at most n = 5");
    expect(() => binomial.cdf(1.5, 5, 0.5)).toThrow(DomainError);
    expect(() => binomial.cdf(-1, 5, 0.5)).toThrow("k = -1");
    expect(() => binomial.quantile(0.5, -1, 0.5)).toThrow("n = -1");
    expect(() => binomial.quantile(0.5, 5, 1.5)).toThrow("p = 1.5");
  });
});
