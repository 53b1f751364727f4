import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationDays } from "../../src/planning/duration-days.ts";
import { minimumDetectableLift } from "../../src/planning/minimum-detectable-lift.ts";
import { minimumDetectableLiftForCounts } from "../../src/planning/minimum-detectable-lift-for-counts.ts";
import { minimumDetectableLiftForMeans } from "../../src/planning/minimum-detectable-lift-for-means.ts";
import { powerForCounts } from "../../src/planning/power-for-counts.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { sampleSizeForCounts } from "../../src/planning/sample-size-for-counts.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { relativeError } from "../support/relative-error.ts";

// What size, power and effect of one plan owe each other: a few of each here, RELATION_RUNS in the slow lane.
const numRuns = Number(process.env["RELATION_RUNS"] ?? 20);

interface Plan {
  readonly asked: number;
  readonly power: (effect: number, n: number) => number;
  readonly size: (effect: number) => number;
  /** Null where no effect has the power. */
  readonly effect: (n: number) => number | null;
}

const magnitude = (least: number, most: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
const design = fc.record({
  alpha: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
  alternative: fc.constantFrom("two-sided" as const, "greater" as const),
  allocation: fc.double({ min: 0.3, max: 3, noNaN: true }),
});
const target = fc.double({ min: 0.4, max: 0.98, noNaN: true });

const PLANS: Readonly<Record<string, fc.Arbitrary<Plan>>> = {
  proportions: fc.tuple(design, magnitude(1e-9, 0.5), target).map(([common, baseline, power]) => ({
    asked: power,
    power: (lift, n) => powerForProportions({ ...common, baseline, lift, n }).power,
    size: (lift) => sampleSizeForProportions({ ...common, baseline, lift, power }).control,
    effect: (n) => minimumDetectableLift({ ...common, baseline, n, power }).lift,
  })),
  means: fc
    .tuple(design, magnitude(1e-6, 1e6), magnitude(0.1, 10), target)
    .map(([common, mean, cv, power]) => {
      const metric = { ...common, baseline: mean, standardDeviation: cv * mean };
      return {
        asked: power,
        power: (lift, n) => powerForMeans({ ...metric, lift, n }).power,
        size: (lift) => sampleSizeForMeans({ ...metric, lift, power }).control,
        effect: (n) => minimumDetectableLiftForMeans({ ...metric, n, power }).lift,
      };
    }),
  counts: fc.tuple(design, magnitude(1e-9, 50), target).map(([common, baseline, power]) => ({
    asked: power,
    power: (lift, n) => powerForCounts({ ...common, baseline, lift, n }).power,
    size: (lift) => sampleSizeForCounts({ ...common, baseline, lift, power }).control,
    effect: (n) => minimumDetectableLiftForCounts({ ...common, baseline, n, power }).lift,
  })),
};

const lift = magnitude(0.01, 0.9);

describe.each(Object.keys(PLANS))("a plan for %s", (kind) => {
  it("of the size for an effect detects that effect, and of one unit less does not", () => {
    fc.assert(
      fc.property(PLANS[kind]!, lift, ({ asked, power, size }, effect) => {
        const n = size(effect);
        fc.pre(n > 10 && n < 1e14);
        expect(power(effect, n)).toBeGreaterThanOrEqual(asked - 1e-12);
        expect(power(effect, n - 1)).toBeLessThan(asked + 1e-12);
      }),
      { numRuns },
    );
  });

  it("detects at its size no effect that is larger than the one planned, and at one unit less none as small", () => {
    fc.assert(
      fc.property(PLANS[kind]!, lift, ({ size, effect }, planned) => {
        const n = size(planned);
        fc.pre(n > 10 && n < 1e14);
        expect(effect(n)!).toBeLessThanOrEqual(planned * (1 + 1e-9));
        const before = effect(n - 1);
        if (before !== null) expect(before).toBeGreaterThanOrEqual(planned * (1 - 1e-9));
      }),
      { numRuns },
    );
  });

  // Where power is small a larger effect may have less of it: its own variance grows as well.
  it("has more power with more units and with a larger effect", () => {
    fc.assert(
      fc.property(PLANS[kind]!, lift, ({ asked, power, size }, effect) => {
        const n = size(effect);
        fc.pre(asked > 0.5 && n > 10 && n < 1e14);
        expect(power(effect, 2 * n)).toBeGreaterThanOrEqual(power(effect, n) - 1e-13);
        expect(power(1.1 * effect, n)).toBeGreaterThanOrEqual(power(effect, n) - 1e-13);
      }),
      { numRuns },
    );
  });
});

describe("days and units", () => {
  it("are one thing told in two ways", () => {
    fc.assert(
      fc.property(
        magnitude(10, 1e9),
        magnitude(1, 1e7),
        fc.integer({ min: 1, max: 4 }),
        (n, perDay, treatments) => {
          const { days } = durationDays({ n, unitsPerDay: perDay, treatments });
          expect(relativeError(days * perDay, n)).toBeLessThan(1e-12);
          const inAll = durationDays({ n, totalUnitsPerDay: perDay * (1 + treatments), treatments });
          expect(relativeError(inAll.days, days)).toBeLessThan(1e-12);
          expect(inAll.total).toBeCloseTo(n * (1 + treatments), 0);
        },
      ),
      { numRuns },
    );
  });
});

describe("the looks of a design", () => {
  it("by O'Brien and Fleming fall in z, rise in nominal level and spend alpha and power in order", () => {
    const spending = fc.constantFrom("obrien-fleming" as const, "lan-demets-obrien-fleming" as const);
    const alpha = fc.double({ min: 0.01, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(spending, alpha, fc.integer({ min: 2, max: 6 }), (name, level, looks) => {
        const made = groupSequentialDesign({ looks, spending: name, alpha: level });
        made.looks.slice(1).forEach((look, i) => {
          const before = made.looks[i]!;
          expect(look.efficacy).toBeLessThan(before.efficacy);
          expect(look.criticalPValue).toBeGreaterThan(before.criticalPValue);
          expect(look.cumulativeAlpha).toBeGreaterThan(before.cumulativeAlpha);
          expect(look.cumulativePower).toBeGreaterThan(before.cumulativePower);
        });
        expect(made.looks.at(-1)!.cumulativeAlpha).toBeCloseTo(level, 8);
        expect(made.looks.at(-1)!.criticalPValue).toBeLessThan(level);
      }),
      { numRuns: Math.ceil(numRuns / 20) },
    );
  });
});
