import { describe, expect, it } from "vitest";
import { normalLogOf, normalLogPValue, normalPValue } from "../../src/inference/normal-p-value.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the log of a normal p-value", () => {
  // mpmath with 40 digits.
  it.each([
    [-9, "greater", -1.1285884059538406e-19],
    [9, "less", -1.1285884059538406e-19],
    [-2, "greater", -0.023012909328963488],
    [0.1, "two-sided", -0.083007412170328016],
    [3, "greater", -6.6077262215103495],
    [3, "two-sided", -5.9145790409504042],
    [40, "two-sided", -803.91529483319384],
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
