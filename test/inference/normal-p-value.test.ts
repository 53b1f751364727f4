import { describe, expect, it } from "vitest";
import { normalLogOf, normalLogPValue, normalPValue } from "../../src/inference/normal-p-value.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the log of a normal p-value", () => {
  // mpmath with 40 digits.
  it.each([
    [-9, "greater", -1.1285884059538405e-19],
    [9, "less", -1.1285884059538405e-19],
    [-2, "greater", -0.023012909328963486],
    [0.1, "two-sided", -0.08300741217032802],
    [3, "greater", -6.607726221510349],
    [3, "two-sided", -5.914579040950404],
    [40, "two-sided", -803.9152948331938],
  ] as const)(
    "has all digits at z = %s, %s, next to 1 and below the smallest double",
    (z, alternative, log) => {
      expect(relativeError(normalLogPValue(z, alternative), log)).toBeLessThan(1e-13);
      expect(relativeError(normalLogOf(normalPValue(z, alternative), z, alternative), log)).toBeLessThan(
        1e-13,
      );
    },
  );
});
