import { describe, expect, it } from "vitest";
import { effectDomain } from "../../../src/report/charts/effect-domain.ts";
import { endsOf, intervalParts } from "../../../src/report/charts/interval-parts.ts";
import { shortened } from "../../../src/report/shortened.ts";
import { wholeTicks } from "../../../src/report/charts/whole-ticks.ts";
import { LIFT_ENDS } from "../../../src/report/figures.ts";

describe("the part of the line that a chart of effects shows", () => {
  it("holds all values and what must be seen, with a margin", () => {
    const [lowest, highest] = effectDomain([0.1, 0.2, 0.3], [0]);
    expect(lowest).toBeCloseTo(-0.015, 12);
    expect(highest).toBeCloseTo(0.315, 12);
  });

  it("is not blown up by one value that is far out, unless that must be seen", () => {
    const values = [-0.1, 0, 0.1, -0.12, 0.01, 0.09, 5];
    expect(effectDomain(values, [0])[1]).toBeLessThan(0.2);
    expect(effectDomain(values, [0, 5])[1]).toBeGreaterThan(5);
  });

  it("has a width where there is nothing to see, and where all values are the same", () => {
    expect(effectDomain([Infinity, -Infinity], [0])).toEqual([-1, 1]);
    expect(effectDomain([0.5, 0.5, 0.5, 0.5], [0])[1]).toBeGreaterThan(0.5);
  });
});

describe("an interval in a picture", () => {
  const of = (lower: number, upper: number, excluded: { lower: number; upper: number } | null = null) => ({
    lower,
    upper,
    excluded,
  });

  it("is a bar, with arrows where it leaves the picture", () => {
    expect(intervalParts(of(-0.5, Infinity), [-1, 1])).toEqual({
      bars: [{ from: -0.5, to: 1 }],
      opensBelow: false,
      opensAbove: true,
    });
  });

  it("is two bars beside a gap that is ruled out", () => {
    const { bars, opensBelow } = intervalParts(of(-Infinity, Infinity, { lower: -2, upper: 2 }), [-3, 3]);
    expect(bars).toEqual([
      { from: -3, to: -2 },
      { from: 2, to: 3 },
    ]);
    expect(opensBelow).toBe(true);
  });

  it("is an arrow alone where all of it lies outside", () => {
    const parts = intervalParts(of(5, 9), [-1, 1]);
    expect(parts).toEqual({ bars: [], opensBelow: false, opensAbove: true });
  });

  it("has no end where the quantity ends by itself", () => {
    expect(endsOf(of(-1, 0.3), LIFT_ENDS)).toEqual([0.3]);
    expect(endsOf(of(-1, Infinity, { lower: 0.1, upper: 0.4 }), LIFT_ENDS)).toEqual([0.1, 0.4]);
  });
});

describe("what stands beside a picture", () => {
  it("is cut where there is no room, by the columns that it takes", () => {
    expect(shortened("a button", 8)).toBe("a button");
    expect(shortened("a button in red", 8)).toBe("a butto…");
    expect(shortened("新しいボタン", 8)).toBe("新しい…");
  });

  it("has at most ten ticks at whole numbers", () => {
    expect(wholeTicks(1, 5)).toEqual([1, 2, 3, 4, 5]);
    for (const last of [9, 10, 14, 60, 365, 4000]) {
      const ticks = wholeTicks(1, last);
      expect(ticks.length).toBeLessThanOrEqual(10);
      expect(ticks.every((tick) => Number.isInteger(tick) && tick <= last)).toBe(true);
    }
  });
});
