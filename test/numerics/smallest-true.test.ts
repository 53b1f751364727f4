import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallestTrue } from "../../src/numerics/smallest-true.ts";

describe("the smallest number where a condition holds", () => {
  it("is found from any guess, and never asked about beyond the limits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.nat(1000),
        fc.nat(1000),
        fc.double({ min: -3000, max: 3000, noNaN: true }),
        (lowest, width, part, guess) => {
          const highest = lowest + width;
          const least = lowest + (part % (width + 1));
          const asked: number[] = [];
          const found = smallestTrue((k) => (asked.push(k), k >= least), guess, lowest, highest);
          expect(found).toBe(least);
          for (const k of asked) {
            expect(k).toBeGreaterThanOrEqual(lowest);
            expect(k).toBeLessThan(highest);
          }
          expect(asked.length).toBeLessThan(24);
        },
      ),
    );
  });

  it("is the highest where it holds nowhere before", () => {
    expect(smallestTrue(() => false, 3, 0, 10)).toBe(10);
    expect(smallestTrue(() => true, 3, 0, 10)).toBe(0);
    expect(smallestTrue(() => false, 4, 4, 4)).toBe(4);
  });

  it("takes few steps from a guess that is near, however far the limits", () => {
    let calls = 0;
    expect(smallestTrue((k) => (calls++, k >= 1_000_003), 1_000_001.7, 0, 2 ** 50)).toBe(1_000_003);
    expect(calls).toBeLessThan(6);
  });
});
