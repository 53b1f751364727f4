import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bracketRoot } from "../../src/numerics/bracket-root.ts";
import { findRoot } from "../../src/numerics/find-root.ts";
import { newtonRoot } from "../../src/numerics/newton-root.ts";

describe("findRoot", () => {
  it("finds roots to the last digit", () => {
    expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot((x) => Math.cos(x) - x, 0, 1)).toBeCloseTo(0.7390851332151607, 15);
    expect(findRoot((x) => x - 1e-250, -1, 1)).toBe(1e-250);
    expect(findRoot((x) => Math.log(x), 1e-300, 1e300)).toBe(1);
  });

  it("takes an end that is the root, and ends in either order", () => {
    expect(findRoot((x) => x, 0, 1)).toBe(0);
    expect(findRoot((x) => x - 1, 0, 1)).toBe(1);
    expect(findRoot((x) => x - 0.25, 1, 0)).toBe(0.25);
  });

  it("copes with infinite values, jumps and flat stretches", () => {
    expect(findRoot((x) => (x < 0.3 ? -Infinity : Infinity), 0, 1)).toBeCloseTo(0.3, 15);
    expect(findRoot((x) => (x < 0.3 ? -1 : 2), 0, 1)).toBeCloseTo(0.3, 15);
    expect(findRoot((x) => (x - 0.7) ** 9, 0, 1)).toBeCloseTo(0.7, 15);
    expect(findRoot((x) => Math.expm1(1000 * (x - 0.9)), 0, 1)).toBeCloseTo(0.9, 15);
  });

  it("stops at the tolerance asked for", () => {
    let calls = 0;
    const root = findRoot((x) => (calls++, x ** 3 - 2), 0, 2, { tolerance: 1e-3 });
    expect(Math.abs(root - Math.cbrt(2))).toBeLessThan(1e-3);
    expect(calls).toBeLessThan(10);
  });

  it("needs few evaluations on smooth functions", () => {
    let calls = 0;
    findRoot((x) => (calls++, Math.exp(x) - 5), -10, 10);
    expect(calls).toBeLessThan(25);
  });

  it("never needs much more than halving, which would take 53 evaluations here", () => {
    for (const f of [
      (x: number) => (x - 0.7) ** 9,
      (x: number) => Math.cbrt(x - 0.3),
      (x: number) => (x < 0.3 ? -1 : 2),
      (x: number) => (x < 0.3 ? x - 3 : x + 20),
      (x: number) => Math.atan(1e9 * (x - 0.7)),
    ]) {
      let calls = 0;
      findRoot((x) => (calls++, f(x)), 0, 1);
      expect(calls).toBeLessThan(70);
    }
  });

  it("refuses a bracket without a sign change, and NaN", () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow("no sign change");
    expect(() => findRoot(() => NaN, -1, 1)).toThrow("no sign change");
    expect(() => findRoot((x) => (x === -1 || x === 1 ? x : NaN), -1, 1)).toThrow("NaN");
  });

  it("finds the root of any shifted cubic", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        (shift, slope) => {
          const root = findRoot((x) => (x - shift) ** 3 + slope * (x - shift), -2e6, 2e6);
          expect(Math.abs(root - shift)).toBeLessThanOrEqual(4e-16 * Math.abs(shift) + 2e-323);
        },
      ),
    );
  });
});

describe("bracketRoot", () => {
  it("walks out to the sign change and keeps the bracket narrow", () => {
    const [a, b] = bracketRoot((x) => x - 1000, 0, 1)!;
    expect(a).toBeLessThanOrEqual(1000);
    expect(b).toBeGreaterThanOrEqual(1000);
    expect(a).toBeGreaterThan(0);
    const [c, d] = bracketRoot((x) => x + 1000, 0, 1)!;
    expect(c).toBeLessThanOrEqual(-1000);
    expect(d).toBeGreaterThanOrEqual(-1000);
  });

  it("returns the bracket it was given when it holds a root", () => {
    expect(bracketRoot((x) => x, -1, 1)).toEqual([-1, 1]);
    for (const end of [0, 1]) {
      expect(bracketRoot((x) => x - end, 0, 1)).toEqual([0, 1]);
      expect(bracketRoot((x) => end - x, 0, 1)).toEqual([0, 1]);
    }
  });

  it("keeps only the step at which the sign changed, also where that ends on the root", () => {
    // The steps go to −1 and 2, to −4 and 5, to −13 and 14.
    for (const root of [2, 3.5, 5]) {
      for (const sign of [1, -1]) {
        const expected = root === 2 ? [1, 2] : [2, 5];
        expect(bracketRoot((x) => sign * (x - root), 0, 1)).toEqual(expected);
        expect(bracketRoot((x) => sign * (x - 1 + root), 0, 1)).toEqual([1 - expected[1]!, 1 - expected[0]!]);
      }
    }
  });

  it("reaches the largest doubles", () => {
    const [a, b] = bracketRoot((x) => x - 1e308, 0, 1)!;
    expect(a <= 1e308 && b >= 1e308 && b <= Number.MAX_VALUE).toBe(true);
    const [c, d] = bracketRoot((x) => x + 1.7e308, 0, 1)!;
    expect(c <= -1.7e308 && c >= -Number.MAX_VALUE && d >= -1.7e308).toBe(true);
  });

  it("is null when the sign never changes within the limits", () => {
    expect(bracketRoot((x) => x - 10, 0, 1, { maximum: 5 })).toBeNull();
    expect(bracketRoot(() => 1, 0, 1)).toBeNull();
    expect(bracketRoot((x) => x - 5, 0, 1, { minimum: 0, maximum: 5 })).toEqual([4, 5]);
  });
});

describe("newtonRoot", () => {
  it("finds roots to the last digit from far away and over infinite ranges", () => {
    expect(newtonRoot((x) => [x * x - 2, 2 * x], 0, Infinity, 1e3)).toBeCloseTo(Math.SQRT2, 15);
    expect(newtonRoot((x) => [Math.expm1(x - 3), Math.exp(x - 3)], -Infinity, Infinity, -20)).toBeCloseTo(
      3,
      15,
    );
    expect(
      newtonRoot((x) => [Math.atan(x - 7), 1 / (1 + (x - 7) ** 2)], -Infinity, Infinity, 1e4),
    ).toBeCloseTo(7, 15);
    expect(newtonRoot((x) => [x - 0.5, 0], 0, 1, 0.9)).toBeCloseTo(0.5, 15);
  });

  it("leaves the square of a last step that is short enough", () => {
    let calls = 0;
    const square = (x: number): [number, number] => {
      calls += 1;
      return [x * x - 2, 2 * x];
    };
    expect(newtonRoot(square, 0, Infinity, 1.5, 1e-2)).toBeCloseTo(Math.SQRT2, 5);
    expect(calls).toBe(2);
  });

  it("refuses NaN", () => {
    expect(() => newtonRoot(() => [NaN, 1], 0, 1, 0.5)).toThrow("NaN");
  });
});
