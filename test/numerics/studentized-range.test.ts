import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studentT } from "../../src/numerics/student-t.ts";
import { studentizedRange } from "../../src/numerics/studentized-range.ts";
import { largestErrors } from "../support/largest-errors.ts";
import { relativeError } from "../support/relative-error.ts";

const { cdf, sf, logCdf, logSf, quantile } = studentizedRange;

describe("studentizedRange against mpmath", () => {
  it("agrees to 1e-12, tails to 1e-170 included", () => {
    const errors = largestErrors("studentized_range", {
      studentized_range_cdf: cdf,
      studentized_range_sf: sf,
    });
    for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-12);
  });

  it("gives the upper 5 % points that textbooks print to three decimals", () => {
    for (const [groups, df, point] of [
      [3, 10, 3.877],
      [3, 20, 3.578],
      [5, 20, 4.232],
      [10, 60, 4.646],
      [3, Infinity, 3.314],
      [20, Infinity, 5.012],
    ] as const) {
      expect(Math.abs(quantile(0.95, groups, df) - point)).toBeLessThan(6e-4);
    }
  });
});

describe("studentizedRange by its own laws", () => {
  it("of two means is √2 times |T|", () => {
    for (const df of [0.5, 3, 40, 1e5, Infinity]) {
      for (const q of [0.1, 2, 12]) {
        expect(relativeError(sf(q, 2, df), 2 * studentT.sf(q / Math.SQRT2, df))).toBeLessThan(1e-12);
      }
    }
  });

  it("has a quantile that inverts the smaller tail", () => {
    const tail = fc.double({ min: 1e-30, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(
        tail,
        fc.integer({ min: 2, max: 60 }),
        fc.constantFrom(4, 50, Infinity),
        (p, groups, df) => {
          expect(relativeError(cdf(quantile(p, groups, df), groups, df), p)).toBeLessThan(1e-11);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("falls with q, rises with the number of means, and its tails add up", () => {
    for (const df of [5, Infinity]) {
      expect(sf(3, 4, df)).toBeGreaterThan(sf(3.001, 4, df));
      expect(sf(3, 5, df)).toBeGreaterThan(sf(3, 4, df));
      for (const q of [0.3, 3, 6]) expect(Math.abs(cdf(q, 4, df) + sf(q, 4, df) - 1)).toBeLessThan(1e-14);
    }
  });
});

describe("studentizedRange at the boundaries", () => {
  it("goes to its limits", () => {
    expect(cdf(0, 3, 10)).toBe(0);
    expect(sf(0, 3, 10)).toBe(1);
    expect(logCdf(0, 3, 10)).toBe(-Infinity);
    expect(sf(Infinity, 3, 10)).toBe(0);
    expect(cdf(Infinity, 3, 10)).toBe(1);
    expect(quantile(0, 3, 10)).toBe(0);
    expect(quantile(1, 3, 10)).toBe(Infinity);
  });

  it("keeps logs where the tails underflow", () => {
    expect(logSf(60, 3, Infinity)).toBeLessThan(-890);
    expect(logCdf(1e-200, 3, 7)).toBeLessThan(-900);
    expect(logSf(1e100, 4, 6)).toBeLessThan(-1300);
  });

  it("takes a fraction of a degree of freedom, where S reaches next to 0", () => {
    const p = 0.5;
    const q = quantile(p, 3, 0.12215887647506919);
    expect(relativeError(sf(q, 3, 0.12215887647506919), p)).toBeLessThan(1e-11);
    expect(logSf(487899.27581446, 35, 30960.197222970513)).toBeLessThan(-1e5);
  });

  it("takes very many means", () => {
    expect(sf(9.5, 1e6, Infinity)).toBeGreaterThan(0.5);
    expect(sf(20, 1e6, Infinity)).toBeLessThan(1e-30);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => cdf(-1, 3, 10)).toThrow("q = -1");
    expect(() => sf(1, 1, 10)).toThrow("groups = 1");
    expect(() => sf(1, 2.5, 10)).toThrow("groups = 2.5");
    expect(() => sf(1, 2, 0)).toThrow("df = 0");
    expect(() => quantile(1.5, 2, 5)).toThrow("p = 1.5");
  });

  it("falls by the power of its degrees of freedom to the largest double", () => {
    const at = (q: number): number => studentizedRange.logSf(q, 3, 0.25);
    const fall = at(Number.MAX_VALUE) - at(1e100);
    expect(relativeError(fall, -0.25 * Math.log(Number.MAX_VALUE / 1e100))).toBeLessThan(1e-13);
  });
});
