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
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

  // Largest errors seen: conditional 4e-15, predictive 2e-15.
  it.each(reference.power)("has the power ahead of z = $in.z at $in.at to 1e-12", ({ in: given, out }) => {
    const ahead = {
      information: given.information,
      lower: given.lower.map(Number),
      upper: given.upper.map(Number),
    };
    const seen = { information: given.at, z: given.z };
    const known = exitsAhead(seen, ahead, { mean: given.mean, variance: 0 });
    expect(relativeError(total(known.upper), Number(out.conditionalUpper))).toBeLessThan(TOLERANCE);
    expect(relativeError(total(known.lower), Number(out.conditionalLower))).toBeLessThan(TOLERANCE);
    if (out.predictiveUpper === undefined) return;
    const averaged = exitsAhead(seen, ahead, { mean: given.mean, variance: given.deviation ** 2 });
    expect(relativeError(total(averaged.upper), Number(out.predictiveUpper))).toBeLessThan(TOLERANCE);
    expect(relativeError(total(averaged.lower), Number(out.predictiveLower))).toBeLessThan(TOLERANCE);
  });
});
