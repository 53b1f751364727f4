import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile, normalSf } from "../../src/numerics/normal.ts";
import { exitsAhead } from "../../src/sequential/exits-ahead.ts";
import {
  stageWiseDrift,
  stageWiseTails,
  type StoppedWalk,
} from "../../src/sequential/stage-wise-ordering.ts";
import reference from "../reference/sequential/stage-wise.json" with { type: "json" };
import { sumOf } from "../../src/numerics/sum.ts";
import { relativeError } from "../support/relative-error.ts";

const TOLERANCE = 1e-12;

function walkOf(given: (typeof reference.stageWise)[number]["in"]): StoppedWalk {
  return { ...given, lower: given.lower.map(Number), upper: given.upper.map(Number) };
}

describe("stageWiseTails", () => {
  // Largest error seen: 8e-16.
  it.each(reference.stageWise)("has both tails of $in.z after $in.upper to 1e-12", ({ in: given, out }) => {
    const { lower, upper } = stageWiseTails(walkOf(given), 0);
    expect(relativeError(lower, Number(out.lowerTail))).toBeLessThan(TOLERANCE);
    expect(relativeError(upper, Number(out.upperTail))).toBeLessThan(TOLERANCE);
  });

  it("is the normal distribution where the first look is the last", () => {
    const { lower, upper } = stageWiseTails({ information: [0.7], lower: [], upper: [], z: 9 }, 2);
    const distance = 9 - 2 * Math.sqrt(0.7);
    expect(relativeError(upper, normalSf(distance))).toBeLessThan(TOLERANCE);
    expect(relativeError(lower, normalSf(-distance))).toBeLessThan(TOLERANCE);
  });

  it("counts every outcome once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (steps, boundary, z, drift) => {
          const information = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step, 0));
          const upper = steps.slice(1).map(() => boundary);
          const tails = stageWiseTails({ information, lower: upper.map((c) => -c), upper, z }, drift);
          expect(tails.lower + tails.upper).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("stageWiseDrift", () => {
  // Largest error seen: 1.6e-15.
  it.each(reference.stageWise)(
    "has median and limits of $in.z after $in.upper to 1e-12",
    ({ in: given, out }) => {
      const reach = normalQuantile(given.tail);
      const walk = walkOf(given);
      expect(relativeError(stageWiseDrift(walk, 0), Number(out.median))).toBeLessThan(TOLERANCE);
      expect(relativeError(stageWiseDrift(walk, reach), Number(out.lower))).toBeLessThan(TOLERANCE);
      expect(relativeError(stageWiseDrift(walk, -reach), Number(out.upper))).toBeLessThan(TOLERANCE);
    },
  );
});

describe("exitsAhead", () => {
  /** Above, below, for futility, and at the end without a rejection. */
  function ends(given: (typeof reference.power)[number]["in"], variance: number): number[] {
    const upper = given.upper.map(Number);
    const lower = given.lower.map(Number);
    const isTwoSided = lower[0] === -upper[0]!;
    const futility = lower.map((z, k) =>
      isTwoSided || z === -Infinity || k === lower.length - 1 ? null : z,
    );
    const exits = exitsAhead(
      { information: given.at, z: given.z },
      { information: given.information, efficacy: upper, futility, isTwoSided },
      { mean: given.mean, variance },
    );
    return (["rejection", "wrongSide", "futility"] as const).map((end) =>
      sumOf(exits.map((exit) => exit[end])),
    );
  }

  // Largest errors seen: conditional 4e-15, predictive 2e-15.
  it.each(reference.power)("has the power ahead of z = $in.z at $in.at to 1e-12", ({ in: given, out }) => {
    const isTwoSided = Number(given.lower[0]) === -given.upper[0]!;
    const known = ends(given, 0);
    expect(relativeError(known[0]!, Number(out.conditionalUpper))).toBeLessThan(TOLERANCE);
    if (isTwoSided) expect(relativeError(known[1]!, Number(out.conditionalLower))).toBeLessThan(TOLERANCE);
    if (out.predictiveUpper === undefined) return;
    const averaged = ends(given, given.deviation ** 2);
    expect(relativeError(averaged[0]!, Number(out.predictiveUpper))).toBeLessThan(TOLERANCE);
    if (isTwoSided) expect(relativeError(averaged[1]!, Number(out.predictiveLower))).toBeLessThan(TOLERANCE);
  });
});
