import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bivariateNormalSf } from "../../src/numerics/bivariate-normal.ts";
import { firstLook, nextLook } from "../../src/numerics/brownian-look.ts";
import { exitProbabilities } from "../../src/numerics/exit-probabilities.ts";
import {
  exitBetween,
  exitDensity,
  lowerExit,
  reachProbability,
  upperExit,
} from "../../src/numerics/look-exits.ts";
import { normalPdf, normalSf } from "../../src/numerics/normal.ts";
import { sumOf } from "../../src/numerics/sum.ts";
import reference from "../reference/sequential/exit-probabilities.json" with { type: "json" };
import { referenceNumber } from "../support/reference-number.ts";
import { relativeError } from "../support/relative-error.ts";

const TOLERANCE = 1e-12;

/** Increasing information, regions that leave something, and a drift. */
const walks = fc
  .array(
    fc.record({
      step: fc.double({ min: 0.001, max: 1, noNaN: true }),
      lower: fc.double({ min: -4, max: 0, noNaN: true }),
      upper: fc.double({ min: 0.5, max: 5, noNaN: true }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((looks) => {
    let information = 0;
    return {
      information: looks.map(({ step }) => (information += step)),
      lower: looks.map(({ lower }) => lower),
      upper: looks.map(({ upper }) => upper),
    };
  });
const drifts = fc.double({ min: -5, max: 5, noNaN: true });

describe("exitProbabilities", () => {
  // Largest error seen: 1.2e-13, at a drift of 40.
  it.each(reference.cases)(
    "leaves $in.lower … $in.upper at $in.information under $in.drift as mpmath says, to 1e-12",
    ({ in: given, out }) => {
      const boundaries = {
        information: given.information,
        lower: given.lower.map(referenceNumber),
        upper: given.upper.map(referenceNumber),
      };
      const exits = exitProbabilities(boundaries, given.drift, given.start);
      for (const side of ["lower", "upper"] as const) {
        exits[side].forEach((exit, k) => {
          const expected = out[side][k]!;
          // Below the normal doubles there are no digits to compare.
          if (expected > 1e-300) expect(relativeError(exit, expected)).toBeLessThan(TOLERANCE);
          else expect(exit).toBeLessThan(1e-300);
        });
      }
    },
  );

  it("is the normal distribution at one look", () => {
    const { lower, upper } = exitProbabilities({ information: [1], lower: [-20], upper: [9] }, 0.5);
    expect(upper[0]).toBe(normalSf(8.5));
    expect(lower[0]).toBe(normalSf(20.5));
  });

  it("is the bivariate normal distribution at two", () => {
    const { upper } = exitProbabilities({ information: [0.36, 1], lower: [-9, -9], upper: [2, 2.2] }, 0);
    const both = bivariateNormalSf(2, 2.2, 0.6);
    const outside = bivariateNormalSf(9, 2.2, -0.6);
    expect(relativeError(upper[1]!, normalSf(2.2) - both - outside)).toBeLessThan(TOLERANCE);
  });

  it("counts every walk once: what leaves and what is left make 1", () => {
    fc.assert(
      fc.property(walks, drifts, ({ information, lower, upper }, drift) => {
        const last = information.length - 1;
        // At the last look every walk leaves.
        const ends = { information, lower, upper: upper.with(last, lower[last]!) };
        const exits = exitProbabilities(ends, drift);
        expect(sumOf(exits.lower) + sumOf(exits.upper)).toBeCloseTo(1, 12);
      }),
      { numRuns: 30 },
    );
  });

  it("mirrors with the drift", () => {
    fc.assert(
      fc.property(walks, drifts, ({ information, lower, upper }, drift) => {
        const exits = exitProbabilities({ information, lower, upper }, drift);
        const mirrored = exitProbabilities(
          { information, lower: upper.map((z) => -z), upper: lower.map((z) => -z) },
          -drift,
        );
        exits.upper.forEach((exit, k) => {
          expect(relativeError(mirrored.lower[k]!, exit)).toBeLessThan(TOLERANCE);
          expect(relativeError(mirrored.upper[k]!, exits.lower[k]!)).toBeLessThan(TOLERANCE);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("does not depend on the unit of information", () => {
    fc.assert(
      fc.property(walks, drifts, fc.integer({ min: -10, max: 10 }), (walk, drift, power) => {
        // Powers of 4 leave all digits where they are.
        const unit = 4 ** power;
        const exits = exitProbabilities(walk, drift);
        const scaled = exitProbabilities(
          { ...walk, information: walk.information.map((t) => t * unit) },
          drift / Math.sqrt(unit),
        );
        exits.upper.forEach((exit, k) =>
          expect(relativeError(scaled.upper[k]!, exit)).toBeLessThan(TOLERANCE),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("does not take a walk for mirrored that starts off the middle between mirrored boundaries", () => {
    const start = { information: 0.3, value: 0.5 };
    const information = [0.5, 0.7, 1];
    const upper = [2, 2.2, 1.9];
    const lower = upper.map((z) => -z);
    const seen = exitProbabilities({ information, lower, upper }, 0, start);
    const mirrored = exitProbabilities({ information, lower, upper }, 0, { ...start, value: -0.5 });
    const since = information.map((t) => t - start.information);
    const moved = (z: number, k: number): number =>
      (z * Math.sqrt(information[k]!) - start.value) / Math.sqrt(since[k]!);
    const anew = exitProbabilities(
      { information: since, lower: lower.map(moved), upper: upper.map(moved) },
      0,
    );
    seen.upper.forEach((exit, k) => {
      expect(relativeError(exit, anew.upper[k]!)).toBeLessThan(TOLERANCE);
      expect(relativeError(seen.lower[k]!, anew.lower[k]!)).toBeLessThan(TOLERANCE);
      expect(relativeError(mirrored.lower[k]!, exit)).toBeLessThan(TOLERANCE);
    });
  });

  it("forgets what came before a known value", () => {
    const start = { information: 0.3, value: 0.5 };
    const after = [0.5, 0.7, 1];
    const [lower, upper] = [
      [-1, 0.2, 1.9],
      [2.5, 2.2, 1.9],
    ];
    const seen = exitProbabilities({ information: after, lower, upper }, 2, start);
    // The same walk from 0 on: boundaries of B less the value, at the information since.
    const since = after.map((t) => t - start.information);
    const moved = (z: number, k: number): number =>
      (z * Math.sqrt(after[k]!) - start.value) / Math.sqrt(since[k]!);
    const anew = exitProbabilities(
      { information: since, lower: lower.map(moved), upper: upper.map(moved) },
      2,
    );
    seen.upper.forEach((exit, k) => expect(relativeError(exit, anew.upper[k]!)).toBeLessThan(TOLERANCE));
    seen.lower.forEach((exit, k) => expect(relativeError(exit, anew.lower[k]!)).toBeLessThan(TOLERANCE));
  });

  it("holds for hundreds of looks: Bonferroni above, one look below, and finer looks catch more", () => {
    const crossing = (looks: number): number => {
      const information = Array.from({ length: looks }, (_, k) => (k + 1) / looks);
      return sumOf(
        exitProbabilities(
          { information, lower: information.map(() => -Infinity), upper: information.map(() => 4) },
          0,
        ).upper,
      );
    };
    const values = [1, 2, 10, 50, 200].map(crossing);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values[4]).toBeLessThan(200 * normalSf(4));
    expect(values[0]).toBe(normalSf(4));
  });

  it("comes near the reflection principle as looks come close", () => {
    // P(B reaches c by 1) = 2 P(B(1) > c), and c moves by 0.5826/√looks where one looks from time to time (Siegmund 1985).
    const looks = 300;
    const information = Array.from({ length: looks }, (_, k) => (k + 1) / looks);
    const exits = exitProbabilities(
      {
        information,
        lower: information.map(() => -Infinity),
        upper: information.map((t) => 2 / Math.sqrt(t)),
      },
      0,
    );
    expect(sumOf(exits.upper)).toBeCloseTo(2 * normalSf(2 + 0.5826 / Math.sqrt(looks)), 3);
  });

  it("ends where nothing goes on", () => {
    const boundaries = { information: [0.2, 0.5, 1], lower: [1, -1, 0], upper: [1, 1, 0] };
    const { lower, upper } = exitProbabilities(boundaries, 0);
    expect(lower[0]! + upper[0]!).toBeCloseTo(1, 15);
    expect([...lower.slice(1), ...upper.slice(1)]).toEqual([0, 0, 0, 0]);
    expect(exitProbabilities({ information: [], lower: [], upper: [] }, 0)).toEqual({ lower: [], upper: [] });
  });

  it("takes drifts that decide at once", () => {
    const boundaries = { information: [0.5, 1], lower: [-2, -2], upper: [2, 2] };
    expect(exitProbabilities(boundaries, 1e300)).toEqual({ lower: [0, 0], upper: [1, 0] });
    expect(exitProbabilities(boundaries, -1e9)).toEqual({ lower: [1, 0], upper: [0, 0] });
  });
});

describe("a look of a walk", () => {
  const first = firstLook({ information: 0.4, highestDrift: 3 });
  const second = nextLook(first, [{ lower: -1, upper: 2 }], 1);

  it("answers for other drifts than its own", () => {
    const own = exitProbabilities({ information: [0.4, 1], lower: [-1, 0.5], upper: [2, 1.8] }, 3);
    expect(relativeError(upperExit(second, 1.8, 3), own.upper[1]!)).toBeLessThan(TOLERANCE);
    expect(relativeError(lowerExit(second, 0.5, 3), own.lower[1]!)).toBeLessThan(TOLERANCE);
    const reached = 1 - own.upper[0]! - own.lower[0]!;
    expect(reachProbability(second, 3)).toBeCloseTo(reached, 13);
  });

  it("has a density that is the slope of its tail", () => {
    const step = 1e-5;
    const slope = (upperExit(second, 1 - step) - upperExit(second, 1 + step)) / (2 * step);
    expect(exitDensity(second, 1)).toBeCloseTo(slope, 9);
    expect(exitDensity(first, 1)).toBeCloseTo(normalPdf(1), 15);
  });

  it("splits its probability among stretches", () => {
    const parts = lowerExit(second, 0) + exitBetween(second, 0, 1e-9) + upperExit(second, 1e-9);
    expect(parts).toBeCloseTo(reachProbability(second), 14);
    expect(exitBetween(second, -Infinity, 1)).toBe(lowerExit(second, 1));
    expect(exitBetween(second, -Infinity, Infinity)).toBeCloseTo(reachProbability(second), 14);
  });

  it("goes on in two regions beside a wedge as the bivariate normal distribution says", () => {
    const wedge = nextLook(
      first,
      [
        { lower: -2, upper: -0.3 },
        { lower: 0.3, upper: 2 },
      ],
      1,
    );
    const rho = Math.sqrt(0.4);
    const above = (z: number): number => bivariateNormalSf(z, 1.5, rho);
    const expected = above(-2) - above(-0.3) + above(0.3) - above(2);
    expect(relativeError(upperExit(wedge, 1.5), expected)).toBeLessThan(TOLERANCE);
    expect(relativeError(lowerExit(wedge, -1.5), expected)).toBeLessThan(TOLERANCE);
  });
});
