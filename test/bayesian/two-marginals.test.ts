import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gammaMarginal } from "../../src/bayesian/gamma-marginal.ts";
import type { Marginal } from "../../src/bayesian/marginal.ts";
import { studentTMarginal } from "../../src/bayesian/student-t-marginal.ts";
import { betterMarginal, marginalDifference, marginalLogRatio } from "../../src/bayesian/two-marginals.ts";
import table from "../reference/bayesian/two-marginals.json" with { type: "json" };
import { normalLogCdf } from "../../src/numerics/normal.ts";
import { relativeError } from "../support/relative-error.ts";

// Against 22 digits: logs to 1e-12 · max(1, |log|), and probabilities to 1e-12 relative in the body, 1e-10 in tails.

const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

interface Row {
  readonly control: number[];
  readonly treatment: number[];
  readonly beside: readonly { difference: number; logLower: number; logUpper: number }[];
  readonly logLossControl: number;
  readonly logLossTreatment: number;
}

const families: [string, readonly Row[], (parameters: number[]) => Marginal][] = [
  ["gamma", table.gamma, ([shape, rate]) => gammaMarginal(shape!, rate!)],
  ["Student t", table.studentT, ([location, scale, df]) => studentTMarginal(location!, scale!, df!)],
];

describe.each(families)("two %s posteriors", (_, rows, marginal) => {
  it.each(rows)("$control and $treatment have the tails of their difference of 22 digits", (row) => {
    const [control, treatment] = [marginal(row.control), marginal(row.treatment)];
    const contrast = marginalDifference(control, treatment);
    for (const { difference, logLower, logUpper } of row.beside) {
      const lower = contrast.beside(difference, "lower").logProbability;
      const upper = contrast.beside(difference, "upper").logProbability;
      expect(logError(lower, logLower)).toBeLessThan(1e-12);
      expect(logError(upper, logUpper)).toBeLessThan(1e-12);
    }
  });

  it.each(rows)("$control and $treatment have the losses of 22 digits", (row) => {
    const { expectedLoss } = betterMarginal(marginal(row.control), marginal(row.treatment));
    expect(relativeError(expectedLoss.control, Math.exp(row.logLossControl))).toBeLessThan(1e-11);
    expect(relativeError(expectedLoss.treatment, Math.exp(row.logLossTreatment))).toBeLessThan(1e-11);
  });
});

const gamma = fc
  .tuple(fc.double({ min: -2, max: 7, noNaN: true }), fc.double({ min: -3, max: 6, noNaN: true }))
  .map(([shape, rate]) => gammaMarginal(10 ** shape, 10 ** rate));
const student = fc
  .tuple(
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: -3, max: 2, noNaN: true }),
    fc.double({ min: 0, max: 9, noNaN: true }),
  )
  .map(([location, scale, df]) => studentTMarginal(location, 10 ** scale, 10 ** df));

describe("marginalDifference", () => {
  it.each([
    ["gamma", gamma],
    ["Student t", student],
  ])("has tails of %s posteriors that add up to 1, mirrored where the arms are swapped", (_, arm) => {
    fc.assert(
      fc.property(arm, arm, fc.double({ min: -4, max: 4, noNaN: true }), (control, treatment, deviates) => {
        const contrast = marginalDifference(control, treatment);
        const { mean, variance } = contrast.cumulants;
        const value = mean + deviates * Math.sqrt(variance);
        const lower = contrast.beside(value, "lower");
        const upper = contrast.beside(value, "upper");
        expect(
          relativeError(Math.exp(lower.logProbability) + Math.exp(upper.logProbability), 1),
        ).toBeLessThan(1e-12);
        expect(logError(lower.logDensity, upper.logDensity)).toBeLessThan(1e-11);
        const mirrored = marginalDifference(treatment, control).beside(-value, "lower");
        expect(logError(mirrored.logProbability, upper.logProbability)).toBeLessThan(1e-11);
      }),
      { numRuns: 15 },
    );
  });

  it("is the t distribution of one arm beside one that is next to known", () => {
    const contrast = marginalDifference(studentTMarginal(0, 1e-12, 1e9), studentTMarginal(0, 1, 5));
    for (const value of [-30, -2, 0, 1, 12]) {
      const { lower } = studentTMarginal(0, 1, 5).logTails(value);
      expect(logError(contrast.beside(value, "lower").logProbability, lower)).toBeLessThan(1e-12);
    }
  });

  it("is normal for two means of a billion units, in all tails", () => {
    const contrast = marginalDifference(
      studentTMarginal(50, 3e-4, 1e12),
      studentTMarginal(50.001, 4e-4, 1e12),
    );
    for (const deviates of [-30, -3, -0.5, 0, 2, 12]) {
      const value = 50.001 - 50 + 5e-4 * deviates;
      const expected = normalLogCdf((value - (50.001 - 50)) / 5e-4);
      expect(logError(contrast.beside(value, "lower").logProbability, expected)).toBeLessThan(1e-9);
    }
  });

  it("is Laplace's distribution for two exponential ones, at 0 and far from it", () => {
    const contrast = marginalDifference(gammaMarginal(1, 1), gammaMarginal(1, 1));
    for (const value of [0, 1e-9, 0.5, 30, 600]) {
      const expected = -value - Math.LN2;
      const { logProbability, logDensity } = contrast.beside(value, "upper");
      expect(logError(logProbability, expected)).toBeLessThan(1e-13);
      expect(logError(logDensity, expected)).toBeLessThan(1e-13);
    }
  });
});

describe("marginalLogRatio", () => {
  it("is 0 where two rates are equal, and shifts with their means", () => {
    const contrast = marginalLogRatio(gammaMarginal(20, 2), gammaMarginal(20, 4));
    expect(logError(contrast.beside(-Math.LN2, "lower").logProbability, -Math.LN2)).toBeLessThan(1e-13);
  });
});
