import { describe, expect, it } from "vitest";
import { hermiteInterpolation } from "../../src/numerics/hermite-interpolation.ts";

describe("the polynomial through values and slopes", () => {
  const cubic = (x: number): number => 2 - x + 3 * x ** 2 - 0.5 * x ** 3;
  const slopeOf = (x: number): number => -1 + 6 * x - 1.5 * x ** 2;

  it.each([[[-1, 2]], [[0, 1, 4]], [[3, -2, 0.5, 1]]])("is the cubic that they are of, at %s", (places) => {
    const curve = hermiteInterpolation(places.map((x) => ({ x, y: cubic(x), slope: slopeOf(x) })));
    for (const x of [-3, -1, 0, 0.7, 2, 5]) {
      expect(curve(x).y).toBeCloseTo(cubic(x), 9);
      expect(curve(x).slope).toBeCloseTo(slopeOf(x), 9);
    }
  });

  it("is the tangent of one point", () => {
    expect(hermiteInterpolation([{ x: 1, y: 2, slope: 3 }])(4)).toEqual({ y: 11, slope: 3 });
  });
});
