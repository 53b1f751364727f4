import { describe, expect, it } from "vitest";
import { posteriorInterval } from "../../src/proxy/posterior-interval.ts";

const nodes = (...weights: number[]) => weights.map((weight) => ({ weight }));

describe("an interval over a posterior", () => {
  it("takes the smallest values with their share of the weight at or below them, infinities included", () => {
    const interval = posteriorInterval(nodes(0.1, 0.3, 0.3, 0.3), [Infinity, 3, 1, 2], 0.6);
    expect(interval).toMatchObject({ lower: 1, upper: 3, confidenceLevel: 0.6 });
    expect(posteriorInterval(nodes(0.5, 0.5), [Infinity, 3], 0.9).upper).toBe(Infinity);
  });
});
