import { describe, expect, it } from "vitest";
import { doAgree, logNestedIntegral, MOST_LEVELS, nestedNodes } from "../../src/numerics/nested-nodes.ts";
import { normalLogPdf } from "../../src/numerics/normal.ts";
import { studentT } from "../../src/numerics/student-t.ts";

describe("nested nodes", () => {
  it.each([
    { center: 0, width: 1 },
    { center: 0.7, width: 0.6 },
    { center: -2, width: 2.5 },
  ])("integrate densities to 1 from a spot at $center, $width wide", (spot) => {
    expect(Math.abs(logNestedIntegral(spot, normalLogPdf)!)).toBeLessThan(1e-13);
    const logT = (x: number): number => studentT.logPdf(x, 3) + 500;
    expect(Math.abs(logNestedIntegral(spot, logT)! - 500)).toBeLessThan(1e-12);
  });

  it("integrate other functions against their density", () => {
    const spot = { center: 1, width: 2 };
    const nodes = nestedNodes(spot, (x) => normalLogPdf((x - 1) / 2) - Math.LN2);
    // Levels 0 and 1 together: a step of one half.
    let [total, mean, square] = [0, 0, 0];
    for (const level of [0, 1]) {
      const { places, logWeights } = nodes.level(level);
      places.forEach((x, i) => {
        const weight = 0.5 * Math.exp(logWeights[i]!);
        total += weight;
        mean += weight * x;
        square += weight * x * x;
      });
    }
    expect(total).toBeCloseTo(1, 13);
    expect(mean).toBeCloseTo(1, 12);
    expect(square).toBeCloseTo(5, 12);
  });

  it("lay each level between those before, within the same ends, once", () => {
    let calls = 0;
    const nodes = nestedNodes({ center: 3, width: 1 }, (x) => (calls++, normalLogPdf(x - 3)));
    const seen = [...nodes.level(0).places];
    expect(seen).toContain(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const [lowest, highest] = [seen[0]!, seen.at(-1)!];
    for (let level = 1; level < 4; level++) {
      const between = nodes.level(level).places;
      expect(between.length).toBe(seen.length - 1);
      const before = seen.toSorted((a, b) => a - b);
      between.forEach((x, i) => {
        expect(x).toBeGreaterThan(before[i]!);
        expect(x).toBeLessThan(before[i + 1]!);
      });
      seen.push(...between);
    }
    expect(Math.min(...seen)).toBe(lowest);
    expect(Math.max(...seen)).toBe(highest);
    const before = calls;
    nodes.level(2);
    expect(calls).toBe(before);
  });

  it("stop where the density is 0, and reach as far as it counts", () => {
    // ln of x² e^−x on x > 0: nothing lies below 0.
    const log = (x: number): number => (x > 0 ? 2 * Math.log(x) - x : -Infinity);
    const { places, logWeights } = nestedNodes({ center: 2, width: 1.5 }, log).level(0);
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(Math.min(...logWeights)).toBeGreaterThan(-Infinity);
    const heaviest = Math.max(...logWeights);
    expect(logWeights.at(-1)! - heaviest).toBeLessThanOrEqual(-46);
    expect(logWeights.at(-2)! - heaviest).toBeGreaterThan(-46);
  });

  it("say that a function is not smooth enough for them", () => {
    expect(logNestedIntegral({ center: 0, width: 1 }, (x) => -1000 * Math.abs(x - 0.3))).toBeNull();
    expect(MOST_LEVELS).toBeGreaterThan(1);
  });

  it("agree where two sums are as near as asked", () => {
    expect(doAgree(1, 1)).toBe(true);
    expect(doAgree(1, 1 + 1e-8)).toBe(true);
    expect(doAgree(1, 1 + 4e-8)).toBe(false);
    expect(doAgree(1 + 4e-8, 1)).toBe(false);
    expect(doAgree(1, 1.5, 0.2)).toBe(true);
    expect(doAgree(0, 0)).toBe(true);
  });
});
