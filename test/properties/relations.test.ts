import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { mergeMeans } from "../../src/summaries/mean.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { relativeError } from "../support/relative-error.ts";

// What must hold between two calls, whatever the right answer: a few of each here, and RELATION_RUNS in the slow lane.
const numRuns = Number(process.env["RELATION_RUNS"] ?? 40);

const proportion: fc.Arbitrary<Proportion> = fc
  .tuple(fc.integer({ min: 20, max: 1e6 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }))
  .map(([n, share]) => ({ n, conversions: Math.min(n - 1, Math.max(1, Math.round(n * share))) }));
const mean = fc.record({
  n: fc.integer({ min: 5, max: 1e6 }),
  mean: fc.double({ min: 0.1, max: 100, noNaN: true }),
  variance: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
});
const pair = fc.tuple(proportion, proportion);
const test = fc.constantFrom("score" as const, "wald" as const);
const plan = fc.record({
  baseline: fc.double({ min: 0.005, max: 0.5, noNaN: true }),
  lift: fc.double({ min: 0.02, max: 0.8, noNaN: true }),
  alpha: fc.double({ min: 0.005, max: 0.2, noNaN: true }),
});

describe("the arms of a comparison", () => {
  it("swapped, turn the difference, z and lift around and keep the two-sided p-value", () => {
    fc.assert(
      fc.property(pair, test, ([control, treatment], method) => {
        const there = compareProportions({ control, treatment, test: method });
        const back = compareProportions({ control: treatment, treatment: control, test: method });
        expect(back.difference.estimate! + there.difference.estimate!).toBe(0);
        expect(back.statistic! + there.statistic!).toBeCloseTo(0, 9);
        expect(relativeError(back.logPValue!, there.logPValue!)).toBeLessThan(1e-9);
        expect(relativeError(1 + back.lift.estimate!, 1 / (1 + there.lift.estimate!))).toBeLessThan(1e-12);
      }),
      { numRuns },
    );
  });

  it("swapped, turn one alternative into the other, and the two of them add up to 1", () => {
    fc.assert(
      fc.property(pair, test, ([control, treatment], method) => {
        const greater = compareProportions({ control, treatment, test: method, alternative: "greater" });
        const less = compareProportions({ control, treatment, test: method, alternative: "less" });
        const swapped = compareProportions({
          control: treatment,
          treatment: control,
          test: method,
          alternative: "less",
        });
        expect(greater.pValue! + less.pValue!).toBeCloseTo(1, 12);
        expect(relativeError(swapped.logPValue!, greater.logPValue!)).toBeLessThan(1e-9);
        const both = compareProportions({ control, treatment, test: method });
        expect(both.pValue!).toBeCloseTo(2 * Math.min(greater.pValue!, less.pValue!), 12);
      }),
      { numRuns },
    );
  });

  it("swapped, turn the posterior probability to beat into what is left of 1", () => {
    fc.assert(
      fc.property(pair, ([control, treatment]) => {
        const prior = { alpha: 1, beta: 1 };
        const there = compareBetaBinomial({ control, treatment, prior });
        const back = compareBetaBinomial({ control: treatment, treatment: control, prior });
        expect(there.probabilityToBeat + back.probabilityToBeat).toBeCloseTo(1, 11);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });
});

describe("a comparison", () => {
  it("of twice the counts has the same rates, and a Wald z √2 as large", () => {
    fc.assert(
      fc.property(pair, ([control, treatment]) => {
        const twice = ({ n, conversions }: Proportion): Proportion => ({
          n: 2 * n,
          conversions: 2 * conversions,
        });
        const once = compareProportions({ control, treatment, test: "wald" });
        const doubled = compareProportions({
          control: twice(control),
          treatment: twice(treatment),
          test: "wald",
        });
        expect(doubled.difference.estimate).toBe(once.difference.estimate);
        expect(doubled.statistic!).toBeCloseTo(Math.SQRT2 * once.statistic!, 8);
      }),
      { numRuns },
    );
  });

  it("has an interval that leaves out no effect exactly when p is below alpha", () => {
    fc.assert(
      fc.property(pair, test, ([control, treatment], method) => {
        const { difference, pValue } = compareProportions({ control, treatment, test: method });
        // Nothing is claimed within rounding of alpha.
        fc.pre(Math.abs(pValue! - 0.05) > 1e-9);
        const { lower, upper } = difference.interval;
        expect(lower > 0 || upper < 0).toBe(pValue! < 0.05);
      }),
      { numRuns },
    );
  });

  it("of amounts in another currency moves in that currency, and its lift and p-value stay", () => {
    fc.assert(
      fc.property(mean, mean, (control, treatment) => {
        const inCents = (one: typeof control): typeof control => ({
          ...one,
          mean: 100 * one.mean,
          variance: 1e4 * one.variance,
        });
        const plain = compareMeans({ control, treatment });
        const cents = compareMeans({ control: inCents(control), treatment: inCents(treatment) });
        const scale = 100 * (Math.abs(control.mean) + Math.abs(treatment.mean));
        expect(Math.abs(cents.difference.estimate! - 100 * plain.difference.estimate!) / scale).toBeLessThan(
          1e-14,
        );
        expect(cents.lift.estimate!).toBeCloseTo(plain.lift.estimate!, 9);
        expect(cents.statistic!).toBeCloseTo(plain.statistic!, 7);
      }),
      { numRuns },
    );
  });
});

describe("parts of an arm", () => {
  it("make the same mean in whatever order and groups they are merged", () => {
    fc.assert(
      fc.property(mean, mean, mean, (a, b, c) => {
        const whole = mergeMeans([a, b, c]);
        const largest = Math.max(a.mean, b.mean, c.mean);
        for (const other of [mergeMeans([c, a, b]), mergeMeans([a, mergeMeans([b, c])])]) {
          expect(other.n).toBe(whole.n);
          // A step between two means is rounded at the size of the larger one.
          expect(Math.abs(other.mean - whole.mean) / largest).toBeLessThan(1e-14);
          expect(relativeError(other.variance, whole.variance)).toBeLessThan(1e-11);
        }
      }),
      { numRuns },
    );
  });
});

describe("a sample size", () => {
  it("has the power that was asked for, and its unrounded number no more than that", () => {
    fc.assert(
      fc.property(plan, fc.double({ min: 0.3, max: 0.97, noNaN: true }), (options, power) => {
        const { control } = sampleSizeForProportions({ ...options, power });
        fc.pre(options.baseline * (1 + options.lift) < 0.99 && control > 3 && control < 1e12);
        expect(powerForProportions({ ...options, n: control }).power).toBeGreaterThanOrEqual(power - 1e-12);
        expect(powerForProportions({ ...options, n: control - 1 }).power).toBeLessThan(power + 1e-12);
      }),
      { numRuns },
    );
  });

  it("falls with the lift and with alpha, and grows with the power", () => {
    fc.assert(
      fc.property(plan, fc.double({ min: 0.3, max: 0.9, noNaN: true }), (options, power) => {
        fc.pre(options.baseline * (1 + 1.1 * options.lift) < 0.99);
        const size = (more: object): number =>
          sampleSizeForProportions({ ...options, power, ...more }).exact.control;
        const plain = size({});
        expect(size({ lift: 1.1 * options.lift })).toBeLessThan(plain);
        expect(size({ alpha: 1.1 * options.alpha })).toBeLessThan(plain);
        expect(size({ power: power + 0.05 })).toBeGreaterThan(plain);
      }),
      { numRuns },
    );
  });
});
