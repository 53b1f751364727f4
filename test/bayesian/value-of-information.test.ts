import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostValuable } from "../../src/bayesian/most-valuable.ts";
import { sampleSizeForExpectedLoss } from "../../src/bayesian/sample-size-for-expected-loss.ts";
import { valueOfInformation } from "../../src/bayesian/value-of-information.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { relativeError } from "../support/relative-error.ts";

const arm = fc
  .tuple(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, rate]): Proportion => ({ n, conversions: Math.round(n * rate ** 2) }));

describe("valueOfInformation", () => {
  it("is 0 for no units, grows with them, and stays below that of perfect information", () => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const { choices, perfectInformation } = valueOfInformation({
          control,
          treatment,
          population: 1e6,
          additional: [0, 1, 5, 40, 300, 3000],
        });
        expect(choices[0]!.gainPerVisitor).toBe(0);
        choices.slice(1).forEach((choice, i) => {
          const before = choices[i]!.gainPerVisitor;
          expect(choice.gainPerVisitor).toBeGreaterThanOrEqual(before * (1 - 1e-11));
        });
        expect(choices.at(-1)!.gainPerVisitor).toBeLessThanOrEqual(
          perfectInformation.gainPerVisitor * (1 + 1e-11),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("does not care which arm is called the control", () => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const ask = (first: Proportion, second: Proportion) =>
          valueOfInformation({ control: first, treatment: second, population: 1e5, additional: 200 }).best;
        const [one, other] = [ask(control, treatment), ask(treatment, control)];
        expect(other.units).toEqual(one.units);
        expect(relativeError(other.gainPerVisitor, one.gainPerVisitor)).toBeLessThan(1e-10);
      }),
      { numRuns: 30 },
    );
  });

  it("may ask for all who are to come, and then has nobody left to gain from", () => {
    const arms = { control: { n: 40, conversions: 4 }, treatment: { n: 40, conversions: 6 } };
    const { choices } = valueOfInformation({ ...arms, population: 60, additional: [30], allocation: 1 });
    expect(choices[0]).toMatchObject({ units: { control: 30, treatment: 30 }, gain: 0 });
    expect(choices[0]!.gainPerVisitor).toBeGreaterThan(0);
    expect(() => valueOfInformation({ ...arms, population: 60, additional: 31 })).toThrow(
      "must leave at most population = 60 units",
    );
  });

  it("keeps its digits where hardly any end changes the choice", () => {
    const { choices, perfectInformation } = valueOfInformation({
      control: { n: 2000, conversions: 100 },
      treatment: { n: 2000, conversions: 300 },
      population: 1e6,
      additional: [1000, 100_000],
    });
    const [some, many] = choices.map(({ gainPerVisitor }) => gainPerVisitor);
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(many!);
    expect(many).toBeLessThan(perfectInformation.gainPerVisitor);
    expect(perfectInformation.gainPerVisitor).toBeLessThan(1e-20);
  });

  it("finds what no listed number of units beats", () => {
    const seen = { control: { n: 1000, conversions: 50 }, treatment: { n: 1000, conversions: 60 } };
    for (const extra of [
      {},
      { costPerUnit: 0.002 },
      { allocation: 0.25 },
      { valuePerConversion: 20, costPerUnit: 0.3 },
    ]) {
      const { best } = valueOfInformation({ ...seen, ...extra, population: 200_000 });
      const n = best.units.control;
      const listed = valueOfInformation({
        ...seen,
        ...extra,
        population: 200_000,
        additional: [0.25, 0.5, 0.8, 0.95, 1.05, 1.25, 2, 4].map((factor) => Math.round(n * factor)),
      });
      expect(n).toBeGreaterThan(100);
      for (const choice of listed.choices)
        expect(choice.netGain).toBeLessThanOrEqual(best.netGain * (1 + 1e-4));
    }
  });

  it("stops now where running on costs more than it brings", () => {
    const { best } = valueOfInformation({
      control: { n: 1000, conversions: 50 },
      treatment: { n: 1000, conversions: 60 },
      population: 10_000,
      costPerUnit: 1,
      unitsPerDay: 100,
    });
    expect(best.units).toEqual({ control: 0, treatment: 0 });
    expect(best.netGain).toBe(0);
    expect(best.days).toBe(0);
  });

  it("is what random experiments gain", () => {
    const random = createRandom(99);
    const control = { n: 200, conversions: 20 };
    const treatment = { n: 200, conversions: 24 };
    const more = 300;
    const { choices } = valueOfInformation({ control, treatment, population: 1e5, additional: more });
    const draws = 20_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < draws; i++) {
      const [first, second] = [control, treatment].map(({ n, conversions }) => {
        const rate = random.beta(1 + conversions, 1 + n - conversions);
        return { rate, mean: (1 + conversions + random.binomial(more, rate)) / (2 + n + more) };
      });
      // What is chosen then, by its true rate, against the treatment, which is ahead now.
      const gain = first!.mean > second!.mean ? first!.rate - second!.rate : 0;
      sum += gain;
      squares += gain ** 2;
    }
    const error = Math.sqrt(squares) / draws;
    expect(Math.abs(sum / draws - choices[0]!.gainPerVisitor)).toBeLessThan(4 * error);
  });

  it("names what it refuses", () => {
    const seen = { n: 10, conversions: 1 };
    const base = { control: seen, treatment: seen, population: 1000 };
    const fieldOf = (options: unknown): string => {
      try {
        valueOfInformation(options as typeof base);
      } catch (error) {
        return (error as DomainError).field;
      }
      return "";
    };
    expect(fieldOf({ ...base, population: 0 })).toBe("population");
    expect(fieldOf({ ...base, additional: [10, 501] })).toBe("additional[1]");
    expect(fieldOf({ ...base, additional: [] })).toBe("additional");
    expect(fieldOf({ ...base, additional: 2.5 })).toBe("additional");
    expect(fieldOf({ ...base, population: 1e9, additional: 1e8 })).toBe("additional");
    expect(fieldOf({ ...base, costPerUnit: -1 })).toBe("costPerUnit");
    expect(fieldOf({ ...base, unitsPerDay: 0 })).toBe("unitsPerDay");
  });
});

describe("mostValuable", () => {
  it("finds the top of a smooth hill to a thousandth, and says when the top is out of reach", () => {
    const hill = (n: number) => ({ netGain: -((Math.log(n) - Math.log(123_456)) ** 2), n });
    const { best, isLimited } = mostValuable((n) => (n > 1e9 ? "beyond" : hill(n)), { netGain: -1e9, n: 0 });
    expect(relativeError(best.n, 123_456)).toBeLessThan(2e-3);
    expect(isLimited).toBe(false);
    const cut = mostValuable((n) => (n > 1000 ? null : hill(n)), { netGain: -1e9, n: 0 });
    expect(cut.isLimited).toBe(true);
    expect(cut.best.n).toBeGreaterThan(900);
    expect(mostValuable(() => "beyond", { netGain: 0 })).toEqual({ best: { netGain: 0 }, isLimited: false });
  });
});

describe("sampleSizeForExpectedLoss", () => {
  it("has the closed form of uniform priors: a loss of 1 / (6 (n + 1))", () => {
    for (const thresholdOfCaring of [0.01, 1e-3, 1e-4, 1e-5]) {
      const { control, expectedLoss } = sampleSizeForExpectedLoss({ prior: "uniform", thresholdOfCaring });
      expect(control).toBe(Math.ceil(1 / (6 * thresholdOfCaring) - 1));
      expect(relativeError(expectedLoss, 1 / (6 * (control + 1)))).toBeLessThan(1e-9);
    }
  });

  it("is the smallest number that is enough, and 0 where none is needed", () => {
    for (const options of [
      { prior: { alpha: 5, beta: 95 }, thresholdOfCaring: 0.001 },
      { prior: { alpha: 5, beta: 95 }, thresholdOfCaring: 0.001, allocation: 0.3 },
      {
        prior: { control: { alpha: 50, beta: 450 }, treatment: { alpha: 5, beta: 45 } },
        thresholdOfCaring: 5e-4,
      },
    ]) {
      const size = sampleSizeForExpectedLoss(options);
      expect(size.expectedLoss).toBeLessThanOrEqual(options.thresholdOfCaring);
      const { choices, perfectInformation } = valueOfInformation({
        control: { n: 0, conversions: 0 },
        treatment: { n: 0, conversions: 0 },
        ...options,
        population: 1e9,
        additional: [size.control - 1, size.control],
      });
      const [before, at] = choices.map((choice) => perfectInformation.gainPerVisitor - choice.gainPerVisitor);
      expect(before).toBeGreaterThan(options.thresholdOfCaring);
      expect(relativeError(at!, size.expectedLoss)).toBeLessThan(1e-9);
    }
    const none = sampleSizeForExpectedLoss({ prior: { alpha: 500, beta: 500 }, thresholdOfCaring: 0.1 });
    expect([none.control, none.treatment, none.expectedLoss]).toEqual([0, 0, none.expectedLossNow]);
  });
});
