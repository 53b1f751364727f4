import * as fc from "fast-check";
import jstat from "jstat";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { hypergeometric, type HypergeometricParameters } from "../../src/numerics/index.ts";
import { outwardSums, type TablePath } from "../../src/numerics/outward-sums.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

type Member = (k: number, parameters: HypergeometricParameters) => number;

const ofTable =
  (member: Member) =>
  (k: number, population: number, successes: number, draws: number): number =>
    member(k, { population, successes, draws });

describe("the hypergeometric against mpmath", () => {
  it("agrees to 1e-13 on populations up to two million", () => {
    const errors = largestErrors("hypergeometric", {
      hyper_pmf: ofTable(hypergeometric.pmf),
      hyper_cdf: ofTable(hypergeometric.cdf),
      hyper_sf: ofTable(hypergeometric.sf),
    });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-13);
  });

  it("agrees on populations up to 4e12: tails to 1e-12 down to 1e-300, logs to 2e-14", () => {
    const errors = largestErrors("hypergeometric_wide", {
      hyper_pmf: ofTable(hypergeometric.pmf),
      hyper_cdf: ofTable(hypergeometric.cdf),
      hyper_sf: ofTable(hypergeometric.sf),
      hyper_logpmf: ofTable(hypergeometric.logPmf),
      hyper_logcdf: ofTable(hypergeometric.logCdf),
      hyper_logsf: ofTable(hypergeometric.logSf),
    });
    for (const [name, error] of Object.entries(errors)) {
      expect(error).toBeLessThan(name.includes("log") ? 2e-14 : 1e-12);
    }
  });

  it("is right to 1e-13 where the complement of jstat's cdf is rounding", () => {
    const right = 4.787536670204857e-39;
    const parameters = { population: 20_000, successes: 200, draws: 10_000 };
    expect(relativeError(1 - jstat.hypgeom.cdf(184, 20_000, 200, 10_000), right) < 1e-4).toBe(false);
    expect(relativeError(hypergeometric.sf(184, parameters), right)).toBeLessThan(1e-13);
  });
});

describe("the hypergeometric by its own laws", () => {
  const tables = fc
    .integer({ min: 1, max: 400 })
    .chain((population) =>
      fc.record({
        population: fc.constant(population),
        successes: fc.integer({ min: 0, max: population }),
        draws: fc.integer({ min: 0, max: population }),
      }),
    )
    .chain((parameters) => fc.tuple(fc.integer({ min: 0, max: parameters.draws }), fc.constant(parameters)));

  it("its probabilities add up to its tails", () => {
    fc.assert(
      fc.property(tables, ([k, parameters]) => {
        let lower = 0;
        for (let i = 0; i <= k; i += 1) lower += hypergeometric.pmf(i, parameters);
        let upper = 0;
        for (let i = parameters.draws; i > k; i -= 1) upper += hypergeometric.pmf(i, parameters);
        expect(relativeError(hypergeometric.cdf(k, parameters), lower)).toBeLessThan(1e-12);
        expect(relativeError(hypergeometric.sf(k, parameters), upper)).toBeLessThan(1e-12);
      }),
    );
  });

  it("successes and draws change places", () => {
    fc.assert(
      fc.property(tables, ([k, { population, successes, draws }]) => {
        fc.pre(k <= successes);
        const changed = { population, successes: draws, draws: successes };
        const log = hypergeometric.logPmf(k, { population, successes, draws });
        if (log === -Infinity) expect(hypergeometric.logPmf(k, changed)).toBe(-Infinity);
        else expect(Math.abs(hypergeometric.logPmf(k, changed) - log)).toBeLessThan(1e-12);
      }),
    );
  });

  it("the quantile is the smallest count that reaches the probability", () => {
    fc.assert(
      fc.property(
        tables,
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        ([, parameters], probability) => {
          const k = hypergeometric.quantile(probability, parameters);
          expect(hypergeometric.cdf(k, parameters)).toBeGreaterThan(probability * (1 - 1e-12));
          if (k > 0) expect(hypergeometric.cdf(k - 1, parameters)).toBeLessThan(probability * (1 + 1e-12));
        },
      ),
    );
  });

  it("the quantile inverts the cdf for populations of a million and more", () => {
    for (const population of [1e6, 1e9, 1e12]) {
      const parameters = { population, successes: population / 10, draws: population / 2 };
      const sd = Math.sqrt(population * 0.1 * 0.9 * 0.25);
      for (const z of [-4, -1, 0, 2]) {
        const k = Math.round(population / 20 + z * sd);
        expect(hypergeometric.quantile(hypergeometric.cdf(k, parameters), parameters)).toBe(k);
      }
    }
  });

  it("sum and quadrature, which share nothing, agree to 1e-13 where one takes over from the other", () => {
    const cell = fc.integer({ min: 40_000, max: 3_000_000 });
    const slope = fc.double({ min: 0, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(cell, cell, cell, slope, (g1, g2, s1, fall) => {
        const s2 = Math.floor(((g1 * g2) / s1) * Math.exp(-fall));
        fc.pre(s2 > 40_000);
        const path: TablePath = { growing: [g1, g2], shrinking: [s1, s2], logOdds: 0 };
        let weight = 1;
        let total = 1;
        let moment = 0;
        for (let j = 1; weight > 1e-20; j += 1) {
          weight *= ((s1 - j + 1) * (s2 - j + 1)) / ((g1 + j) * (g2 + j));
          total += weight;
          moment += j * weight;
        }
        const sums = outwardSums(path);
        expect(relativeError(sums.total, total)).toBeLessThan(3e-13);
        expect(relativeError(sums.moment, moment)).toBeLessThan(3e-13);
      }),
    );
  });

  it("is certain where the margins leave no choice, and 0 outside its support", () => {
    const all = { population: 5, successes: 3, draws: 5 };
    expect(hypergeometric.pmf(3, all)).toBe(1);
    expect(hypergeometric.pmf(2, all)).toBe(0);
    expect(hypergeometric.cdf(2, all)).toBe(0);
    expect(hypergeometric.sf(2, all)).toBe(1);
    expect(hypergeometric.quantile(0.5, all)).toBe(3);
    expect(hypergeometric.pmf(4, { population: 10, successes: 3, draws: 6 })).toBe(0);
    expect(hypergeometric.cdf(4, { population: 10, successes: 3, draws: 6 })).toBe(1);
    expect(hypergeometric.pmf(0, { population: 0, successes: 0, draws: 0 })).toBe(1);
    expect(hypergeometric.pmf(0, { population: 1e15, successes: 0, draws: 1e15 })).toBe(1);
  });

  it("never gives NaN at the largest populations", () => {
    const sizes = [0, 1, 2, 1e6, 1e12, 2 ** 53 - 2, 2 ** 53 - 1];
    const population = 2 ** 53 - 1;
    for (const successes of sizes) {
      for (const draws of sizes) {
        const parameters = { population, successes, draws };
        for (const k of [0, 1, Math.floor(draws / 2), draws].filter((count) => count <= draws)) {
          for (const value of [hypergeometric.cdf(k, parameters), hypergeometric.sf(k, parameters)]) {
            expect(value >= 0 && value <= 1).toBe(true);
          }
          expect(hypergeometric.logPmf(k, parameters)).not.toBeNaN();
        }
        const middle = hypergeometric.quantile(0.5, parameters);
        expect(middle >= 0 && middle <= draws).toBe(true);
      }
    }
  });

  it("names what is wrong with its arguments", () => {
    const parameters = { population: 10, successes: 3, draws: 6 };
    expect(() => hypergeometric.pmf(7, parameters)).toThrow("k = 7, must be at most draws = 6");
    expect(() => hypergeometric.cdf(1, { ...parameters, successes: 11 })).toThrow("successes = 11");
    expect(() => hypergeometric.cdf(1, { ...parameters, draws: 11 })).toThrow("draws = 11");
    expect(() => hypergeometric.sf(1, { ...parameters, population: -1 })).toThrow("population = -1");
    expect(() => hypergeometric.sf(1, null as never)).toThrow(DomainError);
    expect(() => hypergeometric.quantile(Number.NaN, parameters)).toThrow("probability = NaN");
  });
});
