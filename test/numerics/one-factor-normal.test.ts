import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { oneFactorLogSf, oneFactorSf, oneFactorUpperQuantile } from "../../src/numerics/one-factor-normal.ts";
import { bivariateNormal } from "../../src/numerics/bivariate-normal.ts";
import { normal } from "../../src/numerics/normal.ts";
import { studentT } from "../../src/numerics/student-t.ts";
import { readCsv } from "../support/csv.ts";
import { relativeError } from "../support/relative-error.ts";

interface Case {
  readonly in: { readonly df: number | null; readonly alpha: number; readonly t: readonly number[] };
  readonly out: {
    readonly correlation_factor: readonly number[];
    readonly crit_two: number;
    readonly crit_one: number;
    readonly p_adj_two: readonly number[];
    readonly p_adj_greater: readonly number[];
  };
}
const { cases } = JSON.parse(
  readFileSync(new URL("../reference/numerics/dunnett.json", import.meta.url), "utf8"),
) as { cases: Case[] };
const same = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

describe("the one-factor normal and t against references", () => {
  it("agree with mpmath on the equicorrelated normal to 1e-15 absolute", () => {
    for (const { function: name, c, k, rho, value } of readCsv("numerics/dunnett.csv")) {
      const loadings = same(Math.sqrt(Number(rho)), Number(k));
      const family = { loadings, df: Infinity, isTwoSided: name === "dunnett_inf_two" };
      const tail = oneFactorSf(same(Number(c), Number(k)), family);
      expect(Math.abs(1 - tail - Number(value))).toBeLessThan(1e-15);
    }
  });

  it("agree with Dunnett's critical values and adjusted p-values to the 1e-12 that the table has", () => {
    for (const { in: input, out } of cases) {
      const base = { loadings: out.correlation_factor, df: input.df ?? Infinity };
      const two = { ...base, isTwoSided: true };
      const one = { ...base, isTwoSided: false };
      expect(Math.abs(oneFactorUpperQuantile(input.alpha, two) - out.crit_two)).toBeLessThan(1e-12);
      expect(Math.abs(oneFactorUpperQuantile(input.alpha, one) - out.crit_one)).toBeLessThan(1e-12);
      input.t.forEach((t, i) => {
        const count = base.loadings.length;
        expect(Math.abs(oneFactorSf(same(Math.abs(t), count), two) - out.p_adj_two[i]!)).toBeLessThan(1e-12);
        expect(Math.abs(oneFactorSf(same(t, count), one) - out.p_adj_greater[i]!)).toBeLessThan(1e-12);
      });
    }
  });

  it("agree with mpmath deep in the tail to 1e-11 relative, at unequal loadings and thresholds", () => {
    const table = readCsv("numerics/one_factor.csv");
    expect(table.length).toBeGreaterThan(8);
    for (const { thresholds, loadings, df, sides, log } of table) {
      const numbers = (text: string): number[] => text.split(" ").map(Number);
      const family = { loadings: numbers(loadings!), df: Number(df), isTwoSided: sides === "2" };
      const actual = oneFactorLogSf(numbers(thresholds!), family);
      expect(Math.abs(actual - Number(log)) / Math.max(1, Math.abs(Number(log)))).toBeLessThan(2e-13);
    }
  });
});

describe("the one-factor normal and t by their laws", () => {
  it("are the bivariate normal for two variables", () => {
    for (const c of [0.5, 3, 20]) {
      const family = { loadings: [0.9, -0.5], df: Infinity, isTwoSided: false };
      const expected = normal.sf(c) + normal.sf(c + 0.2) - bivariateNormal.sf(c, c + 0.2, -0.45);
      expect(relativeError(oneFactorSf([c, c + 0.2], family), expected)).toBeLessThan(1e-12);
    }
  });

  it("are independent variables where no loading counts", () => {
    const family = { loadings: same(0, 5), df: Infinity, isTwoSided: true };
    const expected = -Math.expm1(5 * Math.log1p(-2 * normal.sf(6)));
    expect(relativeError(oneFactorSf(same(6, 5), family), expected)).toBeLessThan(1e-12);
  });

  it("are Student's t for one variable, which Infinity among the thresholds leaves", () => {
    const family = { loadings: [0.6, 0.7], df: 7, isTwoSided: true };
    expect(oneFactorSf([Infinity, 4], family)).toBeCloseTo(2 * studentT.sf(4, 7), 15);
    expect(oneFactorSf([Infinity, Infinity], family)).toBe(0);
    expect(oneFactorSf([0, 4], family)).toBe(1);
    const alone = oneFactorUpperQuantile(0.05, { loadings: [0.3], df: 7, isTwoSided: true });
    expect(relativeError(alone, studentT.quantile(0.975, 7))).toBeLessThan(1e-14);
  });

  it("near loadings of 1, where all but the factor vanishes, come close to one variable", () => {
    const family = { loadings: same(1 - 1e-10, 3), df: Infinity, isTwoSided: true };
    expect(relativeError(oneFactorSf(same(2, 3), family), 2 * normal.sf(2))).toBeLessThan(1e-4);
  });

  it("keep their logs where squares overflow and densities lose their digits", () => {
    for (const df of [3, 57.5, 1e6]) {
      const family = { loadings: [0.7, 0.5], df, isTwoSided: true };
      // A power of t: the same multiple of one variable's tail everywhere.
      const multiple = (t: number): number => oneFactorLogSf([t, t], family) - studentT.logSf(t, df);
      for (const t of [1e99, 1.01e100, 1e200, 1e300]) {
        expect(Math.abs(multiple(t) - multiple(1e90))).toBeLessThan(1e-12 * df * Math.log(t));
      }
    }
    const family = { loadings: [0.7, 0.5], df: Infinity, isTwoSided: true };
    for (const z of [1e6, 1.1e7, 1e10, 1e150]) {
      const excess = oneFactorLogSf([z, z], family) - normal.logSf(z);
      expect(Math.abs(excess - Math.log(4))).toBeLessThan(1e-12 * z * z);
    }
    expect(oneFactorLogSf([3, 1e300], family)).toBeCloseTo(oneFactorLogSf([3, Infinity], family), 13);
  });

  it("take hundreds of unequal variables", () => {
    const loadings = Array.from({ length: 200 }, (_, i) => 0.4 + 0.002 * i);
    const tail = oneFactorSf(same(4, 200), { loadings, df: Infinity, isTwoSided: false });
    expect(tail).toBeGreaterThan(10 * normal.sf(4));
    expect(tail).toBeLessThan(200 * normal.sf(4));
  });

  it("have a critical value that their tail gives back", () => {
    for (const [q, df] of [
      [1e-200, Infinity],
      [0.05, 12],
      [0.9, Infinity],
    ] as const) {
      const family = { loadings: [0.7, 0.7, 0.3], df, isTwoSided: true };
      const c = oneFactorUpperQuantile(q, family);
      expect(relativeError(oneFactorSf(same(c, 3), family), q)).toBeLessThan(1e-11);
    }
  });
});
