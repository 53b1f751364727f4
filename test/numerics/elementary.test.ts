import { describe, expect, it } from "vitest";
import { cbrt } from "../../src/numerics/elementary/cbrt.ts";
import { exp } from "../../src/numerics/elementary/exp.ts";
import { expm1 } from "../../src/numerics/elementary/expm1.ts";
import { cosh, sinh, tanh } from "../../src/numerics/elementary/hyperbolic.ts";
import { hypot } from "../../src/numerics/elementary/hypot.ts";
import { asinh, atanh } from "../../src/numerics/elementary/inverse-hyperbolic.ts";
import { asin, atan, atan2 } from "../../src/numerics/elementary/inverse-trigonometric.ts";
import { ln } from "../../src/numerics/elementary/ln.ts";
import { log10 } from "../../src/numerics/elementary/log10.ts";
import { log1p } from "../../src/numerics/elementary/log1p.ts";
import { log2 } from "../../src/numerics/elementary/log2.ts";
import { pow } from "../../src/numerics/elementary/pow.ts";
import { cos, sin, tan } from "../../src/numerics/elementary/trigonometric.ts";
import { readCsv } from "../support/csv.ts";

// The same bits on every engine: test/runtimes. Here: how near they are to the truth.

/** Each function, and the largest error allowed in units of the last digit; those of V8 are as large. */
const FUNCTIONS: Readonly<Record<string, readonly [(x: number, y: number) => number, number]>> = {
  exp: [exp, 1],
  expm1: [expm1, 1],
  ln: [ln, 1],
  log1p: [log1p, 1],
  pow: [pow, 1],
  cbrt: [cbrt, 1],
  log2: [log2, 2],
  log10: [log10, 2],
  sinh: [sinh, 2],
  cosh: [cosh, 2],
  asinh: [asinh, 2],
  atanh: [atanh, 2],
  hypot: [hypot, 1.5],
  sin: [sin, 1.5],
  cos: [cos, 1.5],
  tan: [tan, 2],
  tanh: [tanh, 2.5],
  atan: [atan, 2.5],
  atan2: [atan2, 2.5],
  asin: [asin, 2.5],
};

const bits = new DataView(new ArrayBuffer(8));

/** The distance between a number and the next. */
function lastDigit(x: number): number {
  bits.setFloat64(0, Math.abs(x));
  bits.setBigInt64(0, bits.getBigInt64(0) + 1n);
  return bits.getFloat64(0) - Math.abs(x);
}

describe("the elementary functions", () => {
  const rows = readCsv("numerics/elementary.csv");

  it.each(Object.entries(FUNCTIONS))("%s is right to its last digits", (name, [f, units]) => {
    const own = rows.filter((row) => row["function"] === name);
    expect(own.length).toBeGreaterThanOrEqual(25);
    const wrong = own.filter((row) => {
      const [x, y] = row["arguments"]!.split(" ").map(Number);
      const value = Number(row["value"]);
      // The value is rounded itself, by half a unit.
      return !(Math.abs(f(x!, y!) - value) <= (units + 0.5) * lastDigit(value));
    });
    expect(wrong).toEqual([]);
  });

  const powerOfTen = (k: number): number => Number(`1e${k}`);

  it("have exact powers: of two, of ten, and of whole numbers while these have room", () => {
    for (let k = -1022; k <= 1023; k++) expect(log2(2 ** k)).toBe(k);
    for (let k = -307; k <= 308; k++) expect(log10(powerOfTen(k))).toBe(k);
    for (let k = 0; k <= 22; k++) expect(pow(10, k)).toBe(powerOfTen(k));
    expect(pow(-3, 5)).toBe(-243);
    expect(pow(-3, 4.5)).toBeNaN();
  });

  it("end as the language's own do", () => {
    const ends = [0, -0, 1, -1, 5e-324, -5e-324, 1e-310, 1e308, -1e308, Infinity, -Infinity, Number.NaN];
    const own = {
      exp,
      expm1,
      log: ln,
      log1p,
      log2,
      log10,
      sinh,
      cosh,
      tanh,
      asinh,
      atanh,
      atan,
      asin,
    } as const;
    for (const [name, f] of Object.entries(own)) {
      for (const x of ends) {
        const theirs = Math[name as "exp"](x);
        if (Number.isFinite(theirs)) expect(f(x)).toBeCloseTo(theirs, 12);
        else expect(f(x)).toBe(theirs);
      }
    }
    for (const x of ends.map(Math.abs)) {
      for (const y of [0, 1, -1, 0.5, -2.5, 1e308, Infinity, -Infinity, Number.NaN]) {
        const theirs = x ** y;
        expect(Math.abs(pow(x, y) / theirs - 1) < 1e-15 || Object.is(pow(x, y), theirs)).toBe(true);
      }
    }
  });
});
