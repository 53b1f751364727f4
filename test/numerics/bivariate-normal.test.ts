import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { bivariateNormal } from "../../src/numerics/bivariate-normal.ts";
import { integrate } from "../../src/numerics/integrate.ts";
import { normalBetween } from "../../src/numerics/normal-between.ts";
import { normal } from "../../src/numerics/normal.ts";
import { readCsv } from "../support/csv.ts";
import { relativeError } from "../support/relative-error.ts";

const { cdf, sf, pdf, logPdf } = bivariateNormal;
const z = fc.double({ min: -8, max: 8, noNaN: true });
const correlation = fc.double({ min: -1, max: 1, noNaN: true });

describe("bivariateNormal against mpmath", () => {
  it("holds 1e-13 relative on the table of moderate arguments", () => {
    const rows = readCsv("numerics/bvn.csv");
    expect(rows).toHaveLength(37);
    for (const { h, k, rho, value } of rows) {
      expect(relativeError(cdf(Number(h), Number(k), Number(rho)), Number(value))).toBeLessThan(1e-13);
    }
  });

  it("holds 1e-12 relative in tails down to 1e-300, for both signs of rho and up to 1e-12 from ±1", () => {
    const rows = readCsv("numerics/bvn_tails.csv");
    expect(rows.length).toBeGreaterThan(80);
    for (const { h, k, rho, value } of rows) {
      expect(relativeError(sf(Number(h), Number(k), Number(rho)), Number(value))).toBeLessThan(1e-12);
    }
  });
});

function densityAbove(x: number): number {
  return integrate((y) => pdf(x, y, -0.4), 0.5, Infinity, { relativeTolerance: 1e-9 }).value;
}

describe("bivariateNormal by its properties", () => {
  it("does not care which variable comes first, and sf mirrors cdf", () => {
    fc.assert(
      fc.property(z, z, correlation, (h, k, rho) => {
        expect(relativeError(sf(h, k, rho), sf(k, h, rho))).toBeLessThan(1e-12);
        expect(sf(h, k, rho)).toBe(cdf(-h, -k, rho));
      }),
    );
  });

  it("adds up over the four quadrants", () => {
    fc.assert(
      fc.property(z, z, correlation, (h, k, rho) => {
        const upperRow = sf(h, k, rho) + sf(h, -k, -rho);
        expect(relativeError(upperRow, normal.sf(h))).toBeLessThan(1e-12);
      }),
    );
  });

  it("is 1/4 + asin(rho)/(2π) at the origin", () => {
    for (const rho of [-1, -0.999999, -0.5, -1e-9, 0, 0.3, 0.8, 1 - 1e-12, 1]) {
      expect(relativeError(sf(0, 0, rho), (Math.asin(rho) + Math.PI / 2) / (2 * Math.PI))).toBeLessThan(1e-9);
      expect(Math.abs(sf(0, 0, rho) - (0.25 + Math.asin(rho) / (2 * Math.PI)))).toBeLessThan(1e-15);
    }
  });

  it("is continuous towards rho = ±1", () => {
    for (const [h, k] of [
      [1, 2],
      [-1, 2],
      [-2, 1],
      [5, -4],
      [-0.3, 0.4],
    ] as const) {
      expect(relativeError(sf(h, k, 1 - 1e-16), sf(h, k, 1))).toBeLessThan(1e-12);
      expect(Math.abs(sf(h, k, -1 + 1e-16) - sf(h, k, -1))).toBeLessThan(1e-15);
    }
  });

  it("has a density that integrates to the joint tail", () => {
    const { value } = integrate(densityAbove, 1, Infinity, { relativeTolerance: 1e-9 });
    expect(relativeError(value, sf(1, 0.5, -0.4))).toBeLessThan(1e-8);
    expect(logPdf(0, 0, 0)).toBeCloseTo(-Math.log(2 * Math.PI), 15);
    expect(logPdf(100, -100, 0.5)).toBeCloseTo(-20000 - Math.log(2 * Math.PI * Math.sqrt(0.75)), 8);
  });
});

describe("bivariateNormal at the boundaries", () => {
  it("takes infinite limits", () => {
    expect(sf(Infinity, 0, 0.5)).toBe(0);
    expect(sf(-Infinity, 1, 0.5)).toBe(normal.sf(1));
    expect(cdf(1, Infinity, -0.5)).toBe(normal.cdf(1));
    expect(cdf(-Infinity, Infinity, -1)).toBe(0);
    expect(cdf(Infinity, Infinity, 0.9)).toBe(1);
    expect(pdf(Infinity, 0, 0.5)).toBe(0);
    expect(sf(1e300, -1e300, 0.5)).toBe(0);
  });

  it("takes rho = ±1", () => {
    expect(sf(1, 2, 1)).toBe(normal.sf(2));
    expect(sf(-1, -2, -1)).toBe(normalBetween(-1, 2));
    expect(sf(1, 2, -1)).toBe(0);
    expect(cdf(0, 0, -1)).toBe(0);
  });

  it("names what is wrong", () => {
    expect(() => cdf(NaN, 0, 0)).toThrow(DomainError);
    expect(() => sf(0, NaN, 0)).toThrow("k = NaN");
    expect(() => cdf(0, 0, 1.1)).toThrow("rho = 1.1");
    expect(() => pdf(0, 0, 1)).toThrow("strictly between");
  });
});

it("normalBetween keeps its digits for thin slices far out (mpmath, 1e-14)", () => {
  const cases: [number, number, number][] = [
    [-1e-10, 2e-10, 1.196826841204298e-10],
    [3.0, 3.000000001, 4.431848771983015e-12],
    [-20.0, -19.96, 3.381988940567627e-89],
    [0.5, 1.0, 0.14988228479452984],
    [-0.3, 0.4, 0.2733331637992768],
    [30.0, 31.0, 4.9067139271479176e-198],
    [-1.0, 5.0, 0.8413444594169711],
    [37.0, 37.02, 2.995841195781474e-300],
  ];
  for (const [a, b, value] of cases) expect(relativeError(normalBetween(a, b), value)).toBeLessThan(1e-14);
});
