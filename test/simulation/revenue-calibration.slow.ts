import { describe, expect, it } from "vitest";
import { revenueRanks } from "../support/revenue-ranks.ts";
import { uniformity } from "../support/uniform-histogram.ts";

describe("compareRevenue, on parameters drawn from the prior and data given them", () => {
  it.each([
    ["gamma", 101],
    ["log-normal", 102],
  ] as const)("puts the true lift at every level of its posterior as often: %s", (model, seed) => {
    const { pValue } = uniformity(revenueRanks(model, 400, seed));
    expect(pValue).toBeGreaterThan(1e-3);
  });
});
