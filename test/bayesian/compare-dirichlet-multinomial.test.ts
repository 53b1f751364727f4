import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bayesFactorForProportions } from "../../src/bayesian/bayes-factor-for-proportions.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { compareDirichletMultinomial } from "../../src/bayesian/compare-dirichlet-multinomial.ts";
import { logDirichletBayesFactor } from "../../src/bayesian/dirichlet-bayes-factor.ts";
import { createRandom } from "../../src/numerics/random.ts";
import table from "../reference/bayesian/dirichlet-bayes-factor.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// Log Bayes factors: 1e-12 · max(1, |log|) against 60 digits.
const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

const funnel = {
  control: [900, 78, 22],
  treatment: [870, 96, 34],
  categories: ["visit", "cart", "sale"],
  ordered: true,
};

describe("compareDirichletMultinomial", () => {
  it.each(table)(
    "has the Bayes factor of 60 digits for $control and $treatment",
    ({ control, treatment, prior, logBayesFactor10 }) => {
      const found = logDirichletBayesFactor(control, treatment, prior);
      expect(logError(found, Number(logBayesFactor10))).toBeLessThan(1e-12);
      expect(logError(logDirichletBayesFactor(treatment, control, prior), found)).toBeLessThan(1e-12);
    },
  );

  it("does not care in its Bayes factor about the order of categories and arms", () => {
    const category = fc.tuple(fc.nat(1000), fc.nat(1000), fc.double({ min: 0.01, max: 10, noNaN: true }));
    fc.assert(
      fc.property(fc.array(category, { minLength: 2, maxLength: 4 }), (categories) => {
        const compare = (rows: typeof categories): number =>
          logDirichletBayesFactor(
            rows.map(([count]) => count),
            rows.map(([, count]) => count),
            rows.map(([, , concentration]) => concentration),
          );
        const log = compare(categories);
        expect(logError(compare(categories.toReversed()), log)).toBeLessThan(1e-11);
        expect(logError(compare(categories.map(([c, t, p]) => [t, c, p])), log)).toBeLessThan(1e-11);
      }),
      { numRuns: 200 },
    );
  });

  it("is the comparison of two rates where there are two categories", () => {
    const { categories, steps, logBayesFactor10 } = compareDirichletMultinomial({
      control: [470, 30],
      treatment: [450, 45],
      ordered: true,
    });
    const control = { n: 500, conversions: 30 };
    const treatment = { n: 495, conversions: 45 };
    const two = compareBetaBinomial({ control, treatment });
    expect(categories[1]!.share).toEqual(two);
    expect(steps[0]!.reach).toEqual(two);
    const factor = bayesFactorForProportions({ control, treatment });
    expect(relativeError(logBayesFactor10, factor.twoSided.logBayesFactor)).toBeLessThan(1e-12);
  });

  it("has the Beta posteriors of shares, of reaching a step, and of going on to it", () => {
    const { categories, steps, posterior } = compareDirichletMultinomial({ ...funnel, prior: [3, 2, 0.5] });
    expect(posterior.treatment).toEqual([873, 98, 34.5]);
    expect(categories[1]!.share.posterior.treatment).toMatchObject({ alpha: 98, beta: 907.5 });
    expect(steps.map(({ name }) => name)).toEqual(["cart", "sale"]);
    expect(steps[1]!.reach.posterior.treatment).toMatchObject({ alpha: 34.5, beta: 971 });
    expect(steps[0]!.reach.posterior.control).toMatchObject({ alpha: 102.5, beta: 903 });
    expect(steps[1]!.continuation.posterior.treatment).toMatchObject({ alpha: 34.5, beta: 98 });
    expect(steps[0]!.continuation).toEqual(steps[0]!.reach);
  });

  it("agrees with draws of whole Dirichlet vectors", () => {
    const counts = { control: [20, 9, 6, 2], treatment: [15, 9, 9, 6] };
    const { steps, categories } = compareDirichletMultinomial({ ...counts, ordered: true });
    const random = createRandom(3);
    const draws = 20_000;
    const tally = { share: 0, reach: 0, continuation: 0 };
    const vector = (list: readonly number[]): number[] => list.map((count) => random.gamma(1 + count));
    for (let draw = 0; draw < draws; draw++) {
      const [c, t] = [vector(counts.control), vector(counts.treatment)];
      const sum = (values: number[], from: number): number => values.slice(from).reduce((a, b) => a + b, 0);
      if (t[1]! / sum(t, 0) > c[1]! / sum(c, 0)) tally.share += 1;
      if (sum(t, 2) / sum(t, 0) > sum(c, 2) / sum(c, 0)) tally.reach += 1;
      if (sum(t, 2) / sum(t, 1) > sum(c, 2) / sum(c, 1)) tally.continuation += 1;
    }
    const exact = {
      share: categories[1]!.share.probabilityToBeat,
      reach: steps[1]!.reach.probabilityToBeat,
      continuation: steps[1]!.continuation.probabilityToBeat,
    };
    for (const key of ["share", "reach", "continuation"] as const) {
      const p = exact[key];
      expect(Math.abs(tally[key] / draws - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / draws));
    }
  });

  it("has a Bayes factor that averages to 1 over data under H0: all tables of 4 and 3 units", () => {
    const tables = (n: number): number[][] => {
      const all: number[][] = [];
      for (let i = 0; i <= n; i++) for (let j = 0; i + j <= n; j++) all.push([i, j, n - i - j]);
      return all;
    };
    const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
    const ways = (counts: readonly number[]): number =>
      counts.reduce((rest, count) => rest / factorial(count), factorial(counts.reduce((a, b) => a + b, 0)));
    // Under H0 and a uniform prior the pooled table of 7 units is uniform over C(9, 2) of them.
    let mean = 0;
    for (const control of tables(4)) {
      for (const treatment of tables(3)) {
        const both = control.map((count, i) => count + treatment[i]!);
        const probability = (ways(control) * ways(treatment)) / ways(both) / 36;
        mean += probability * Math.exp(logDirichletBayesFactor(control, treatment, [1, 1, 1]));
      }
    }
    expect(relativeError(mean, 1)).toBeLessThan(1e-12);
  });

  it("leaves the prior of an arm without units, and says so", () => {
    const result = compareDirichletMultinomial({ ...funnel, control: [0, 0, 0], prior: "perks" });
    expect(result.warnings.map(({ code }) => code)).toEqual(["NO_DATA"]);
    expect(result.posterior.control).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(Math.abs(result.logBayesFactor10)).toBeLessThan(1e-12);
    expect(compareDirichletMultinomial({ ...funnel, prior: "jeffreys" }).prior).toEqual([0.5, 0.5, 0.5]);
    expect(compareDirichletMultinomial({ ...funnel, ordered: false }).steps).toEqual([]);
  });

  it.each([
    [{ control: [1], treatment: [1] }, "control"],
    [{ control: [1, 2], treatment: [1, 2, 3] }, "treatment"],
    [{ control: [1, 2], treatment: [1, -2] }, "treatment[1]"],
    [{ control: [1, 2], treatment: [1, 2], prior: "haldane" }, "prior"],
    [{ control: [1, 2], treatment: [1, 2], prior: [1, 0] }, "prior[1]"],
    [{ control: [1, 2], treatment: [1, 2], prior: [1] }, "prior"],
    [{ control: [1, 2], treatment: [1, 2], categories: ["a", ""] }, "categories[1]"],
    [{ control: [1, 2], treatment: [1, 2], ordered: "yes" }, "ordered"],
    [{ control: [2 ** 53 - 1, 2], treatment: [1, 2] }, "control"],
  ])("refuses %j and names %s", (options, field) => {
    expect(() => compareDirichletMultinomial(options as never)).toThrow(expect.objectContaining({ field }));
  });
});
