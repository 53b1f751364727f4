import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ArmAhead } from "../../src/bayesian/arm-ahead.ts";
import { assuranceForBetaBinomial } from "../../src/bayesian/assurance-for-beta-binomial.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { predictiveProbability } from "../../src/bayesian/predictive-probability.ts";
import { type CheckedCriterion, successMargin } from "../../src/bayesian/success-criterion.ts";
import { successEdge } from "../../src/bayesian/success-edge.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { predictivePower } from "../../src/sequential/predictive-power.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { relativeError } from "../support/relative-error.ts";

const arm = fc
  .tuple(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, rate]): Proportion => ({ n, conversions: Math.round(n * rate ** 2) }));
const criterion = fc.constantFrom<CheckedCriterion>(
  { kind: "significance", alpha: 0.05, alternative: "two-sided" },
  { kind: "posterior-probability", probability: 0.9 },
  { kind: "expected-loss", thresholdOfCaring: 0.01 },
);
const NOTHING = { control: 0, treatment: 0 };

describe("predictiveProbability", () => {
  it("is 0 or 1 when nothing remains, as the comparisons say", () => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const at = (what: CheckedCriterion) =>
          predictiveProbability({ control, treatment, remaining: NOTHING, criterion: what });
        const { pValue } = compareProportions({ control, treatment });
        const posterior = compareBetaBinomial({ control, treatment });
        const significant = at({ kind: "significance", alpha: 0.05, alternative: "two-sided" });
        expect(significant.probability).toBe(pValue! <= 0.05 ? 1 : 0);
        const believed = at({ kind: "posterior-probability", probability: 0.9 });
        expect(believed.sides.greater).toBe(posterior.probabilityToBeat >= 0.9 ? 1 : 0);
        expect(believed.sides.less).toBe(posterior.probabilityToLose >= 0.9 ? 1 : 0);
        const cheap = at({ kind: "expected-loss", thresholdOfCaring: 0.01 });
        expect(cheap.sides.greater).toBe(posterior.expectedLoss.treatment <= 0.01 ? 1 : 0);
        expect(cheap.sides.less).toBe(posterior.expectedLoss.control <= 0.01 ? 1 : 0);
      }),
      { numRuns: 30 },
    );
  });

  it("maps greater to less when the arms are swapped, or every conversion is none", () => {
    fc.assert(
      fc.property(arm, arm, criterion, fc.nat(60), fc.nat(60), (control, treatment, what, r1, r2) => {
        const of = (first: Proportion, second: Proportion, remaining: typeof NOTHING) =>
          predictiveProbability({ control: first, treatment: second, remaining, criterion: what });
        const one = of(control, treatment, { control: r1, treatment: r2 });
        const swapped = of(treatment, control, { control: r2, treatment: r1 });
        const mirrored = of(mirror(control), mirror(treatment), { control: r1, treatment: r2 });
        for (const other of [swapped, mirrored]) {
          expect(relativeError(other.sides.less, one.sides.greater)).toBeLessThan(1e-11);
          expect(relativeError(other.sides.greater, one.sides.less)).toBeLessThan(1e-11);
          expect(relativeError(other.probability, one.probability)).toBeLessThan(1e-11);
        }
        expect(one.probability).toBeLessThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  it("has edges that are those of looking at every table, at a few thousand counts", () => {
    const ahead = (n: number, conversions: number, remaining: number): ArmAhead => ({
      seen: { n, conversions },
      prior: { alpha: 1, beta: 1 },
      remaining,
    });
    const random = createRandom(31);
    for (const what of fc.sample(criterion, { numRuns: 6, seed: 5 })) {
      const [first, second] = [ahead(400, 30, 3000), ahead(300, 20, 2500)];
      const margin = successMargin(what, first, second);
      const all = (n: number) => ({ first: 0, pmf: new Float64Array(n + 1) });
      const edge = successEdge(margin, all(3000), all(2500));
      for (let i = 0; i < 60; i++) {
        const row = Math.floor(random.uniform() * 3001);
        const fewest = edge[row]!;
        const isRight =
          (fewest === 0 || margin(row, fewest - 1) < 0) && (fewest > 2500 || margin(row, fewest) >= 0);
        expect(isRight, `row ${row}`).toBe(true);
      }
    }
  });

  it("comes near the predictive power of a normal statistic, for many units", () => {
    const control = { n: 1_000_000, conversions: 300_000 };
    const treatment = { n: 1_000_000, conversions: 300_900 };
    const exact = predictiveProbability({
      control,
      treatment,
      remaining: { control: 1_000_000, treatment: 1_000_000 },
    });
    const design = groupSequentialDesign({ informationRates: [1], alternative: "two-sided" });
    const { statistic } = compareProportions({ control, treatment });
    const normal = predictivePower({ design, looks: [{ information: 0.5, z: statistic! }] });
    expect(Math.abs(exact.sides.greater - normal.sides.greater)).toBeLessThan(1e-3);
    expect(Math.abs(exact.sides.less - normal.sides.less)).toBeLessThan(1e-3);
  });

  it("is what random ends come to", () => {
    const random = createRandom(7);
    const control = { n: 120, conversions: 14 };
    const treatment = { n: 90, conversions: 17 };
    const { probability } = predictiveProbability({
      control,
      treatment,
      remaining: { control: 300, treatment: 200 },
    });
    const draws = 4000;
    let successes = 0;
    for (let i = 0; i < draws; i++) {
      const end = (seen: Proportion, more: number): Proportion => ({
        n: seen.n + more,
        conversions:
          seen.conversions +
          random.binomial(more, random.beta(1 + seen.conversions, 1 + seen.n - seen.conversions)),
      });
      if (
        compareProportions({ control: end(control, 300), treatment: end(treatment, 200) }).pValue! <= 0.05
      ) {
        successes++;
      }
    }
    const error = Math.sqrt((probability * (1 - probability)) / draws);
    expect(Math.abs(successes / draws - probability)).toBeLessThan(4 * error);
  });

  it("stands by small and large numbers", () => {
    const none = { n: 0, conversions: 0 };
    const one = predictiveProbability({
      control: none,
      treatment: none,
      remaining: { control: 1, treatment: 1 },
    });
    expect(one.probability).toBe(0);
    const many = { n: 1e9, conversions: 1e8 };
    const next = predictiveProbability({
      control: many,
      treatment: { n: 1e9, conversions: 1e8 + 30_000 },
      remaining: { control: 1e9, treatment: 1e9 },
    });
    expect(next.sides.greater).toBeGreaterThan(0.5);
    expect(next.sides.greater).toBeLessThan(0.9);
    const nobody = predictiveProbability({
      control: { n: 1e6, conversions: 0 },
      treatment: { n: 1e6, conversions: 1e6 },
      remaining: { control: 10, treatment: 10 },
    });
    expect(nobody.sides.greater).toBeCloseTo(1, 14);
    expect(nobody.sides.less).toBe(0);
  });

  it("names what it refuses", () => {
    const seen = { n: 10, conversions: 1 };
    const base = { control: seen, treatment: seen, remaining: { control: 5, treatment: 5 } };
    const fieldOf = (options: unknown): string => {
      try {
        predictiveProbability(options as typeof base);
      } catch (error) {
        return (error as DomainError).field;
      }
      return "";
    };
    const none = { n: 0, conversions: 0 };
    expect(fieldOf({ ...base, control: none, remaining: NOTHING })).toBe("remaining.control");
    expect(fieldOf({ ...base, remaining: { control: 5, treatment: 2 ** 53 - 1 } })).toBe(
      "remaining.treatment",
    );
    expect(fieldOf({ ...base, remaining: { control: 1e8, treatment: 5 } })).toBe("remaining.control");
    expect(fieldOf({ ...base, criterion: { kind: "luck" } })).toBe("criterion.kind");
    expect(fieldOf({ ...base, criterion: { kind: "significance", alpha: 0.6, alternative: "less" } })).toBe(
      "criterion.alpha",
    );
    expect(fieldOf({ ...base, criterion: { kind: "posterior-probability", probability: 1 } })).toBe(
      "criterion.probability",
    );
    expect(fieldOf({ ...base, criterion: { kind: "posterior-probability", probability: "0.9" } })).toBe(
      "criterion.probability",
    );
    expect(fieldOf({ ...base, criterion: { kind: "expected-loss" } })).toBe("criterion.thresholdOfCaring");
    expect(fieldOf({ ...base, prior: { alpha: 0, beta: 1 } })).toBe("prior.alpha");
  });
});

describe("assuranceForBetaBinomial", () => {
  it("grows towards the probability of a benefit, and never beyond it by much", () => {
    const prior = { control: { alpha: 40, beta: 360 }, treatment: { alpha: 12, beta: 88 } };
    let last = 0;
    for (const n of [100, 1000, 10_000, 100_000]) {
      const { sides, probabilityOfBenefit } = assuranceForBetaBinomial({ prior, n });
      expect(sides.greater).toBeGreaterThan(last);
      expect(sides.greater).toBeLessThan(probabilityOfBenefit);
      last = sides.greater;
    }
    const { sides, probabilityOfBenefit } = assuranceForBetaBinomial({ prior, n: 1_000_000 });
    expect(Math.abs(sides.greater - probabilityOfBenefit)).toBeLessThan(0.02);
  });

  it("is the prediction without data, with whole units of an uneven split", () => {
    const prior = { alpha: 3, beta: 40 };
    const planned = assuranceForBetaBinomial({ prior, n: 301, allocation: 0.5 });
    expect(planned.units).toEqual({ control: 301, treatment: 151 });
    const none = { n: 0, conversions: 0 };
    const predicted = predictiveProbability({
      control: none,
      treatment: none,
      remaining: planned.units,
      prior,
    });
    expect(predicted.probability).toBe(planned.probability);
  });
});

function mirror({ n, conversions }: Proportion): Proportion {
  return { n, conversions: n - conversions };
}
