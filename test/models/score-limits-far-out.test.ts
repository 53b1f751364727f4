import { describe, expect, it } from "vitest";
import { liftInterval } from "../../src/inference/lift-interval.ts";
import { oddsRatioInterval } from "../../src/inference/odds-ratio-interval.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { relativeError } from "../support/relative-error.ts";

// Few conversions at a level of 0.999999: the guess at the root is far off, the first step overshoots and is cut. A step
// that was cut says nothing of the next one: to take it for small lost 11 digits. Values: mpmath 1.2.1 with 40 digits
// (rounded to doubles), bisection and the secant rule on the score equation, z = 4.891638475692932.
describe("a score limit whose first step is cut", () => {
  const confidenceLevel = 0.999999;
  const arm = (n: number, conversions: number): Proportion => ({ n, conversions });

  it.each<[Proportion, Proportion, number, number]>([
    [arm(1017, 10), arm(1986, 1), 0.0017910271151245132, 1.4460193800816659],
    [arm(14, 13), arm(2174, 29), 3.6288235923173544e-5, 0.034518338002174596],
    [arm(183_084, 11), arm(8, 1), 74.81945396319982, 108_082.47577201042],
  ])("of the odds ratio of %o and %o has all of its digits", (control, treatment, lower, upper) => {
    const interval = oddsRatioInterval({ control, treatment, confidenceLevel });
    expect(relativeError(interval.lower, lower)).toBeLessThan(5e-15);
    expect(relativeError(interval.upper, upper)).toBeLessThan(5e-15);
  });

  it.each<[Proportion, Proportion, number, number]>([
    [arm(8, 1), arm(183_084, 11), -0.9999674710748602, -0.9865652060584166],
    [arm(183_084, 11), arm(8, 1), 73.43359416959863, 30_740.870372300087],
  ])("of the lift of %o and %o has all of its digits", (control, treatment, lower, upper) => {
    const interval = liftInterval({ control, treatment, confidenceLevel });
    expect(relativeError(interval.lower, lower)).toBeLessThan(5e-15);
    expect(relativeError(interval.upper, upper)).toBeLessThan(5e-15);
  });
});
