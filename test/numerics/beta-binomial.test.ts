import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { betaBinomial } from "../../src/numerics/beta-binomial.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the beta-binomial against mpmath", () => {
  it("agrees on n up to 1e12 and shapes from 0.01 to 1e12: tails to 1e-12 down to 1e-300, logs to 1e-14", () => {
    const errors = largestErrors("beta_binomial", {
      betabinom_cdf: betaBinomial.cdf,
      betabinom_sf: betaBinomial.sf,
      betabinom_logcdf: betaBinomial.logCdf,
      betabinom_logsf: betaBinomial.logSf,
      betabinom_logpmf: betaBinomial.logPmf,
    });
    for (const [name, error] of Object.entries(errors)) {
      expect(error).toBeLessThan(name.includes("log") ? 1e-14 : 1e-12);
    }
  });
});

describe("the beta-binomial by its own laws", () => {
  const shape = fc.double({ min: -2, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
  const counts = fc
    .integer({ min: 1, max: 100 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n), shape, shape));

  it("its probabilities add up to its tails", () => {
    fc.assert(
      fc.property(counts, ([k, n, alpha, beta]) => {
        let lower = 0;
        for (let i = 0; i <= k; i += 1) lower += betaBinomial.pmf(i, n, alpha, beta);
        let upper = 0;
        for (let i = n; i > k; i -= 1) upper += betaBinomial.pmf(i, n, alpha, beta);
        if (lower > 1e-290)
          expect(relativeError(betaBinomial.cdf(k, n, alpha, beta), lower)).toBeLessThan(1e-12);
        if (upper > 1e-290)
          expect(relativeError(betaBinomial.sf(k, n, alpha, beta), upper)).toBeLessThan(1e-12);
      }),
    );
  });

  it("the quantile is the smallest count that reaches the probability", () => {
    fc.assert(
      fc.property(
        counts,
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        ([, n, alpha, beta], probability) => {
          const k = betaBinomial.quantile(probability, n, alpha, beta);
          expect(betaBinomial.cdf(k, n, alpha, beta)).toBeGreaterThan(probability * (1 - 1e-12));
          if (k > 0) expect(betaBinomial.cdf(k - 1, n, alpha, beta)).toBeLessThan(probability);
        },
      ),
    );
  });

  it("is uniform under a uniform rate, and binomial where the rate is known", () => {
    expect(relativeError(betaBinomial.cdf(249_999, 999_999, 1, 1), 0.25)).toBeLessThan(1e-13);
    expect(relativeError(betaBinomial.pmf(7, 999_999, 1, 1), 1e-6)).toBeLessThan(1e-13);
    expect(relativeError(betaBinomial.cdf(20, 100, 3e15, 7e15), binomial.cdf(20, 100, 0.3))).toBeLessThan(
      1e-12,
    );
  });

  it("is certain without trials and at the last of them", () => {
    expect(betaBinomial.pmf(0, 0, 2, 3)).toBe(1);
    expect(betaBinomial.cdf(0, 0, 2, 3)).toBe(1);
    expect(betaBinomial.sf(5, 5, 2, 3)).toBe(0);
    expect(betaBinomial.logSf(5, 5, 2, 3)).toBe(-Infinity);
    expect(betaBinomial.quantile(0, 5, 2, 3)).toBe(0);
    expect(betaBinomial.quantile(1, 5, 2, 3)).toBe(5);
  });

  it("never gives NaN, whatever n and the shapes", () => {
    const shapes = [1e-3, 0.02, 0.5, 1, 1e3, 1e9, 1e16];
    for (const alpha of shapes) {
      for (const beta of shapes) {
        for (const [k, n] of [
          [0, 1],
          [3, 10],
          [1e6, 1e12],
          [5e14, 1e15],
        ] as const) {
          const { cdf, sf, logPmf } = betaBinomial;
          for (const value of [cdf(k, n, alpha, beta), sf(k, n, alpha, beta)]) {
            expect(value >= 0 && value <= 1).toBe(true);
          }
          expect(logPmf(k, n, alpha, beta)).not.toBeNaN();
        }
        const middle = betaBinomial.quantile(0.5, 1e9, alpha, beta);
        expect(middle >= 0 && middle <= 1e9).toBe(true);
      }
    }
  });

  it("names what is wrong with its arguments", () => {
    expect(() => betaBinomial.pmf(6, 5, 1, 1)).toThrow("k = 6, must be at most n = 5");
    expect(() => betaBinomial.cdf(1, 5, 0, 1)).toThrow("alpha = 0");
    expect(() => betaBinomial.cdf(1, 5, 1, Infinity)).toThrow("beta = Infinity");
    expect(() => betaBinomial.quantile(0.5, 1.5, 1, 1)).toThrow(DomainError);
  });
});
