import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomial } from "../../src/numerics/binomial.ts";
import { binomialLogCdf, binomialLogSf } from "../../src/numerics/binomial-tails.ts";
import { binomialPmfs, binomialReach } from "../../src/numerics/binomial-window.ts";
import { relativeError } from "../support/relative-error.ts";

const trials = fc.integer({ min: 1, max: 20000 });
const rate = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true });

describe("the counts that matter of a binomial", () => {
  it("leave less than 1e-16 on either side, and are not far more than that", () => {
    fc.assert(
      fc.property(trials, rate, (n, p) => {
        const { first, last } = binomialReach(n, p);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThanOrEqual(n);
        if (first > 0) expect(binomial.cdf(first - 1, n, p)).toBeLessThan(1e-16);
        if (last < n) expect(binomial.sf(last, n, p)).toBeLessThan(1e-16);
        expect(last - first).toBeLessThan(28 + 20 * Math.sqrt(n * p * (1 - p)) + 26);
      }),
    );
  });

  it("have the probabilities of the distribution, over any range", () => {
    fc.assert(
      fc.property(trials, rate, fc.nat(), fc.nat(), (n, p, a, b) => {
        const reach = binomialReach(n, p);
        const width = reach.last - reach.first + 1;
        const ends = [reach.first + (a % width), reach.first + (b % width)].toSorted((x, y) => x - y);
        const [first, last] = [ends[0]!, ends[1]!];
        const pmfs = binomialPmfs(n, p, { first, last });
        expect(pmfs.length).toBe(last - first + 1);
        for (const k of [first, (first + last) >> 1, last]) {
          expect(relativeError(pmfs[k - first]!, binomial.pmf(k, n, p))).toBeLessThan(1e-11);
        }
      }),
    );
  });

  it("add up to 1", () => {
    for (const [n, p] of [
      [1, 0.5],
      [40, 0.03],
      [5000, 0.7],
    ] as const) {
      const total = binomialPmfs(n, p, binomialReach(n, p)).reduce((sum, q) => sum + q, 0);
      expect(Math.abs(total - 1)).toBeLessThan(1e-12);
    }
  });
});

describe("logs of binomial tails", () => {
  it("are whole or empty beyond the support", () => {
    expect(binomialLogCdf(-1, 5, 0.3)).toBe(-Infinity);
    expect(binomialLogSf(-1, 5, 0.3)).toBe(0);
    expect(binomialLogCdf(5, 5, 0.3)).toBe(0);
    expect(binomialLogSf(5, 5, 0.3)).toBe(-Infinity);
  });

  it("are those of single terms at the ends", () => {
    expect(relativeError(binomialLogCdf(0, 5, 0.3), 5 * Math.log(0.7))).toBeLessThan(1e-14);
    expect(relativeError(binomialLogSf(4, 5, 0.3), 5 * Math.log(0.3))).toBeLessThan(1e-14);
    expect(relativeError(binomialLogCdf(4, 5, 0.3), Math.log1p(-(0.3 ** 5)))).toBeLessThan(1e-13);
    expect(relativeError(binomialLogSf(0, 5, 0.3), Math.log1p(-(0.7 ** 5)))).toBeLessThan(1e-14);
  });
});
