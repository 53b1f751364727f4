import { describe, expect, it } from "vitest";
import { compensatedDot } from "../../src/numerics/compensated-dot.ts";

describe("an inner product with the digits that rounding loses", () => {
  it("keeps what is left of large terms that cancel", () => {
    expect(compensatedDot([1e16, 1, -1e16], [1, 1, 1])).toBe(1);
    // (2^27 + 1)² − (2^54 + 2^28) = 1, of which the rounded products hold nothing.
    expect(compensatedDot([2 ** 27 + 1, -1, -1], [2 ** 27 + 1, 2 ** 54, 2 ** 28])).toBe(1);
  });

  it("is the plain one where its parts overflow, and 0 of nothing", () => {
    expect(compensatedDot([1e300, 1], [2, 3])).toBe(2e300);
    expect(compensatedDot([], [])).toBe(0);
  });
});
