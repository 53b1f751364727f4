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
