import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareGammaPoisson } from "../../src/bayesian/compare-gamma-poisson.ts";
import { betterGamma, gammaLiftMoments, gammaLogRatio } from "../../src/bayesian/gamma-effects.ts";
import { gammaMarginal } from "../../src/bayesian/gamma-marginal.ts";
import { betterMarginal, marginalLogRatio } from "../../src/bayesian/two-marginals.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { poisson } from "../../src/numerics/poisson.ts";
import { createRandom } from "../../src/numerics/random.ts";
import table from "../reference/bayesian/compare-gamma-poisson.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";
import { uniformity } from "../support/uniform-histogram.ts";

// Probabilities, losses, means: 1e-12 relative. Quantiles of the lift: 1e-12 of the ratio; of the difference: 1e-11
// posterior standard deviations.

const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

describe("compareGammaPoisson", () => {
  it.each(table.cases)("has the figures of mpmath for $in", ({ in: given, out }) => {
    const result = compareGammaPoisson({
      control: { n: given.exposure1, events: given.count1 },
      treatment: { n: given.exposure2, events: given.count2 },
      prior: { shape: given.prior_shape, rate: given.prior_rate },
    });
    expect(relativeError(result.probabilityToBeat, out.prob_B_beats_A)).toBeLessThan(1e-12);
    expect(relativeError(result.probabilityToLose, out.prob_A_beats_B)).toBeLessThan(1e-12);
    expect(relativeError(result.expectedLoss.treatment, out.expected_loss_choose_B)).toBeLessThan(1e-12);
    expect(relativeError(result.expectedLoss.control, out.expected_loss_choose_A)).toBeLessThan(1e-12);
    expect(relativeError(result.difference.estimate, out.mean_diff)).toBeLessThan(1e-12);
    const { difference, lift } = result;
    [difference.interval.lower, difference.median, difference.interval.upper].forEach((value, i) => {
      expect(Math.abs(value - out.diff_quantiles[i]!) / difference.standardError).toBeLessThan(1e-11);
    });
    [lift.interval.lower, lift.median, lift.interval.upper].forEach((value, i) => {
      expect(relativeError(1 + value, 1 + out.relative_lift_quantiles[i]!)).toBeLessThan(1e-12);
    });
  });

  it("agrees in its closed forms with the integrals over both posteriors, in all tails", () => {
    const posterior = fc
      .tuple(fc.double({ min: -1, max: 8, noNaN: true }), fc.double({ min: -3, max: 6, noNaN: true }))
      .map(([shape, rate]) => ({ shape: 10 ** shape, rate: 10 ** rate }));
    fc.assert(
      fc.property(posterior, posterior, fc.double({ min: -3, max: 3, noNaN: true }), (a, b, deviates) => {
        const treatment = {
          shape: b.shape,
          rate: ((a.rate * b.shape) / a.shape) * (1 + 0.5 * Math.tanh(deviates)),
        };
        const [control, other] = [
          gammaMarginal(a.shape, a.rate),
          gammaMarginal(treatment.shape, treatment.rate),
        ];
        const closed = betterGamma(a, treatment);
        const integrated = betterMarginal(control, other);
        expect(logError(integrated.logProbabilityToBeat, closed.logProbabilityToBeat)).toBeLessThan(1e-11);
        expect(logError(integrated.logProbabilityToLose, closed.logProbabilityToLose)).toBeLessThan(1e-11);
        for (const arm of ["control", "treatment"] as const) {
          const logs = [integrated.expectedLoss[arm], closed.expectedLoss[arm]].map(Math.log);
          if (logs[1]! > -700) expect(logError(logs[0]!, logs[1]!)).toBeLessThan(1e-10);
        }
        const ratio = gammaLogRatio(a, treatment);
        const value = ratio.cumulants.mean + deviates * Math.sqrt(ratio.cumulants.variance);
        const exact = ratio.beside(value, "upper");
        const found = marginalLogRatio(control, other).beside(value, "upper");
        expect(logError(found.logProbability, exact.logProbability)).toBeLessThan(1e-11);
        expect(logError(found.logDensity, exact.logDensity)).toBeLessThan(1e-10);
      }),
      { numRuns: 40 },
    );
  });

  it("has the moments of independent gamma variables, infinite where 1/C has none", () => {
    const treatment = { shape: 7, rate: 11 };
    for (const [shape, rate] of [
      [5.5, 13],
      [2.25, 3],
      [400, 70],
    ] as const) {
      const { mean, standardDeviation } = gammaLiftMoments({ shape, rate }, treatment);
      // E T/C and E T²/C² as products.
      const first = (treatment.shape / treatment.rate) * (rate / (shape - 1));
      const second =
        ((treatment.shape * (treatment.shape + 1)) / treatment.rate ** 2) *
        (rate ** 2 / ((shape - 1) * (shape - 2)));
      expect(relativeError(mean, first - 1)).toBeLessThan(1e-12);
      expect(relativeError(standardDeviation, Math.sqrt(second - first ** 2))).toBeLessThan(1e-11);
    }
    expect(gammaLiftMoments({ shape: 2, rate: 3 }, treatment).standardDeviation).toBe(Infinity);
    expect(gammaLiftMoments({ shape: 2, rate: 3 }, treatment).mean).toBeLessThan(Infinity);
    expect(gammaLiftMoments({ shape: 1, rate: 3 }, treatment)).toEqual({
      mean: Infinity,
      standardDeviation: Infinity,
    });
  });

  it("has the posterior of each arm, by exposure where it is given", () => {
    const { posterior, prior } = compareGammaPoisson({
      control: { n: 10, events: 3 },
      treatment: { n: 10, events: 4, exposure: 12.5 },
    });
    expect(prior.control).toEqual({ shape: 0.5, rate: 0 });
    expect(posterior.control).toMatchObject({ shape: 3.5, rate: 10, mean: 0.35 });
    expect(posterior.treatment).toMatchObject({ shape: 4.5, rate: 12.5 });
  });

  it("leaves the prior of an empty arm, and warns", () => {
    const result = compareGammaPoisson({
      control: { n: 0, events: 0 },
      treatment: { n: 50, events: 10 },
      prior: { shape: 3, rate: 10 },
    });
    expect(result.posterior.control).toMatchObject({ shape: 3, rate: 10 });
    expect(result.warnings.map(({ code }) => code)).toEqual(["NO_DATA"]);
  });

  it("warns with figures where units vary more than Poisson counts", () => {
    const arm = { n: 1000, events: 2000, variance: 8 };
    const { warnings } = compareGammaPoisson({ control: arm, treatment: arm });
    expect(warnings).toEqual([
      expect.objectContaining({
        code: "OVERDISPERSED",
        message: expect.stringMatching(/4\.00 times .* 2\.00/),
      }),
    ]);
    const equidispersed = { ...arm, variance: 2 };
    expect(compareGammaPoisson({ control: equidispersed, treatment: equidispersed }).warnings).toEqual([]);
  });

  it("stays finite and ordered from one unit without events to 1e12 units", () => {
    const arms = [
      { n: 1, events: 0 },
      { n: 1e9, events: 0 },
      { n: 1e9, events: 3e9 },
      { n: 1e12, events: 5e11 },
    ];
    for (const control of arms) {
      for (const treatment of arms) {
        const { difference, lift, expectedLoss, logProbabilityToBeat } = compareGammaPoisson({
          control,
          treatment,
        });
        expect(Number.isFinite(logProbabilityToBeat)).toBe(true);
        expect(expectedLoss.control).toBeGreaterThanOrEqual(0);
        for (const { interval, median, highestDensityInterval } of [difference, lift]) {
          expect(Number.isFinite(interval.lower) && Number.isFinite(interval.upper)).toBe(true);
          expect(interval.lower).toBeLessThanOrEqual(median);
          expect(median).toBeLessThanOrEqual(interval.upper);
          const shortest = highestDensityInterval.upper - highestDensityInterval.lower;
          expect(shortest).toBeLessThanOrEqual((interval.upper - interval.lower) * (1 + 1e-9));
        }
      }
    }
  });

  it("is calibrated: the posterior of the difference at the truth is uniform over draws from the prior", () => {
    const random = createRandom(20240701);
    const prior = { shape: 2, rate: 0.5 };
    const shares = Array.from({ length: 200 }, () => {
      const [rates, ns] = [
        [random.gamma(2) / 0.5, random.gamma(2) / 0.5],
        [6, 9],
      ];
      const [c, t] = rates.map((rate, i) => ({
        n: ns[i]!,
        events: poisson.quantile(random.uniform(), rate * ns[i]!),
      }));
      const control = { shape: prior.shape + c!.events, rate: prior.rate + c!.n };
      const treatment = { shape: prior.shape + t!.events, rate: prior.rate + t!.n };
      return Math.exp(
        gammaLogRatio(control, treatment).beside(Math.log(rates[1]! / rates[0]!), "lower").logProbability,
      );
    });
    expect(uniformity(shares).pValue).toBeGreaterThan(1e-3);
  });

  const good = { n: 100, events: 30 };
  it.each([
    ["control.n", { control: { n: 0, events: 0 }, treatment: good }],
    ["control.events", { control: { n: 10, events: 0.5 }, treatment: good }],
    ["treatment.exposure", { control: good, treatment: { ...good, exposure: 0 } }],
    [
      "treatment.exposure",
      { control: good, treatment: { n: 0, events: 0, exposure: 3 }, prior: { shape: 1, rate: 1 } },
    ],
    ["prior.shape", { control: good, treatment: good, prior: { shape: 0, rate: 1 } }],
    ["prior.rate", { control: good, treatment: good, prior: { shape: 1, rate: -1 } }],
    ["prior.rate", { control: good, treatment: good, prior: { shape: 1, rate: "5" } }],
    ["prior", { control: good, treatment: good, prior: "flat" }],
    ["prior.treatment", { control: good, treatment: good, prior: { control: "jeffreys" } }],
    ["confidenceLevel", { control: good, treatment: good, confidenceLevel: 1 }],
    ["thresholdOfCaring", { control: good, treatment: good, thresholdOfCaring: -1 }],
    ["quantileLevels[0]", { control: good, treatment: good, quantileLevels: [1] }],
  ])("refuses a broken %s", (field, options) => {
    expect(() => compareGammaPoisson(options as never)).toThrow(
      expect.objectContaining({ field, name: "DomainError" }) as DomainError,
    );
  });
});
