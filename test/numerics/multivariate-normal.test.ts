import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/numerics/matrix.ts";
import { maxNormalSf, maxNormalUpperQuantile } from "../../src/numerics/multivariate-normal.ts";
import { normal } from "../../src/numerics/normal.ts";
import { oneFactorLoadings } from "../../src/numerics/one-factor-loadings.ts";
import { oneFactorSf, oneFactorUpperQuantile } from "../../src/numerics/one-factor-normal.ts";
import { outsideTriple } from "../../src/numerics/outside-box.ts";
import { outsideByLattice } from "../../src/numerics/outside-lattice.ts";
import { readCsv } from "../support/csv.ts";
import { relativeError } from "../support/relative-error.ts";

const same = (value: number, count: number): number[] => Array.from({ length: count }, () => value);
const products = (loadings: readonly number[]): number[][] =>
  loadings.map((a, i) => loadings.map((b, j) => (i === j ? 1 : a * b)));

function squareMatrix(text: string): Matrix {
  const numbers = text.split(" ").map(Number);
  const size = Math.sqrt(numbers.length);
  return same(0, size).map((_, i) => numbers.slice(i * size, (i + 1) * size));
}

const rows = readCsv("numerics/max_normal.csv").map(({ sides, c, correlation, error, value }) => ({
  isTwoSided: sides === "2",
  c: Number(c),
  correlation: squareMatrix(correlation!),
  error: Number(error),
  value: Number(value),
}));

describe("maxNormalSf against mvtnorm", () => {
  it("agrees to 2e-15 absolute for two and three variables", () => {
    const small = rows.filter(({ correlation }) => correlation.length <= 3);
    expect(small).toHaveLength(15);
    for (const { c, correlation, isTwoSided, value } of small) {
      const actual = maxNormalSf(same(c, correlation.length), correlation, isTwoSided);
      expect(Math.abs(actual.value - value)).toBeLessThan(2e-15);
    }
  });

  it("agrees within twice its stated error for four variables, and states at most 2e-5", () => {
    const large = rows.filter(({ correlation, c }) => correlation.length === 4 && c === 2.5);
    expect(large).toHaveLength(6);
    for (const { c, correlation, isTwoSided, error, value } of large) {
      const actual = maxNormalSf(same(c, 4), correlation, isTwoSided);
      expect(Math.abs(actual.value - value)).toBeLessThan(2 * actual.error + error);
      expect(actual.error / actual.value).toBeLessThan(2e-5);
    }
  });
});

describe("maxNormalSf in special cases", () => {
  const loadings = [0.8, -0.5, 0.3];

  it("takes three variables the same whether by their factor or one after the other", () => {
    for (const c of [0.3, 2, 10, 30]) {
      for (const isTwoSided of [false, true]) {
        const box = same(c, 3).map((upper) => ({ lower: isTwoSided ? -upper : -Infinity, upper }));
        const expected = oneFactorSf(same(c, 3), { loadings, df: Infinity, isTwoSided });
        expect(relativeError(outsideTriple(box, products(loadings)), expected)).toBeLessThan(1e-12);
      }
    }
  });

  it("takes five variables by their factor, and the lattice within its error of that", () => {
    const five = [...loadings, 0.6, 0.1];
    const bounds = [9, 9.5, 9, 9.2, 9];
    const expected = oneFactorSf(bounds, { loadings: five, df: Infinity, isTwoSided: true });
    expect(relativeError(maxNormalSf(bounds, products(five), true).value, expected)).toBeLessThan(1e-12);
    const byLattice = outsideByLattice(bounds, products(five), true);
    expect(Math.abs(byLattice.value - expected)).toBeLessThan(byLattice.error + 1e-12 * expected);
  });

  it("counts a variable once that is there twice, or there with the other sign", () => {
    const twice = [
      [1, 1, 0.4],
      [1, 1, 0.4],
      [0.4, 0.4, 1],
    ];
    const once = [
      [1, 0.4],
      [0.4, 1],
    ];
    expect(maxNormalSf([2.5, 2, 2], twice, false)).toEqual(maxNormalSf([2, 2], once, false));
    const mirrored = [
      [1, -1],
      [-1, 1],
    ];
    expect(maxNormalSf([2, 2], mirrored, true).value).toBe(2 * normal.sf(2));
    expect(maxNormalSf([2, 2], mirrored, false).value).toBe(2 * normal.sf(2));
  });

  it("takes a singular matrix: three contrasts that add up to 0 are the range of three means", () => {
    const singular = [
      [1, -0.5, -0.5],
      [-0.5, 1, -0.5],
      [-0.5, -0.5, 1],
    ];
    // P(range of three standard normal variables > 2 √2): mpmath, 30 digits.
    expect(relativeError(maxNormalSf(same(2, 3), singular, true).value, 0.11218311427809737)).toBeLessThan(
      1e-12,
    );
  });

  it("takes infinite thresholds, and thresholds that are exceeded for certain", () => {
    expect(maxNormalSf([Infinity, Infinity], products([0.5, 0.5]), false).value).toBe(0);
    expect(maxNormalSf([Infinity, 2], products([0.5, 0.5]), false).value).toBe(normal.sf(2));
    expect(maxNormalSf([0, 2], products([0.5, 0.5]), true).value).toBe(1);
    expect(maxNormalSf([-Infinity, 2], products([0.5, 0.5]), false).value).toBe(1);
  });
});

describe("maxNormalUpperQuantile", () => {
  it("is Dunnett's where the variables have one factor", () => {
    const loadings = [0.7, 0.6, 0.5, 0.4];
    const expected = oneFactorUpperQuantile(0.05, { loadings, df: Infinity, isTwoSided: true });
    const { value } = maxNormalUpperQuantile(0.05, products(loadings), true);
    expect(relativeError(value, expected)).toBeLessThan(1e-12);
  });

  it("gives its probability back for two and three variables", () => {
    for (const { correlation } of rows.filter((row) => row.correlation.length <= 3 && row.c === 1.5)) {
      const { value } = maxNormalUpperQuantile(0.01, correlation, false);
      const tail = maxNormalSf(same(value, correlation.length), correlation, false).value;
      expect(relativeError(tail, 0.01)).toBeLessThan(1e-12);
    }
  });
});

describe("oneFactorLoadings", () => {
  it("finds the loadings, zeros included, and says when there are none", () => {
    for (const loadings of [
      [0.8, -0.5, 0.3, 0.9],
      [0, 0, 0],
      [0, 0.5, 0, 0.5],
      [0.3, 0, 0.4, 0.5],
    ]) {
      const found = oneFactorLoadings(products(loadings))!;
      products(found).forEach((row, i) =>
        row.forEach((r, j) => expect(Math.abs(r - products(loadings)[i]![j]!)).toBeLessThan(1e-14)),
      );
    }
    const negative = [
      [1, -0.3, -0.3],
      [-0.3, 1, -0.3],
      [-0.3, -0.3, 1],
    ];
    expect(oneFactorLoadings(negative)).toBeNull();
  });
});
