import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { probabilityBest } from "../../src/bayesian/probability-best.ts";
import { thompsonAllocation } from "../../src/bayesian/thompson-allocation.ts";
import { topTwoAllocation } from "../../src/bayesian/top-two-allocation.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { relativeError } from "../support/relative-error.ts";

const arms = [
  { n: 1000, conversions: 50 },
  { n: 1000, conversions: 65 },
  { n: 1000, conversions: 58 },
];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const someArms = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([n, rate]) => ({
      n,
      conversions: Math.round(n * rate),
    })),
  { minLength: 2, maxLength: 5 },
);

describe("thompsonAllocation", () => {
  it("gives each arm its probability to be best", () => {
    const best = probabilityBest({ arms }).arms.map(({ probabilityBest: p }) => p);
    expect(thompsonAllocation({ arms }).arms.map(({ share }) => share)).toEqual(best);
  });

  it("raises small shares to the floor and keeps the proportions of all others", () => {
    const [first, second, third] = thompsonAllocation({ arms, floor: 0.1 }).arms;
    expect(first!.share).toBe(0.1);
    expect(
      relativeError(second!.share / third!.share, second!.probabilityBest / third!.probabilityBest),
    ).toBeLessThan(1e-13);
    // At a floor of 0.24 the second arm alone is left above it, since shrinking takes the third below.
    expect(thompsonAllocation({ arms, floor: 0.24 }).arms.map(({ share }) => share)).toEqual([
      0.24,
      expect.closeTo(0.52, 12),
      0.24,
    ]);
    thompsonAllocation({ arms, floor: 1 / 3 }).arms.forEach(({ share }) =>
      expect(share).toBeCloseTo(1 / 3, 14),
    );
  });

  it("adds up to 1, with no share below the floor, and warns of what comes after", () => {
    fc.assert(
      fc.property(someArms, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const floor = part / list.length;
        for (const result of [
          thompsonAllocation({ arms: list, floor }),
          topTwoAllocation({ arms: list, floor }),
        ]) {
          const shares = result.arms.map(({ share }) => share);
          expect(Math.abs(sum(shares) - 1)).toBeLessThan(1e-12);
          expect(Math.min(...shares)).toBeGreaterThanOrEqual(floor);
          expect(result.warnings[0]!.code).toBe("ADAPTIVE_ALLOCATION");
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe("topTwoAllocation", () => {
  it("is what drawing a leader and a challenger gives", () => {
    const found = topTwoAllocation({ arms, beta: 0.6 }).arms;
    const chances = found.map(({ probabilityBest: p }) => p);
    const random = createRandom(17);
    const draw = (): number => {
      const u = random.uniform();
      return u < chances[0]! ? 0 : u < chances[0]! + chances[1]! ? 1 : 2;
    };
    const units = 40_000;
    const counts = [0, 0, 0];
    for (let unit = 0; unit < units; unit++) {
      let arm = draw();
      if (random.uniform() >= 0.6) {
        const leader = arm;
        while (arm === leader) arm = draw();
      }
      counts[arm]! += 1;
    }
    found.forEach(({ share }, i) => {
      expect(Math.abs(counts[i]! / units - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / units));
    });
  });

  it("is Thompson sampling for β = 1, and splits two arms by halves for β = 1/2", () => {
    const thompson = thompsonAllocation({ arms }).arms.map(({ share }) => share);
    topTwoAllocation({ arms, beta: 1 }).arms.forEach(({ share }, i) => {
      expect(relativeError(share, thompson[i]!)).toBeLessThan(1e-13);
    });
    for (const { share } of topTwoAllocation({ arms: arms.slice(0, 2) }).arms) {
      expect(relativeError(share, 0.5)).toBeLessThan(1e-13);
    }
  });

  it("divides the challengers' half by their chances, however sure the leader is: 1 − ψ is below 1e-300", () => {
    const { arms: found } = topTwoAllocation({
      arms: [
        { n: 10_000, conversions: 9000 },
        { n: 10_000, conversions: 500 },
        { n: 10_000, conversions: 500 },
      ],
    });
    expect(found[1]!.probabilityBest).toBe(0);
    expect(relativeError(found[0]!.share, 0.5)).toBeLessThan(1e-12);
    expect(relativeError(found[1]!.share, 0.25)).toBeLessThan(1e-9);
    expect(relativeError(found[2]!.share, found[1]!.share)).toBeLessThan(1e-9);
  });

  it.each([
    [{ arms, beta: 1.5 }, "beta"],
    [{ arms, floor: 0.34 }, "floor"],
    [{ arms, floor: -0.1 }, "floor"],
  ])("refuses %j and names %s", (options, field) => {
    expect(() => topTwoAllocation(options)).toThrow(expect.objectContaining({ field }));
  });
});
