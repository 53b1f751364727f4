import { describe, expect, it } from "vitest";
import { nearlyNormalTSf } from "../../src/numerics/nearly-normal-t.ts";
import { noncentralTLogSf } from "../../src/numerics/noncentral-t.ts";
import { relativeError } from "../support/relative-error.ts";

describe("t by a few nodes on nearly normal precisions", () => {
  // Against the integral, which is compared with mpmath.
  it.each([100, 399, 400, 2999, 3000, 1e5, 1e9])(
    "has the tail of the integral at %s degrees of freedom",
    (df) => {
      let answered = 0;
      for (const noncentrality of [-2, 0, 0.5, 3]) {
        for (const off of [-3, -1, -0.2, 0, 0.4, 2, 4]) {
          const tail = nearlyNormalTSf(noncentrality + off, df, noncentrality);
          if (tail === null) continue;
          answered += 1;
          const exact = Math.exp(noncentralTLogSf(noncentrality + off, df, noncentrality));
          expect(relativeError(tail, exact)).toBeLessThan(4e-14);
        }
      }
      expect(answered).toBeGreaterThan(9);
    },
  );

  it("answers nothing below 100 degrees of freedom, and where the tail moves too much with the precision", () => {
    expect(nearlyNormalTSf(0, 99.9, 0)).toBeNull();
    expect(nearlyNormalTSf(0, 100, 0)).not.toBeNull();
    expect(nearlyNormalTSf(8, 100, 0)).toBeNull();
    expect(nearlyNormalTSf(-8, 100, 0)).toBeNull();
    expect(nearlyNormalTSf(30, 3000, 20)).toBeNull();
    expect(nearlyNormalTSf(1000, 1e9, 1000)).not.toBeNull();
  });
});
