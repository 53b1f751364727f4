import { describe, expect, it } from "vitest";
import { normalCdf, normalSf } from "../../src/numerics/normal.ts";
import { sumOf } from "../../src/numerics/sum.ts";
import { exitsAhead } from "../../src/sequential/exits-ahead.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { conditionalPower } from "../../src/sequential/conditional-power.ts";
import { predictivePower } from "../../src/sequential/predictive-power.ts";
import { relativeError } from "../support/relative-error.ts";

describe("the exits ahead of a walk", () => {
  // At information 1 the walk is normal with mean z √t + drift (1 − t) and variance (1 − t) (1 + v (1 − t)).
  it.each([
    [0.36, 0.7, 1.5, 0],
    [0.36, 0.7, -1.5, 0],
    [0.75, -1.1, 0.4, 2],
    [0.1, 0, 0, 9],
  ])(
    "have closed forms with one look to come: t = %s, z = %s, drift %s, variance %s",
    (t, z, mean, variance) => {
      const seen = { information: t, z };
      const expected = z * Math.sqrt(t) + mean * (1 - t);
      const deviation = Math.sqrt((1 - t) * (1 + variance * (1 - t)));
      const below = (bound: number): number => normalCdf((bound - expected) / deviation);
      const above = (bound: number): number => normalSf((bound - expected) / deviation);
      const exits = (futility: number | null, isTwoSided: boolean) =>
        exitsAhead(
          seen,
          { information: [1], efficacy: [2.1], futility: [futility], isTwoSided },
          { mean, variance },
        )[0]!;
      const wedge = exits(0.6, true);
      expect(relativeError(wedge.rejection, above(2.1))).toBeLessThan(1e-12);
      expect(relativeError(wedge.wrongSide, below(-2.1))).toBeLessThan(1e-12);
      expect(relativeError(wedge.futility, below(0.6) - below(-0.6))).toBeLessThan(1e-12);
      const oneSided = exits(0.6, false);
      expect(oneSided.wrongSide).toBe(0);
      expect(relativeError(oneSided.futility, below(0.6))).toBeLessThan(1e-12);
      expect(exits(null, true).futility).toBe(0);
      expect(exits(null, false).futility).toBe(0);
    },
  );

  it("are all that can happen, where the boundaries meet at the last look", () => {
    for (const isTwoSided of [false, true]) {
      const exits = exitsAhead(
        { information: 0.2, z: 0.9 },
        { information: [0.5, 0.8, 1], efficacy: [3, 2.4, 2], futility: [0.1, 0.8, 2], isTwoSided },
        { mean: 1, variance: 0.5 },
      );
      const total = sumOf(exits.map((exit) => exit.rejection + exit.wrongSide + exit.futility));
      expect(Math.abs(total - 1)).toBeLessThan(1e-12);
    }
  });
});

describe("power ahead", () => {
  it("is that of both sides, which a drift of 0 from z = 0 makes alike", () => {
    const design = groupSequentialDesign({ looks: 1 });
    for (const result of [
      conditionalPower({ design, looks: [{ information: 0.5, z: 0 }], assume: "null" }),
      predictivePower({ design, looks: [{ information: 0.5, z: 0 }] }),
    ]) {
      const deviation = result.kind === "conditional-power" ? Math.SQRT1_2 : 1;
      const side = normalSf(1.959963984540054 / deviation);
      expect(relativeError(result.sides.greater, side)).toBeLessThan(1e-12);
      expect(relativeError(result.sides.less, side)).toBeLessThan(1e-12);
      expect(relativeError(result.power, 2 * side)).toBeLessThan(1e-12);
      expect(relativeError(result.looks[0]!.cumulativePower, 2 * side)).toBeLessThan(1e-12);
    }
  });

  it("adds up look by look, with sides and futility", () => {
    const design = groupSequentialDesign({
      looks: 4,
      alternative: "less",
      alpha: 0.025,
      futility: { boundaries: [-1, 0, 0.5] },
    });
    const result = conditionalPower({ design, looks: [{ information: 0.25, z: -0.8 }], assume: "design" });
    expect(result.sides).toEqual({ greater: 0, less: result.power });
    expect(relativeError(result.looks.at(-1)!.cumulativePower, result.power)).toBeLessThan(1e-15);
    expect(result.looks.map(({ futility }) => futility)).toEqual([0, 0.5, null]);
    // Below the futility boundary at the look to come the walk ends, and it ends at the last look in any case.
    expect(result.futility).toBeGreaterThan(0);
    expect(result.futility + result.power).toBeLessThan(1);
  });
});
