import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNormal } from "../../src/bayesian/compare-normal.ts";
import { normalDifference } from "../../src/bayesian/normal-effects.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { studentT } from "../../src/numerics/student-t.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import table from "../reference/bayesian/compare-normal.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";
import { uniformity } from "../support/uniform-histogram.ts";

// The table is right to about 1e-11; parameters of posteriors to 1e-14.

const meanOf = ({ n, mean, var: variance }: { n: number; mean: number; var: number }): Mean => ({
  n,
  mean,
  variance,
});

describe("compareNormal", () => {
  it.each(table.cases)("has the figures of the double quadrature for $in", ({ in: given, out }) => {
    const result = compareNormal({
      control: meanOf(given.A),
      treatment: meanOf(given.B),
      prior: given.prior,
    });
    expect(relativeError(result.probabilityToBeat, out.prob_B_beats_A)).toBeLessThan(1e-12);
    expect(relativeError(result.probabilityToLose, out.prob_A_beats_B)).toBeLessThan(1e-12);
    expect(relativeError(result.expectedLoss.treatment, out.expected_loss_choose_B)).toBeLessThan(1e-11);
    expect(relativeError(result.expectedLoss.control, out.expected_loss_choose_A)).toBeLessThan(1e-11);
    const { difference } = result;
    [difference.interval.lower, difference.median, difference.interval.upper].forEach((value, i) => {
      expect(Math.abs(value - out.diff_quantiles[i]!) / difference.standardError).toBeLessThan(1e-11);
    });
    const { t_df: df, t_scale: scale, ...parameters } = out.posterior_A;
    const found = result.posterior.control;
    expect(found.degreesOfFreedom).toBe(df);
    expect(relativeError(found.scale, scale)).toBeLessThan(1e-14);
    for (const name of ["mu", "kappa", "alpha", "beta"] as const) {
      expect(relativeError(found[name], parameters[name])).toBeLessThan(1e-14);
    }
  });

  it("has the t interval of each arm under the reference prior", () => {
    const { posterior } = compareNormal({
      control: { n: 12, mean: 3, variance: 6 },
      treatment: { n: 2, mean: 3, variance: 6 },
    });
    const half = studentT.quantile(0.975, 11) * Math.sqrt(6 / 12);
    expect(relativeError(posterior.control.interval.upper, 3 + half)).toBeLessThan(1e-14);
    expect(relativeError(posterior.control.standardDeviation, Math.sqrt((6 / 12) * (11 / 9)))).toBeLessThan(
      1e-14,
    );
    const { interval, highestDensityInterval, quantiles } = posterior.control;
    expect(interval.method).toBe("equal-tailed");
    expect(highestDensityInterval).toEqual({ ...interval, method: "highest-density" });
    expect(quantiles).toEqual([]);
    expect(posterior.treatment).toMatchObject({
      degreesOfFreedom: 1,
      mean: Infinity,
      standardDeviation: Infinity,
    });
  });

  it("says what does not exist: losses and the mean difference of two units, but not its centre", () => {
    const { expectedLoss, difference, probabilityToBeat } = compareNormal({
      control: { n: 2, mean: 3, variance: 6 },
      treatment: { n: 2, mean: 3, variance: 6 },
    });
    expect(expectedLoss).toEqual({ control: Infinity, treatment: Infinity });
    expect(difference).toMatchObject({ estimate: 0, mean: Infinity, standardError: Infinity });
    expect(relativeError(probabilityToBeat, 0.5)).toBeLessThan(1e-13);
    // The difference of two Cauchy variables is one with the sum of their scales.
    const quantile = studentT.quantile(0.975, 1) * 2 * Math.sqrt(3);
    expect(relativeError(difference.interval.upper, quantile)).toBeLessThan(1e-10);
  });

  it("keeps probability and losses where the arms change places, and moves with a shift and a change of unit", () => {
    const arm = fc.record({
      n: fc.integer({ min: 4, max: 1e9 }),
      mean: fc.double({ min: -50, max: 50, noNaN: true }),
      variance: fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
    });
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const one = compareNormal({ control, treatment });
        const other = compareNormal({ control: treatment, treatment: control });
        const logGap = one.logProbabilityToBeat - other.logProbabilityToLose;
        expect(Math.abs(logGap) / Math.max(1, Math.abs(one.logProbabilityToBeat))).toBeLessThan(1e-11);
        expect(relativeError(one.expectedLoss.control, other.expectedLoss.treatment)).toBeLessThan(1e-9);
        const doubled = ({ n, mean, variance }: Mean): Mean => ({
          n,
          mean: 2 * mean,
          variance: 4 * variance,
        });
        const twice = compareNormal({ control: doubled(control), treatment: doubled(treatment) });
        expect(relativeError(twice.expectedLoss.control, 2 * one.expectedLoss.control)).toBeLessThan(1e-12);
        expect(
          relativeError(twice.difference.interval.lower, 2 * one.difference.interval.lower),
        ).toBeLessThan(1e-9);
      }),
      { numRuns: 15 },
    );
  });

  it("gives the lift of means far above 0 as that of their logs, and warns or gives none nearer to 0", () => {
    const far = compareNormal({
      control: { n: 1e9, mean: 100, variance: 1 },
      treatment: { n: 1e9, mean: 105, variance: 1 },
    });
    expect(far.lift.estimate).toBeCloseTo(0.05, 9);
    const deviation = Math.sqrt((1 + 1.05 ** 2) / 1e9) / 100;
    expect(relativeError(far.lift.interval.upper! - 0.05, 1.959963984540054 * deviation)).toBeLessThan(1e-6);
    expect(far.warnings).toEqual([]);

    const near = compareNormal({
      control: { n: 100, mean: 0.3, variance: 1 },
      treatment: { n: 100, mean: 0.5, variance: 1 },
    });
    expect(near.warnings.map(({ code }) => code)).toEqual(["CONTROL_NEAR_ZERO"]);

    const none = compareNormal({
      control: { n: 100, mean: 0.1, variance: 1 },
      treatment: { n: 100, mean: 0.5, variance: 1 },
    });
    expect(none.lift).toMatchObject({ estimate: null, mean: null, status: "undetermined" });
    expect(none.warnings.map(({ code }) => code)).toEqual(["UNDETERMINED_LIFT"]);
    expect(structuredClone(none)).toEqual(none);
  });

  it("agrees with draws from both posteriors, for the lift of a control near 0 too", () => {
    const random = createRandom(99);
    const control = { n: 8, mean: 3, variance: 4 };
    const treatment = { n: 6, mean: 4, variance: 9 };
    const result = compareNormal({ control, treatment, confidenceLevel: 0.9 });
    const draw = ({ n, mean, variance }: Mean): number =>
      mean +
      (random.normal() * Math.sqrt(variance / n)) / Math.sqrt((2 * random.gamma((n - 1) / 2)) / (n - 1));
    const draws = 40_000;
    let [wins, belowDifference, positive, belowLift] = [0, 0, 0, 0];
    for (let i = 0; i < draws; i += 1) {
      const [c, t] = [draw(control), draw(treatment)];
      if (t > c) wins += 1;
      if (t - c < result.difference.interval.lower) belowDifference += 1;
      if (c > 0) positive += 1;
      if (c > 0 && t / c - 1 < result.lift.interval.lower) belowLift += 1;
    }
    const within = (share: number, p: number): void =>
      expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws));
    within(wins / draws, result.probabilityToBeat);
    within(belowDifference / draws, 0.05);
    within(belowLift / positive, 0.05);
  });

  it("is calibrated: the posterior of the difference at the truth is uniform over draws from the prior", () => {
    const random = createRandom(20240702);
    const prior = { mu: 1, kappa: 2, alpha: 3, beta: 4 };
    const shares = Array.from({ length: 200 }, () => {
      const [control, treatment] = [0, 1].map(() => {
        const variance = prior.beta / random.gamma(prior.alpha);
        const truth = prior.mu + random.normal() * Math.sqrt(variance / prior.kappa);
        const n = 5;
        const mean = truth + random.normal() * Math.sqrt(variance / n);
        const sampleVariance = (2 * variance * random.gamma((n - 1) / 2)) / (n - 1);
        const kappa = prior.kappa + n;
        const squares = (n - 1) * sampleVariance + ((prior.kappa * n) / kappa) * (mean - prior.mu) ** 2;
        const mu = (prior.kappa * prior.mu + n * mean) / kappa;
        return {
          truth,
          posterior: { mu, kappa, alpha: prior.alpha + n / 2, beta: prior.beta + squares / 2 },
        };
      });
      const { contrast, parameter } = normalDifference(control!.posterior, treatment!.posterior);
      return Math.exp(contrast.beside(parameter(treatment!.truth - control!.truth), "lower").logProbability);
    });
    expect(uniformity(shares).pValue).toBeGreaterThan(1e-3);
  });

  it.each([1e-300, 1e-200, 1e-20, 1, 1e200, 1e299])(
    "has one difference in every unit of measurement: a variance of %d",
    (variance) => {
      const unit = Math.sqrt(variance);
      const arms = (scale: number): Parameters<typeof compareNormal>[0] => ({
        control: { n: 3, mean: 0, variance: scale * scale },
        treatment: { n: 3, mean: 0.5 * scale, variance: 2 * scale * scale },
      });
      const { difference } = compareNormal({ ...arms(unit), quantileLevels: [1e-10, 0.3] });
      const expected = compareNormal({ ...arms(1), quantileLevels: [1e-10, 0.3] }).difference;
      expect(relativeError(difference.interval.lower, expected.interval.lower * unit)).toBeLessThan(1e-11);
      expect(
        relativeError(difference.highestDensityInterval.upper, expected.highestDensityInterval.upper * unit),
      ).toBeLessThan(1e-11);
      difference.quantiles.forEach(({ value }, i) => {
        expect(relativeError(value, expected.quantiles[i]!.value * unit)).toBeLessThan(1e-11);
      });
    },
  );

  it("has a difference between means that are known to more digits than doubles have", () => {
    const { difference, lift } = compareNormal({
      control: { n: 2, mean: 1, variance: 1e-300 },
      treatment: { n: 2, mean: 1.01, variance: 1e-300 },
    });
    expect(difference.interval).toMatchObject({ lower: 1.01 - 1, upper: 1.01 - 1 });
    expect(difference.highestDensityInterval).toMatchObject({ lower: 1.01 - 1, upper: 1.01 - 1 });
    expect(Math.abs(lift.estimate! - 0.01)).toBeLessThan(1e-13);
  });

  it("asks for a variance whose square root has all its digits", () => {
    const arm = { n: 2, mean: 0, variance: 5e-324 };
    expect(() => compareNormal({ control: arm, treatment: arm })).toThrow(
      "control.variance = 5e-324, must lie between 1e-300 and",
    );
  });

  it("leaves the prior of an empty arm, and warns of it and of units that are all equal", () => {
    const prior = { mu: 2, kappa: 1, alpha: 3, beta: 2 };
    const result = compareNormal({
      control: { n: 0, mean: 0, variance: 0 },
      treatment: { n: 50, mean: 2, variance: 0 },
      prior,
    });
    expect(result.posterior.control).toMatchObject(prior);
    expect(result.warnings.map(({ code }) => code)).toContain("NO_DATA");
    expect(result.warnings.map(({ code }) => code)).toContain("NO_VARIANCE");
  });

  it.each([
    [
      { n: 2, mean: 1.403333792012764, variance: 1.1562812833211165 },
      { n: 2, mean: 1.0262102663468866, variance: 0.1815279864293507 },
    ],
    [
      { n: 1e6, mean: 2.08e-9, variance: 1.04e-12 },
      { n: 1e4, mean: -6.6e-9, variance: 5e-13 },
    ],
    [
      { n: 1000, mean: 9007199254740992, variance: 16.8 },
      { n: 1020, mean: 10.6, variance: 17.4 },
    ],
  ])("comes to an end for controls next to 0 and next to infinity: %j, %j", (control, treatment) => {
    const prior = { mu: 0, kappa: 0.001, alpha: 1, beta: 1 };
    for (const chosen of ["reference", prior] as const) {
      const options = { control, treatment, prior: chosen, confidenceLevel: 0.1 };
      const { lift } = compareNormal({ ...options, quantileLevels: [1e-5, 0.3] });
      if (lift.status === "undetermined") continue;
      expect(lift.quantiles[0]!.value).toBeLessThanOrEqual(lift.quantiles[1]!.value);
      expect(lift.interval.lower).toBeLessThanOrEqual(lift.interval.upper);
    }
  });

  const good = { n: 10, mean: 1, variance: 2 };
  it.each([
    ["control.n", { control: { n: 1, mean: 1, variance: 0 }, treatment: good }],
    ["treatment.variance", { control: good, treatment: { n: 10, mean: 1, variance: 0 } }],
    ["treatment.mean", { control: good, treatment: { n: 10, mean: NaN, variance: 1 } }],
    ["prior.kappa", { control: good, treatment: good, prior: { mu: 0, kappa: 0, alpha: 1, beta: 1 } }],
    ["prior.beta", { control: good, treatment: good, prior: { mu: 0, kappa: 1, alpha: 1, beta: -1 } }],
    ["prior", { control: good, treatment: good, prior: "jeffreys" }],
    ["confidenceLevel", { control: good, treatment: good, confidenceLevel: 0 }],
  ])("refuses a broken %s", (field, options) => {
    expect(() => compareNormal(options as never)).toThrow(
      expect.objectContaining({ field, name: "DomainError" }) as DomainError,
    );
  });
});
