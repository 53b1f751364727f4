import { describe, expect, it } from "vitest";
import { maximizeOnLine } from "../../src/numerics/maximize-on-line.ts";

describe("the maximum on a line", () => {
  it.each([
    ["a parabola", (x: number) => -((x - 1.234) ** 2), 0, 5, 1.234],
    ["a peak with a corner", (x: number) => -Math.abs(x - 1.234), 0, 5, 1.234],
    ["a skewed peak", (x: number) => x * Math.exp(-x), 0.1, 9, 1],
    ["a rise up to the end", (x: number) => x, 0, 1, 1],
    ["a fall from the start", (x: number) => -x, 0, 1, 0],
  ])("of %s is found", (_, f, lower, upper, expected) => {
    expect(Math.abs(maximizeOnLine(f, lower, upper, 1e-7) - expected)).toBeLessThan(5e-7);
  });

  it("of a level is a point on it", () => {
    const at = maximizeOnLine(() => 0, 2, 3, 1e-6);
    expect(at).toBeGreaterThanOrEqual(2);
    expect(at).toBeLessThanOrEqual(3);
  });

  it("takes few calls where the function is smooth", () => {
    let calls = 0;
    maximizeOnLine((x) => (calls++, -Math.cosh(x - 0.3)), -1, 1, 1e-6);
    expect(calls).toBeLessThan(16);
  });
});
