import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Curved, maximizeInBox } from "../../src/numerics/maximize-in-box.ts";
import type { Vector } from "../../src/numerics/matrix.ts";
import { profileLimit } from "../../src/numerics/profile-limit.ts";

const OPEN = { lower: [-Infinity, -Infinity], upper: [Infinity, Infinity] };

/** −(x² − 1)² − y², which has two maxima and between them a saddle at the origin. */
function twoHills([x, y]: Vector): Curved {
  return {
    value: -((x! * x! - 1) ** 2) - y! * y!,
    gradient: [-4 * x! * (x! * x! - 1), -2 * y!],
    hessian: [
      [4 - 12 * x! * x!, 0],
      [0, -2],
    ],
  };
}

describe("maximizeInBox", () => {
  it("climbs to a maximum by Newton's steps", () => {
    const { at, value } = maximizeInBox(twoHills, [0.4, 3], OPEN);
    expect(at[0]).toBeCloseTo(1, 14);
    expect(at[1]).toBeCloseTo(0, 14);
    expect(value).toBeCloseTo(0, 14);
  });

  it("leaves a saddle on which it starts, since that is no maximum", () => {
    expect(Math.abs(maximizeInBox(twoHills, [0, 0], OPEN).at[0]!)).toBeCloseTo(1, 14);
    expect(Math.abs(maximizeInBox(twoHills, [0, 2], OPEN).at[0]!)).toBeCloseTo(1, 14);
  });

  it("stays on a saddle that the box does not let it leave", () => {
    const { at } = maximizeInBox(twoHills, [0, 2], { lower: [0, -5], upper: [0, 5] });
    expect(at[0]).toBe(0);
    expect(at[1]).toBeCloseTo(0, 14);
  });

  it("stops at an end against which it presses", () => {
    const { at } = maximizeInBox(twoHills, [0.2, 1], { lower: [-0.5, -5], upper: [0.5, 5] });
    expect(at[0]).toBe(0.5);
    expect(at[1]).toBeCloseTo(0, 14);
  });
});

describe("a concave quadratic in a box", () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const cases = fc.integer({ min: 1, max: 4 }).chain((size) => {
    const vector = (min: number, max: number) =>
      fc.array(number(min, max), { minLength: size, maxLength: size });
    return fc.record({
      root: fc.array(vector(-1, 1), { minLength: size, maxLength: size }),
      top: vector(-3, 3),
      lower: vector(-2, 0),
      width: vector(0.1, 2),
      start: vector(-4, 4),
    });
  });

  it("is climbed to where it cannot rise any more, at whichever ends that is", () => {
    fc.assert(
      fc.property(cases, ({ root, top, lower, width, start }) => {
        const upper = lower.map((value, i) => value + width[i]!);
        // Minus the square of the distance from the top, and some more in the direction of each row of the root.
        const bend = top.map((_, i) =>
          top.map((_x, j) => root.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 0.2 : 0)),
        );
        const f = (x: Vector): Curved => {
          const off = x.map((value, i) => value - top[i]!);
          const pull = bend.map((row) => row.reduce((sum, entry, j) => sum + entry * off[j]!, 0));
          return {
            value: -0.5 * pull.reduce((sum, entry, i) => sum + entry * off[i]!, 0),
            gradient: pull.map((entry) => 0 - entry),
            hessian: bend.map((row) => row.map((entry) => -entry)),
          };
        };
        const { at, gradient, value } = maximizeInBox(f, start, { lower, upper });
        expect(value).toBe(f(at).value);
        at.forEach((x, i) => {
          expect(x >= lower[i]! && x <= upper[i]!).toBe(true);
          // The conditions of Karush, Kuhn and Tucker.
          if (x > lower[i]! + 1e-9) expect(gradient[i]).toBeGreaterThan(-1e-7);
          if (x < upper[i]! - 1e-9) expect(gradient[i]).toBeLessThan(1e-7);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe("a point of rest", () => {
  /** A ridge along x that rises to both sides of the origin up to |x| = 1, and falls off ever so steeply along y. */
  const ridge =
    (steepness: number) =>
    ([x, y]: Vector): Curved => ({
      value: 0.5 * x! * x! - 0.25 * x! ** 4 - 0.5 * steepness * y! * y!,
      gradient: [x! - x! ** 3, -steepness * y!],
      hessian: [
        [1 - 3 * x! * x!, 0],
        [0, -steepness],
      ],
    });

  it("is a saddle where it curves up by more than rounding of what curves down", () => {
    expect(Math.abs(maximizeInBox(ridge(1e5), [0, 0], OPEN).at[0]!)).toBeCloseTo(1, 12);
    expect(maximizeInBox(ridge(1e9), [0, 0], OPEN).at).toEqual([0, 0]);
  });

  it("far along the line is reached in few steps, and without a step over the top where the function is straight", () => {
    let calls = 0;
    const climb = (f: (x: Vector) => Curved, start: Vector): number => {
      calls = 0;
      return maximizeInBox((x) => (calls++, f(x)), start, OPEN).at[0]!;
    };
    expect(climb(ridge(1), [0.9, 0.5])).toBeCloseTo(1, 14);
    expect(calls).toBeLessThan(9);
    // ln of a logistic density: straight but for its middle.
    const logistic = ([x, y]: Vector): Curved => {
      const p = 1 / (1 + Math.exp(-x!));
      return {
        value: -x! - 2 * Math.log1p(Math.exp(-x!)) - 0.5 * y! * y!,
        gradient: [1 - 2 * p, -y!],
        hessian: [
          [-2 * p * (1 - p), 0],
          [0, -1],
        ],
      };
    };
    expect(climb(logistic, [-30, 3])).toBeCloseTo(0, 12);
    // Steps of 2 and then Newton's.
    expect(calls).toBeLessThan(25);
  });

  it("is left alone where the last step may gain no more than what was said", () => {
    let calls = 0;
    maximizeInBox((x) => (calls++, ridge(1)(x)), [0.9, 0], OPEN, 1e-3);
    expect(calls).toBeLessThan(4);
  });
});

describe("profileLimit", () => {
  /** A bowl in which the best y follows x: the profile over y is −x²/2, whatever the slope. */
  const slanted = ([x, y]: Vector): Curved => {
    const rest = y! - 3 * x!;
    return {
      value: -0.5 * x! * x! - rest * rest,
      gradient: [-x! + 6 * rest, -2 * rest],
      hessian: [
        [-19, 6],
        [6, -2],
      ],
    };
  };

  it("is where the profile, and not the section, has fallen by half the squared score", () => {
    const maximum = maximizeInBox(slanted, [1, 1], OPEN);
    expect(profileLimit(slanted, maximum, 0, 1, 1.96, () => OPEN)).toBeCloseTo(1.96, 10);
    expect(profileLimit(slanted, maximum, 0, -1, 1.96, () => OPEN)).toBeCloseTo(-1.96, 10);
  });

  it("is null where the end of the box comes first", () => {
    const maximum = maximizeInBox(slanted, [1, 1], OPEN);
    const box = { lower: [-1, -Infinity], upper: [1.5, Infinity] };
    expect(profileLimit(slanted, maximum, 0, 1, 1.96, () => box)).toBeNull();
    expect(profileLimit(slanted, maximum, 0, -1, 1.96, () => box)).toBeNull();
  });
});
