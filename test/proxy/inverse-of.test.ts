import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import { makeEstimate } from "../../src/core/make-estimate.ts";
import { inverseOf } from "../../src/proxy/value-across-experiments.ts";

const within = (lower: number, estimate: number, upper: number): Estimate =>
  makeEstimate(
    estimate,
    null,
    { lower, upper, confidenceLevel: 0.95, method: "delta", dualToTest: false, excluded: null },
    "two-sided",
  );

describe("a value over what lies in an interval", () => {
  // 6 / x for each x of the interval; Fieller's set where the interval holds 0.
  it.each([
    ["above 0", [1, 2, 3], { lower: 2, upper: 6, excluded: null }, "ok"],
    ["below 0", [-3, -2, -1], { lower: -6, upper: -2, excluded: null }, "ok"],
    ["from 0 on", [0, 2, 3], { lower: 2, upper: Infinity, excluded: null }, "unbounded"],
    ["up to 0", [-3, -2, 0], { lower: -Infinity, upper: -2, excluded: null }, "unbounded"],
    [
      "around 0",
      [-3, 1, 2],
      { lower: -Infinity, upper: Infinity, excluded: { lower: -2, upper: 3 } },
      "unbounded",
    ],
  ] as const)("that lies %s", (_, [lower, estimate, upper], interval, status) => {
    const found = inverseOf(6, within(lower, estimate, upper));
    expect(found).toMatchObject({ estimate: 6 / estimate, interval, status });
  });

  it("is unknown where the value is, or the estimate is 0 or unknown", () => {
    const line = { lower: -Infinity, upper: Infinity, excluded: null };
    const unknown = { ...within(1, 2, 3), estimate: null };
    for (const found of [
      inverseOf(null, within(1, 2, 3)),
      inverseOf(6, within(-1, 0, 1)),
      inverseOf(6, unknown),
      inverseOf(6, within(0, 0, 0)),
    ]) {
      expect(found).toMatchObject({ estimate: null, interval: line, status: "undetermined" });
    }
  });
});
