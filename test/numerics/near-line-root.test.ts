import { describe, expect, it } from "vitest";
import { nearLineRoot } from "../../src/numerics/near-line-root.ts";

describe("nearLineRoot", () => {
  it("needs a handful of evaluations of a near line", () => {
    let evaluations = 0;
    const root = nearLineRoot(
      (x) => {
        evaluations++;
        return x + 0.1 * Math.sin(x) - 2;
      },
      2.5,
      1,
    )!;
    expect(root + 0.1 * Math.sin(root)).toBeCloseTo(2, 14);
    expect(evaluations).toBeLessThanOrEqual(6);
  });

  it("searches where the secant rule does not settle", () => {
    expect(nearLineRoot((x) => Math.cbrt(x - 3), 0, 1)).toBeCloseTo(3, 12);
    // A jump, and infinite values.
    expect(nearLineRoot((x) => (x < 7 ? -Infinity : 1), 0, 1)).toBeCloseTo(7, 12);
  });

  it("finds nothing where there is nothing", () => {
    expect(nearLineRoot(() => -1, 0, 1, { minimum: 0, maximum: 29 })).toBeNull();
    expect(nearLineRoot((x) => x - 30, 1, 1, { minimum: 0, maximum: 29 })).toBeNull();
  });

  it("returns a root that it starts on or steps onto", () => {
    expect(nearLineRoot((x) => x - 2, 2, 1)).toBe(2);
    expect(nearLineRoot((x) => 2 * (x - 2), 1, 2)).toBe(2);
  });
});
