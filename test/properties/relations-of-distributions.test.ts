import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beta } from "../../src/numerics/beta.ts";
import { betaBinomial } from "../../src/numerics/beta-binomial.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { chiSquared } from "../../src/numerics/chi-squared.ts";
import { f } from "../../src/numerics/f.ts";
import { gamma } from "../../src/numerics/gamma.ts";
import { hypergeometric } from "../../src/numerics/hypergeometric.ts";
import { noncentralT } from "../../src/numerics/noncentral-t.ts";
import { normal } from "../../src/numerics/normal.ts";
import { poisson } from "../../src/numerics/poisson.ts";
import { studentT } from "../../src/numerics/student-t.ts";
import { studentizedRange } from "../../src/numerics/studentized-range.ts";

// What cdf, sf and quantile of every distribution owe each other: a few of each here, RELATION_RUNS in the slow lane.
const numRuns = Number(process.env["RELATION_RUNS"] ?? 25);

interface OnOneLine {
  readonly cdf: (x: number) => number;
  readonly sf: (x: number) => number;
  readonly quantile: (p: number) => number;
}

const size = fc.double({ min: Math.log(0.2), max: Math.log(2e4), noNaN: true }).map(Math.exp);
const count = fc.integer({ min: 1, max: 2000 });
const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
const whole = { min: 0, max: 2000 };

const CONTINUOUS: Readonly<Record<string, fc.Arbitrary<OnOneLine>>> = {
  normal: fc.constant(normal),
  "Student's t": size.map((df) => ({
    cdf: (x) => studentT.cdf(x, df),
    sf: (x) => studentT.sf(x, df),
    quantile: (p) => studentT.quantile(p, df),
  })),
  "chi-squared": size.map((df) => ({
    cdf: (x) => chiSquared.cdf(x, df),
    sf: (x) => chiSquared.sf(x, df),
    quantile: (p) => chiSquared.quantile(p, df),
  })),
  gamma: fc.tuple(size, size).map(([shape, rate]) => ({
    cdf: (x) => gamma.cdf(x, shape, rate),
    sf: (x) => gamma.sf(x, shape, rate),
    quantile: (p) => gamma.quantile(p, shape, rate),
  })),
  beta: fc.tuple(size, size).map(([a, b]) => ({
    // A step above a quantile that is 1 stays there.
    cdf: (x) => beta.cdf(Math.min(1, x), a, b),
    sf: (x) => beta.sf(x, a, b),
    quantile: (p) => beta.quantile(p, a, b),
  })),
  F: fc.tuple(size, size).map(([df1, df2]) => ({
    cdf: (x) => f.cdf(x, df1, df2),
    sf: (x) => f.sf(x, df1, df2),
    quantile: (p) => f.quantile(p, df1, df2),
  })),
  "noncentral t": fc
    .tuple(fc.double({ min: 1, max: 500, noNaN: true }), fc.double({ min: -8, max: 8, noNaN: true }))
    .map(([df, shift]) => ({
      cdf: (x) => noncentralT.cdf(x, df, shift),
      sf: (x) => noncentralT.sf(x, df, shift),
      quantile: (p) => noncentralT.quantile(p, df, shift),
    })),
};

const DISCRETE: Readonly<Record<string, fc.Arbitrary<OnOneLine>>> = {
  binomial: fc.tuple(count, probability).map(([n, p]) => ({
    cdf: (k) => binomial.cdf(k, n, p),
    sf: (k) => binomial.sf(k, n, p),
    quantile: (at) => binomial.quantile(at, n, p),
  })),
  Poisson: size.map((mean) => ({
    cdf: (k) => poisson.cdf(k, mean),
    sf: (k) => poisson.sf(k, mean),
    quantile: (at) => poisson.quantile(at, mean),
  })),
  "beta-binomial": fc.tuple(count, size, size).map(([n, a, b]) => ({
    cdf: (k) => betaBinomial.cdf(k, n, a, b),
    sf: (k) => betaBinomial.sf(k, n, a, b),
    quantile: (at) => betaBinomial.quantile(at, n, a, b),
  })),
  hypergeometric: fc.tuple(fc.integer(whole), fc.integer(whole), count).map(([successes, rest, draws]) => {
    const parameters = { population: successes + rest, successes, draws: Math.min(draws, successes + rest) };
    return {
      cdf: (k) => hypergeometric.cdf(k, parameters),
      sf: (k) => hypergeometric.sf(k, parameters),
      quantile: (at) => hypergeometric.quantile(at, parameters),
    };
  }),
};

/** Rounding of a cdf: never a step down by more. */
const ROUNDING = 1e-13;

function checkTails({ cdf, sf }: OnOneLine, least: number, most: number): void {
  expect(cdf(most)).toBeGreaterThanOrEqual(cdf(least) - ROUNDING);
  expect(sf(most)).toBeLessThanOrEqual(sf(least) + ROUNDING);
  expect(cdf(least) + sf(least)).toBeCloseTo(1, 11);
}

describe("of a continuous distribution", () => {
  it.each(Object.keys(CONTINUOUS))("%s: the cdf never falls, and the quantile undoes it", (name) => {
    fc.assert(
      fc.property(CONTINUOUS[name]!, probability, probability, (distribution, p, q) => {
        const [x, y] = [distribution.quantile(Math.min(p, q)), distribution.quantile(Math.max(p, q))];
        // Of probabilities an ulp apart a search may end an ulp the other way round.
        expect(x).toBeLessThanOrEqual(y + ROUNDING * Math.abs(y));
        checkTails(distribution, Math.min(x, y), Math.max(x, y));
        // Where the distribution is as narrow as two doubles, so many ulps are a step in probability.
        const step = distribution.cdf(x + 2e-16 * Math.abs(x)) - distribution.cdf(x - 2e-16 * Math.abs(x));
        expect(Math.abs(distribution.cdf(x) - Math.min(p, q))).toBeLessThan(1e-11 + 2 * step);
      }),
      { numRuns },
    );
  });

  it("studentized range: the cdf never falls, and the quantile undoes it", () => {
    const shape = fc.tuple(fc.integer({ min: 2, max: 12 }), fc.double({ min: 3, max: 200, noNaN: true }));
    fc.assert(
      fc.property(shape, fc.double({ min: 0.5, max: 0.99, noNaN: true }), ([groups, df], p) => {
        const q = studentizedRange.quantile(p, groups, df);
        expect(studentizedRange.cdf(q, groups, df)).toBeCloseTo(p, 8);
        expect(studentizedRange.cdf(1.1 * q, groups, df)).toBeGreaterThan(p);
      }),
      { numRuns: Math.ceil(numRuns / 100) },
    );
  });
});

describe("of a discrete distribution", () => {
  it.each(Object.keys(DISCRETE))("%s: the quantile is the first count whose cdf reaches p", (name) => {
    fc.assert(
      fc.property(DISCRETE[name]!, probability, probability, (distribution, p, q) => {
        const k = distribution.quantile(Math.min(p, q));
        const most = distribution.quantile(Math.max(p, q));
        expect(k).toBeLessThanOrEqual(most);
        checkTails(distribution, k, most);
        expect(distribution.cdf(k)).toBeGreaterThanOrEqual(Math.min(p, q) - ROUNDING);
        if (k > 0) expect(distribution.cdf(k - 1)).toBeLessThan(Math.min(p, q) + ROUNDING);
      }),
      { numRuns },
    );
  });
});
