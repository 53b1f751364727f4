import * as fc from "fast-check";
import jstat from "jstat";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { poisson } from "../../src/numerics/poisson.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the Poisson distribution against mpmath", () => {
  it("agrees to 1e-13 on means up to a million", () => {
    const errors = largestErrors("poisson", {
      poisson_cdf: poisson.cdf,
      poisson_sf: poisson.sf,
      poisson_pmf: poisson.pmf,
    });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-13);
  });

  it("agrees on means from 1e-3 to 3e8: tails to 1e-12, logs to 1e-14", () => {
    const errors = largestErrors("poisson_wide", {
      poisson_pmf: poisson.pmf,
      poisson_cdf: poisson.cdf,
      poisson_sf: poisson.sf,
      poisson_logpmf: poisson.logPmf,
      poisson_logcdf: poisson.logCdf,
      poisson_logsf: poisson.logSf,
    });
    for (const [name, error] of Object.entries(errors)) {
      expect(error).toBeLessThan(name.includes("log") ? 1e-14 : 1e-12);
    }
  });

  it("is right to 1e-14 where jstat's cdf is NaN", () => {
    expect(jstat.poisson.cdf(1000, 1000)).toBeNaN();
    expect(relativeError(poisson.cdf(1000, 1000), 0.508409367168506)).toBeLessThan(1e-14);
  });
});

describe("the Poisson distribution by its own laws", () => {
  const mean = fc.double({ min: -3, max: 2.3, noNaN: true }).map((exponent) => 10 ** exponent);
  const count = fc.integer({ min: 0, max: 300 });

  it("its probabilities add up to its tails", () => {
    fc.assert(
      fc.property(count, mean, (k, m) => {
        let lower = 0;
        for (let i = 0; i <= k; i += 1) lower += poisson.pmf(i, m);
        let upper = 0;
        for (let i = k + 400; i > k; i -= 1) upper += poisson.pmf(i, m);
        if (lower > 1e-290) expect(relativeError(poisson.cdf(k, m), lower)).toBeLessThan(1e-12);
        if (upper > 1e-290) expect(relativeError(poisson.sf(k, m), upper)).toBeLessThan(1e-12);
      }),
    );
  });

  it("the quantile is the smallest count that reaches the probability", () => {
    fc.assert(
      fc.property(mean, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (m, probability) => {
        const k = poisson.quantile(probability, m);
        expect(poisson.cdf(k, m)).toBeGreaterThan(probability * (1 - 1e-12));
        if (k > 0) expect(poisson.cdf(k - 1, m)).toBeLessThan(probability);
      }),
    );
  });

  it("the quantile inverts the cdf for large means", () => {
    for (const m of [1e6, 1e9, 1e12]) {
      for (const z of [-4, -1, 0, 2]) {
        const k = Math.round(m + z * Math.sqrt(m));
        expect(poisson.quantile(poisson.cdf(k, m), m)).toBe(k);
      }
    }
  });

  it("is certain where nothing is expected, and ends where it should", () => {
    expect(poisson.pmf(0, 0)).toBe(1);
    expect(poisson.logPmf(0, 0)).toBe(0);
    expect(poisson.pmf(3, 0)).toBe(0);
    expect(poisson.cdf(0, 0)).toBe(1);
    expect(poisson.sf(0, 0)).toBe(0);
    expect(poisson.logSf(0, 0)).toBe(-Infinity);
    expect(poisson.quantile(1, 0)).toBe(0);
    expect(poisson.quantile(1, 2)).toBe(Infinity);
    expect(poisson.quantile(0, 2)).toBe(0);
    expect(relativeError(poisson.sf(0, 1e-300), 1e-300)).toBeLessThan(1e-12);
    expect(poisson.cdf(Number.MAX_SAFE_INTEGER, 1e15)).toBe(1);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => poisson.pmf(1.5, 1)).toThrow("k = 1.5");
    expect(() => poisson.cdf(1, -1)).toThrow("mean = -1");
    expect(() => poisson.quantile(0.5, Infinity)).toThrow(DomainError);
    expect(() => poisson.quantile(2, 1)).toThrow("probability = 2");
  });
});
