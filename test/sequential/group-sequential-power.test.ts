import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import {
  groupSequentialBoundaries,
  type GroupSequentialBoundariesOptions,
} from "../../src/sequential/group-sequential-boundaries.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { groupSequentialPower } from "../../src/sequential/group-sequential-power.ts";
import { sampleSizeForGroupSequential } from "../../src/sequential/sample-size-for-group-sequential.ts";
import reference from "../reference/sequential/group-sequential-design.json" with { type: "json" };
import { designWalkShares } from "../support/design-walk-shares.ts";
import { relativeError } from "../support/relative-error.ts";

const SHAPES: Readonly<Record<string, "obrien-fleming" | "pocock">> = { OF: "obrien-fleming", P: "pocock" };

describe("groupSequentialPower", () => {
  // Largest error seen: 1e-14.
  it.each(reference.cases.filter(({ in: { design } }) => design in SHAPES))(
    "rejects as often at any drift as the reference says, $in.design with $in.k looks, to 1e-12",
    ({ in: given, out }) => {
      const design = groupSequentialDesign({
        looks: given.k,
        alpha: given.alpha,
        alternative: given.sided === 2 ? "two-sided" : "greater",
        power: 1 - given.beta,
        spending: SHAPES[given.design],
      });
      for (const expected of out.power_at_drift) {
        const power = groupSequentialPower({ design, drift: expected.drift });
        power.looks.forEach((look, k) =>
          expect(relativeError(look.cumulativeRejection, expected.upper_cum[k]!)).toBeLessThan(1e-12),
        );
        expect(Math.abs(power.farTail - expected.lower_cum.at(-1)!)).toBeLessThan(1e-15);
        expect(relativeError(power.expectedSize.ofMaximum, expected.asn_fraction)).toBeLessThan(1e-12);
      }
    },
  );

  it("has the design's own figures at its own effect", () => {
    const design = groupSequentialDesign({ looks: 4, alternative: "greater", futility: { binding: true } });
    const power = groupSequentialPower({ design, effectRatio: 1 });
    expect(power.drift).toBe(design.drift);
    expect(power.power).toBeCloseTo(0.8, 13);
    power.looks.forEach((look, k) => {
      expect(look.rejection).toBeCloseTo(design.looks[k]!.stagePower, 13);
      expect(look.reached).toBeCloseTo(design.looks[k]!.reached.alternative, 13);
      expect(look.futility).toBeCloseTo(design.looks[k]!.futilityProbability.alternative, 13);
    });
    expect(power.expectedSize.ofFixed).toBeCloseTo(design.expectedSize.alternative.ofFixed, 12);
  });

  it("mirrors with the drift of a two-sided design", () => {
    const design = groupSequentialDesign({ looks: 3, spending: "pocock" });
    const up = groupSequentialPower({ design, drift: 1.3 });
    const down = groupSequentialPower({ design, drift: -1.3 });
    expect(down.farTail).toBeCloseTo(up.power, 14);
    expect(down.power).toBeCloseTo(up.farTail, 14);
  });

  it("is certain at enormous effects", () => {
    const design = groupSequentialDesign({ looks: 3, spending: "pocock" });
    expect(groupSequentialPower({ design, effectRatio: 1e6 }).power).toBe(1);
    expect(groupSequentialPower({ design, drift: -1e300 })).toMatchObject({ power: 0, farTail: 1 });
    expect(groupSequentialPower({ design, effectRatio: 1e6 }).expectedSize.ofMaximum).toBeCloseTo(1 / 3, 15);
  });

  it("rejects and gives up as often as simulated walks do", () => {
    const random = createRandom(4);
    const runs = 20_000;
    for (const alternative of ["greater", "two-sided"] as const) {
      const design = groupSequentialDesign({
        informationRates: [0.3, 0.5, 1],
        alternative,
        spending: "lan-demets-pocock",
        futility: { spending: "hwang-shih-decani", gamma: -2 },
      });
      for (const effectRatio of [0, 1]) {
        const power = groupSequentialPower({ design, effectRatio });
        const shares = designWalkShares(design, power.drift, runs, random);
        const isWithin = (share: number, probability: number): boolean =>
          Math.abs(share - probability) <= 4 * Math.sqrt((probability * (1 - probability)) / runs);
        expect(isWithin(shares.rejected, power.power)).toBe(true);
        expect(isWithin(shares.wrongSide, power.farTail)).toBe(true);
        expect(isWithin(shares.futile, power.futilityProbability)).toBe(true);
        expect(Math.abs(shares.information - power.expectedSize.ofMaximum)).toBeLessThan(4 / Math.sqrt(runs));
      }
    }
  });

  it("asks for a design, and for one drift", () => {
    const design = groupSequentialDesign({ looks: 2 });
    expect(() => groupSequentialPower({ design })).toThrow(DomainError);
    expect(() => groupSequentialPower({ design, drift: 1, effectRatio: 1 })).toThrow(DomainError);
    expect(() => groupSequentialPower({ design, drift: Number.NaN })).toThrow("drift");
    expect(() => groupSequentialPower({ design: { ...design, looks: [] }, drift: 1 })).toThrow(
      "design.looks",
    );
  });
});

describe("sampleSizeForGroupSequential", () => {
  const fixed = sampleSizeForProportions({ baseline: 0.05, lift: 0.2 });

  it("is the fixed size, inflated, and whole at each look", () => {
    const design = groupSequentialDesign({ looks: 4, spending: "obrien-fleming" });
    const size = sampleSizeForGroupSequential({ design, fixedN: fixed.exact.control, allocation: 2 });
    expect(size.exact.control).toBe(fixed.exact.control * design.inflation);
    expect(size.treatment).toBe(Math.ceil(2 * size.exact.control));
    expect(size.total).toBe(size.control + size.treatment);
    expect(size.looks.at(-1)).toEqual({
      information: 1,
      control: size.control,
      treatment: size.treatment,
      total: size.total,
    });
    expect(size.looks.map(({ control }) => control)).toEqual([2089, 4177, 6265, 8353]);
    expect(size.expected.alternative.control).toBeCloseTo(
      fixed.exact.control * design.expectedSize.alternative.ofFixed,
      8,
    );
    expect(size.expected.null.total).toBeGreaterThan(size.expected.alternative.total);
  });

  it("is the fixed size at one look", () => {
    const design = groupSequentialDesign({ looks: 1 });
    const size = sampleSizeForGroupSequential({ design, fixedN: fixed.exact.control });
    expect(size).toMatchObject({ control: fixed.control, treatment: fixed.treatment, inflation: 1 });
    expect(size.expected.halfway.control).toBe(fixed.exact.control);
  });

  it("asks for a size above 0", () => {
    const design = groupSequentialDesign({ looks: 2 });
    for (const fixedN of [0, -1, Infinity, Number.NaN]) {
      expect(() => sampleSizeForGroupSequential({ design, fixedN })).toThrow("fixedN");
    }
    expect(() => sampleSizeForGroupSequential({ design, fixedN: 10, allocation: 0 })).toThrow("allocation");
  });
});

describe("groupSequentialBoundaries", () => {
  it("stops where the score test of the same counts would", () => {
    for (const baseline of [0.05, 0.5, 0.9]) {
      for (const allocation of [0.5, 1, 3]) {
        const design = groupSequentialDesign({ looks: 3, spending: "pocock" });
        const { looks } = groupSequentialBoundaries({ design, n: 3e7, baseline, allocation });
        looks.forEach(({ control, treatment, efficacy }) => {
          for (const side of ["lower", "upper"] as const) {
            const { z, difference, lift } = efficacy[side]!;
            expect(lift).toBe(difference / baseline);
            // Whole conversions come within a rounding of the boundary.
            const { statistic } = compareProportions({
              control: { n: control, conversions: Math.round(baseline * control) },
              treatment: { n: treatment, conversions: Math.round((baseline + difference) * treatment) },
            });
            expect(statistic).toBeCloseTo(z, 2);
          }
        });
      }
    }
  });

  it("stops where the z-test of the same means would", () => {
    const design = groupSequentialDesign({ looks: 2, alternative: "less", futility: { boundaries: [0.5] } });
    const { looks, method } = groupSequentialBoundaries({
      design,
      n: 1e9,
      baseline: 20,
      standardDeviation: 30,
    });
    expect(method).toBe("z");
    const first = looks[0]!;
    expect(first.efficacy.upper).toBeNull();
    expect(first.futility!.upper).toBeNull();
    expect(first.futility!.lower!.z).toBe(-0.5);
    const { difference, z } = first.efficacy.lower!;
    expect(difference).toBeLessThan(0);
    const comparison = compareMeans({
      control: { n: first.control, mean: 20, variance: 900 },
      treatment: { n: first.treatment, mean: 20 + difference, variance: 900 },
    });
    expect(relativeError(comparison.statistic!, z)).toBeLessThan(1e-7);
  });

  it("gives the wedge of a two-sided design on both sides of no effect", () => {
    const design = groupSequentialDesign({ looks: 2, futility: {} });
    const { looks } = groupSequentialBoundaries({ design, n: 1e4, baseline: 0.5 });
    const { lower, upper } = looks[0]!.futility!;
    expect(lower!.difference).toBeCloseTo(-upper!.difference, 15);
    expect(upper!.z).toBe(design.looks[0]!.futility);
    expect(looks[1]!.futility).toBeNull();
  });

  it("is infinite where no rate is enough", () => {
    const design = groupSequentialDesign({ informationRates: [0.01, 1], alternative: "greater" });
    const { looks } = groupSequentialBoundaries({ design, n: 300, baseline: 0.6 });
    expect(looks[0]!.efficacy.upper).toMatchObject({ difference: Infinity, lift: Infinity });
    expect(looks[1]!.efficacy.upper!.difference).toBeLessThan(0.4);
    const late = groupSequentialDesign({ looks: 2, spending: [0, 0.05] });
    const unspent = groupSequentialBoundaries({ design: late, n: 300, baseline: 0.6 }).looks[0]!;
    expect(unspent.efficacy).toEqual({
      lower: { z: -Infinity, difference: -Infinity, lift: -Infinity },
      upper: { z: Infinity, difference: Infinity, lift: Infinity },
    });
  });

  it("holds at 1e12 units", () => {
    const design = groupSequentialDesign({ looks: 1 });
    const { looks } = groupSequentialBoundaries({ design, n: 1e12, baseline: 0.002 });
    const { difference } = looks[0]!.efficacy.upper!;
    // p̄ moves by half of the difference, a relative 1e-4 of the spread.
    expect(relativeError(difference, 1.959963984540054 * Math.sqrt(2e-12 * 0.002 * 0.998))).toBeLessThan(
      1e-4,
    );
  });

  it.each<[string, Partial<GroupSequentialBoundariesOptions>]>([
    ["n", { n: 0 }],
    ["baseline", { baseline: 1 }],
    ["baseline", { baseline: 0, standardDeviation: 1 }],
    ["standardDeviation", { standardDeviation: 0 }],
    ["allocation", { allocation: -1 }],
  ])("refuses a wrong %s", (field, wrong) => {
    const design = groupSequentialDesign({ looks: 2 });
    expect(() => groupSequentialBoundaries({ design, n: 100, baseline: 0.1, ...wrong })).toThrow(field);
  });
});
