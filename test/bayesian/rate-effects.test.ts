import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  differenceContrast,
  logOddsRatioContrast,
  logRatioContrast,
} from "../../src/bayesian/beta-contrasts.ts";
import { differencePosterior, liftPosterior, oddsRatioPosterior } from "../../src/bayesian/beta-effects.ts";
import { betaPosterior } from "../../src/bayesian/beta-posterior.ts";
import { gammaPosterior } from "../../src/bayesian/gamma-posterior.ts";
import { normalPosterior } from "../../src/bayesian/normal-posterior.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import type { Contrast } from "../../src/bayesian/contrast.ts";
import { DIFFERENCE_SCALE, LIFT_SCALE, ODDS_RATIO_SCALE } from "../../src/bayesian/effect-scale.ts";
import { highestDensity } from "../../src/bayesian/highest-density.ts";
import { probabilityToBeat } from "../../src/bayesian/probability-to-beat.ts";
import { quantileCurve } from "../../src/bayesian/quantile-curve.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { calibrationOfRates } from "../support/calibration-of-rates.ts";
import { relativeError } from "../support/relative-error.ts";
import { uniformity } from "../support/uniform-histogram.ts";

const arm = fc
  .tuple(fc.double({ min: 0, max: 7, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([digits, rate]): Proportion => {
    const n = Math.round(10 ** digits);
    return { n, conversions: Math.round(n * rate ** 3) };
  });
const posterior = arm.map(({ n, conversions }) => betaDensity(1 + conversions, 1 + n - conversions));

const SCALES = [
  ["difference", differenceContrast, DIFFERENCE_SCALE],
  ["lift", logRatioContrast, LIFT_SCALE],
  ["odds ratio", logOddsRatioContrast, ODDS_RATIO_SCALE],
] as const;

describe("the highest-density interval", () => {
  it.each(SCALES)("of the %s is shortest among all intervals of its probability", (_, contrastOf, scale) => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const level = fc.constantFrom(0.5, 0.8, 0.95, 0.999);
    fc.assert(
      fc.property(posterior, posterior, share, level, (control, treatment, part, confidenceLevel) => {
        const curve = quantileCurve(contrastOf(control, treatment));
        const { lower, upper } = highestDensity(curve, scale, confidenceLevel);
        const tail = 1 - confidenceLevel;
        const other =
          scale.value(curve.quantile("upper", tail * (1 - part))) -
          scale.value(curve.quantile("lower", tail * part));
        expect(upper - lower).toBeLessThanOrEqual(other * (1 + 1e-9));
      }),
      { numRuns: 40 },
    );
  });

  it.each(SCALES)("of the %s leaves out what it should", (_, contrastOf, scale) => {
    const outside = (contrast: Contrast, lower: number, upper: number): number =>
      Math.exp(contrast.beside(lower, "lower").logProbability) +
      Math.exp(contrast.beside(upper, "upper").logProbability);
    fc.assert(
      fc.property(posterior, posterior, (control, treatment) => {
        const contrast = contrastOf(control, treatment);
        const identity = { value: (value: number) => value, logSlope: scale.logSlope };
        const { lower, upper } = highestDensity(quantileCurve(contrast), identity, 0.9);
        if (lower > contrast.lowest && upper < contrast.highest) {
          expect(relativeError(outside(contrast, lower, upper), 0.1)).toBeLessThan(1e-10);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("begins at the end to which the density rises", () => {
    const none = { n: 200, conversions: 0 };
    const some = { n: 200, conversions: 9 };
    const { lift, oddsRatio, posterior: arms } = compareBetaBinomial({ control: some, treatment: none });
    expect(lift.highestDensityInterval.lower).toBe(-1);
    expect(oddsRatio.highestDensityInterval.lower).toBe(0);
    expect(arms.treatment.highestDensityInterval.lower).toBe(0);
    // P(p > u) = (1 − u)^201.
    expect(relativeError(arms.treatment.highestDensityInterval.upper, 1 - 0.05 ** (1 / 201))).toBeLessThan(
      1e-12,
    );
    const all = compareBetaBinomial({ control: some, treatment: { n: 200, conversions: 200 } });
    expect(all.posterior.treatment.highestDensityInterval.upper).toBe(1);
  });

  it("is the shorter one of the two from an end for an arm without data whose prior has two peaks", () => {
    const empty = { n: 0, conversions: 0 };
    const { posterior: arms } = compareBetaBinomial({
      control: empty,
      treatment: empty,
      prior: { control: { alpha: 0.5, beta: 0.7 }, treatment: { alpha: 0.7, beta: 0.5 } },
    });
    expect(arms.control.highestDensityInterval.lower).toBe(0);
    expect(arms.treatment.highestDensityInterval.upper).toBe(1);
    const gap = arms.control.highestDensityInterval.upper + arms.treatment.highestDensityInterval.lower - 1;
    expect(Math.abs(gap)).toBeLessThan(1e-12);
  });
});

describe("the lift", () => {
  it("has no interval from −100 % on where the prior of an arm without data rises to a rate of 1", () => {
    const { lift } = compareBetaBinomial({
      control: { n: 1000, conversions: 500 },
      treatment: { n: 0, conversions: 0 },
      prior: { control: { alpha: 1, beta: 1 }, treatment: { alpha: 1, beta: 0.5 } },
      quantileLevels: [0.95],
    });
    const { lower, upper } = lift.highestDensityInterval;
    expect(lower).toBeGreaterThan(-1);
    // Shorter than the interval from the end on, and than the equal-tailed one.
    expect(upper - lower).toBeLessThan(lift.quantiles[0]!.value + 1);
    expect(upper - lower).toBeLessThan(lift.interval.upper - lift.interval.lower);
  });
});

describe("the odds ratio", () => {
  it("turns over when the arms are swapped, and when conversions become the rest", () => {
    fc.assert(
      fc.property(posterior, posterior, (control, treatment) => {
        const mirrored = [betaDensity(control.b, control.a), betaDensity(treatment.b, treatment.a)] as const;
        const one = oddsRatioPosterior(control, treatment, 0.9);
        for (const other of [
          oddsRatioPosterior(treatment, control, 0.9),
          oddsRatioPosterior(...mirrored, 0.9),
        ]) {
          const spread = Math.log(one.interval.upper / one.interval.lower) / 4;
          expect(Math.abs(Math.log(one.median * other.median)) / spread).toBeLessThan(1e-10);
          expect(Math.abs(Math.log(one.interval.upper * other.interval.lower)) / spread).toBeLessThan(1e-10);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("has the closed form of two uniform rates", () => {
    // P(odds ratio < r) = (r² − r − r ln r) / (r − 1)² (Nurminen and Mutanen 1987).
    const empty = { n: 0, conversions: 0 };
    const { oddsRatio } = compareBetaBinomial({
      control: empty,
      treatment: empty,
      quantileLevels: [0.01, 0.75],
    });
    for (const { level, value: r } of oddsRatio.quantiles) {
      expect(relativeError((r * r - r - r * Math.log(r)) / (r - 1) ** 2, level)).toBeLessThan(1e-10);
    }
    expect(Math.abs(oddsRatio.median - 1)).toBeLessThan(1e-12);
    expect(oddsRatio.mean).toBe(Infinity);
  });

  it("has the moments of beta prime variables, and infinite ones where they do not exist", () => {
    // For Beta(3, 5): E[T/(1−T)] = 3/4 and E[(1−C)/C] = 5/2, and their squares on average 1 and 15.
    const { mean, standardError } = oddsRatioPosterior(betaDensity(3, 5), betaDensity(3, 5), 0.95);
    expect(relativeError(mean, (3 / 4) * (5 / 2))).toBeLessThan(1e-14);
    const second = 1 * 15;
    expect(relativeError(standardError ** 2, second - ((3 / 4) * (5 / 2)) ** 2)).toBeLessThan(1e-13);
    expect(oddsRatioPosterior(betaDensity(2, 5), betaDensity(3, 5), 0.95).standardError).toBe(Infinity);
    expect(oddsRatioPosterior(betaDensity(3, 5), betaDensity(3, 1), 0.95).mean).toBe(Infinity);
  });

  it("tends to the normal distribution of its log", () => {
    const { oddsRatio } = compareBetaBinomial({
      control: { n: 1e9, conversions: 3e8 },
      treatment: { n: 1e9, conversions: 3.001e8 },
    });
    const se = Math.sqrt(1 / 3e8 + 1 / 7e8 + 1 / 3.001e8 + 1 / 6.999e8);
    const log = Math.log(3.001 / 6.999) - Math.log(3 / 7);
    expect(Math.abs(Math.log(oddsRatio.interval.upper) - (log + 1.959963984540054 * se)) / se).toBeLessThan(
      1e-4,
    );
    expect(
      Math.abs(Math.log(oddsRatio.highestDensityInterval.lower) - (log - 1.959963984540054 * se)) / se,
    ).toBeLessThan(2e-4);
  });
});

describe("a posterior that is asked for no levels", () => {
  it("has no quantiles", () => {
    const [control, treatment] = [betaDensity(3, 20), betaDensity(5, 18)];
    for (const of of [differencePosterior, liftPosterior, oddsRatioPosterior]) {
      expect(of(control, treatment, 0.9).quantiles).toEqual([]);
    }
    expect(normalPosterior({ mu: 1, kappa: 3, alpha: 2, beta: 5 }, 0.9).quantiles).toEqual([]);
    expect(gammaPosterior({ shape: 3, rate: 2 }, 0.9).quantiles).toEqual([]);
    expect(betaPosterior(control, 0.9).quantiles).toEqual([]);
  });
});

describe("compareBetaBinomial, asked for more", () => {
  const control = { n: 1000, conversions: 50 };
  const treatment = { n: 1000, conversions: 65 };

  it("knows priors by name, one for each arm too, and says which numbers they are", () => {
    const named = compareBetaBinomial({ control, treatment, prior: "jeffreys" });
    expect(named).toEqual(compareBetaBinomial({ control, treatment, prior: { alpha: 0.5, beta: 0.5 } }));
    expect(compareBetaBinomial({ control, treatment, prior: "uniform" })).toEqual(
      compareBetaBinomial({ control, treatment }),
    );
    const { prior } = compareBetaBinomial({
      control,
      treatment,
      prior: { control: { alpha: 3, beta: 40 }, treatment: "jeffreys" },
    });
    expect(prior).toEqual({ control: { alpha: 3, beta: 40 }, treatment: { alpha: 0.5, beta: 0.5 } });
  });

  it("chooses the arm whose expected loss is within the threshold of caring", () => {
    const choose = (thresholdOfCaring: number) =>
      compareBetaBinomial({ control, treatment, thresholdOfCaring }).choice;
    expect(compareBetaBinomial({ control, treatment }).choice).toBeNull();
    expect(choose(0)?.arm).toBe("undecided");
    expect(choose(0.0004)).toEqual({ thresholdOfCaring: 0.0004, arm: "treatment" });
    expect(choose(0.1)?.arm).toBe("either");
  });

  it("gives as gain of one arm what is the loss of the other", () => {
    const { expectedGain, expectedLoss } = compareBetaBinomial({ control, treatment });
    expect(expectedGain).toEqual({ control: expectedLoss.treatment, treatment: expectedLoss.control });
  });

  it("reads every posterior at the levels asked for", () => {
    const levels = [0.025, 0.5, 0.975, 1e-6];
    const {
      difference,
      lift,
      oddsRatio,
      posterior: arms,
    } = compareBetaBinomial({
      control,
      treatment,
      quantileLevels: levels,
    });
    for (const effect of [difference, lift, oddsRatio, arms.control, arms.treatment]) {
      expect(effect.quantiles.map(({ level }) => level)).toEqual(levels);
      const [lower, , upper, least] = effect.quantiles.map(({ value }) => value);
      const width = upper! - lower!;
      expect(Math.abs(lower! - effect.interval.lower) / width).toBeLessThan(1e-11);
      expect(Math.abs(upper! - effect.interval.upper) / width).toBeLessThan(1e-11);
      expect(least!).toBeLessThan(lower!);
    }
    expect(Math.abs(lift.quantiles[1]!.value - lift.median)).toBeLessThan(1e-11);
  });

  it("says which arm has no data, and leaves it its prior", () => {
    const result = compareBetaBinomial({ control, treatment: { n: 0, conversions: 0 }, prior: "jeffreys" });
    expect(result.warnings.map(({ code }) => code)).toEqual(["NO_DATA"]);
    expect(result.posterior.treatment).toMatchObject({ alpha: 0.5, beta: 0.5 });
  });

  it.each([
    ["prior", { prior: "flat" }],
    ["prior.treatment", { prior: { control: "uniform", treatment: "flat" } }],
    ["prior.alpha", { prior: { alpha: 1e-7, beta: 1 } }],
    ["thresholdOfCaring", { thresholdOfCaring: -1 }],
    ["thresholdOfCaring", { thresholdOfCaring: Infinity }],
    ["quantileLevels", { quantileLevels: 0.5 }],
    ["quantileLevels[1]", { quantileLevels: [0.5, 1] }],
  ])("refuses a broken %s", (field, more) => {
    expect(() => compareBetaBinomial({ control, treatment, ...more } as never)).toThrow(
      expect.objectContaining({ field, name: "DomainError" }) as DomainError,
    );
  });
});

describe("the posterior at the truth", () => {
  it("is uniform over draws from the prior", () => {
    const shares = calibrationOfRates({
      prior: { alpha: 2, beta: 30 },
      control: 300,
      treatment: 500,
      draws: 400,
      seed: 5102,
    });
    for (const of of [shares.difference, shares.lift, shares.oddsRatio]) {
      expect(uniformity(of).pValue).toBeGreaterThan(1e-3);
    }
  });
});

describe("probabilityToBeat", () => {
  it("is the same as in the whole comparison", () => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const { kind, ...light } = probabilityToBeat({ control, treatment, prior: "jeffreys" });
        expect(kind).toBe("probability-to-beat");
        const whole = compareBetaBinomial({ control, treatment, prior: "jeffreys" });
        const { warnings, ...rest } = light;
        expect(whole).toMatchObject(rest);
        expect(whole.warnings).toEqual(expect.arrayContaining([...warnings]));
      }),
      { numRuns: 20 },
    );
  });

  it("refuses what is no arm", () => {
    expect(() =>
      probabilityToBeat({ control: { n: 1, conversions: 2 }, treatment: { n: 1, conversions: 0 } }),
    ).toThrow(expect.objectContaining({ field: "control.conversions" }) as DomainError);
  });
});
