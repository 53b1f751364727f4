import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadCoordinate, spreadPoint } from "../../src/numerics/two-spots.ts";

const spot = fc.record({
  center: fc.double({ min: -10, max: 10, noNaN: true }),
  width: fc.double({ min: 1e-3, max: 20, noNaN: true }),
});

describe("a coordinate that is dense around two spots", () => {
  it("leads to its point and back", () => {
    fc.assert(
      fc.property(spot, spot, fc.double({ min: -40, max: 40, noNaN: true }), (first, second, w) => {
        const { fromFirst, fromSecond, slope } = spreadPoint(w, first, second);
        const gap = second.center - first.center;
        expect(Math.abs(fromFirst - fromSecond - gap)).toBeLessThanOrEqual(
          1e-14 * (Math.abs(fromFirst) + Math.abs(fromSecond) + Math.abs(gap)),
        );
        const back = Math.asinh(fromFirst / first.width) + Math.asinh(fromSecond / second.width);
        expect(Math.abs(back - w)).toBeLessThan(1e-11);
        // dx/dw is one over the sum of the slopes 1/√(offset² + width²).
        const steepness = 1 / Math.hypot(fromFirst, first.width) + 1 / Math.hypot(fromSecond, second.width);
        expect(Math.abs(slope * steepness - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it("keeps the digits of a point right beside either spot", () => {
    const [narrow, wide] = [
      { center: 5, width: 1e-9 },
      { center: -2, width: 3 },
    ];
    const w = spreadCoordinate(5, narrow, wide) + Math.asinh(0.5);
    for (const offset of [spreadPoint(w, narrow, wide).fromFirst, spreadPoint(w, wide, narrow).fromSecond]) {
      expect(Math.abs(offset / 0.5e-9 - 1)).toBeLessThan(1e-8);
    }
  });

  it("is 0 half-way between equal spots, and mirrored about it", () => {
    const [left, right] = [
      { center: -3, width: 2 },
      { center: 3, width: 2 },
    ];
    expect(spreadCoordinate(0, left, right)).toBe(0);
    expect(spreadPoint(0, left, right).fromFirst).toBeCloseTo(3, 14);
    const [below, above] = [spreadPoint(-1.7, left, right), spreadPoint(1.7, left, right)];
    expect(below.fromFirst).toBeCloseTo(-above.fromSecond, 14);
    expect(below.slope).toBeCloseTo(above.slope, 14);
  });

  it("goes as far as doubles do", () => {
    const { fromFirst, slope } = spreadPoint(1400, { center: 0, width: 1 }, { center: 1, width: 1 });
    // asinh(x) is ln 2x out here, so that x = e^(w/2)/2 and dx/dw = x/2.
    expect(Math.abs(Math.log(2 * fromFirst) - 700)).toBeLessThan(1e-9);
    expect(Math.abs(slope / fromFirst - 0.5)).toBeLessThan(1e-12);
  });
});
