import { describe, expect, it } from "vitest";
import { assuranceForBetaBinomial } from "../../src/bayesian/assurance-for-beta-binomial.ts";
import { assurance } from "../../src/bayesian/assurance.ts";
import { bayesFactorForProportions } from "../../src/bayesian/bayes-factor-for-proportions.ts";
import { bayesianStopping } from "../../src/bayesian/bayesian-stopping.ts";
import { calibrateBayesianStopping } from "../../src/bayesian/calibrate-bayesian-stopping.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { compareDirichletMultinomial } from "../../src/bayesian/compare-dirichlet-multinomial.ts";
import { compareGammaPoisson } from "../../src/bayesian/compare-gamma-poisson.ts";
import { compareNormal } from "../../src/bayesian/compare-normal.ts";
import { compareRevenue } from "../../src/bayesian/compare-revenue.ts";
import { compareWithEffectPrior } from "../../src/bayesian/compare-with-effect-prior.ts";
import { empiricalBetaPrior } from "../../src/bayesian/empirical-beta-prior.ts";
import { empiricalEffectPrior } from "../../src/bayesian/empirical-effect-prior.ts";
import { predictiveProbability } from "../../src/bayesian/predictive-probability.ts";
import { probabilityBest } from "../../src/bayesian/probability-best.ts";
import { regionOfPracticalEquivalence } from "../../src/bayesian/region-of-practical-equivalence.ts";
import { sampleSizeForExpectedLoss } from "../../src/bayesian/sample-size-for-expected-loss.ts";
import { sampleSizeForPosteriorWidth } from "../../src/bayesian/sample-size-for-posterior-width.ts";
import { shrinkEffect } from "../../src/bayesian/shrink-effect.ts";
import { shrinkEffects } from "../../src/bayesian/shrink-effects.ts";
import { thompsonAllocation } from "../../src/bayesian/thompson-allocation.ts";
import { valueOfInformation } from "../../src/bayesian/value-of-information.ts";
import { winnersCurse } from "../../src/bayesian/winners-curse.ts";

interface Assuming {
  readonly assumptions: readonly string[];
}

const rates = { control: { n: 400, conversions: 20 }, treatment: { n: 400, conversions: 30 } };
const prior = { alpha: 3.25, beta: 70.5 };
const values = { mean: 52, variance: 1900 };
const revenue = {
  control: { n: 1000, conversions: 30, values },
  treatment: { n: 1000, conversions: 33, values },
};
const past = [0.1, 0.3, -0.2, 0.5, -0.1].map((estimate) => ({ estimate, standardError: 0.1 }));
const normal = { family: "normal", mean: 0, standardDeviation: 0.02 } as const;
const looks = { baseline: 0.1, looks: [50, 100] };

// Each figure of a prior that a reader must know to judge the result, and what else the reading rests on.
const results: readonly (readonly [string, () => Assuming, readonly string[]])[] = [
  ["rates", () => compareBetaBinomial({ ...rates, prior }), ["independent", "Beta(3.25, 70.5)"]],
  [
    "rates with a prior each",
    () => compareBetaBinomial({ ...rates, prior: { control: prior, treatment: { alpha: 7, beta: 8 } } }),
    ["Beta(3.25, 70.5)", "Beta(7, 8)"],
  ],
  [
    "counts",
    () =>
      compareGammaPoisson({
        control: { n: 90, events: 70 },
        treatment: { n: 95, events: 76 },
        prior: { shape: 2.5, rate: 3.5 },
      }),
    ["Poisson", "Gamma(2.5, 3.5)"],
  ],
  [
    "means",
    () => compareNormal({ control: { n: 90, ...values }, treatment: { n: 80, ...values } }),
    ["normal", "1/σ²"],
  ],
  [
    "shares",
    () => compareDirichletMultinomial({ control: [90, 7, 2], treatment: [87, 9, 3], prior: [2, 3, 4.5] }),
    ["one category", "Dirichlet(2, 3, 4.5)"],
  ],
  [
    "gamma revenue",
    () => compareRevenue({ model: "gamma", ...revenue }),
    ["gamma distributed", "Beta(1, 1)"],
  ],
  [
    "log-normal revenue",
    () =>
      compareRevenue({
        model: "log-normal",
        control: { n: 1000, conversions: 30, logValues: { mean: 3, variance: 1 } },
        treatment: { n: 1000, conversions: 33, logValues: { mean: 3, variance: 1 } },
      }),
    ["log-normal", "at most", "Beta(1, 1)"],
  ],
  [
    "an effect with a prior",
    () =>
      compareWithEffectPrior({
        ...rates,
        effectPrior: { scale: "log-odds", mean: 0.125, standardDeviation: 0.375 },
      }),
    ["0.125", "0.375"],
  ],
  [
    "the Bayes factor of independent rates",
    () => bayesFactorForProportions({ ...rates, prior }),
    ["same rate", "held likely"],
  ],
  [
    "the Bayes factor of an effect",
    () =>
      bayesFactorForProportions({
        ...rates,
        method: "dependent",
        prior: { effect: { standardDeviation: 0.375 } },
      }),
    ["0.375"],
  ],
  [
    "the best of rates",
    () => probabilityBest({ arms: [rates.control, rates.treatment], prior }),
    ["convert at the same rate", "Beta(3.25, 70.5)"],
  ],
  [
    "the best of counts",
    () =>
      probabilityBest({
        model: "gamma-poisson",
        arms: [
          { n: 9, events: 7 },
          { n: 9, events: 9 },
        ],
        prior: { shape: 2.5, rate: 3.5 },
      }),
    ["Poisson", "Gamma(2.5, 3.5)"],
  ],
  [
    "the best of means",
    () =>
      probabilityBest({
        model: "normal",
        arms: [
          { n: 90, ...values },
          { n: 80, ...values },
        ],
        prior: { mu: 50, kappa: 1.5, alpha: 2.5, beta: 900 },
      }),
    ["normal", "NormalInverseGamma(50, 1.5, 2.5, 900)"],
  ],
  [
    "shares of traffic",
    () => thompsonAllocation({ arms: [rates.control, rates.treatment], prior }),
    ["Beta(3.25, 70.5)"],
  ],
  [
    "a region",
    () => regionOfPracticalEquivalence({ ...rates, prior, effect: "lift", lower: -0.1, upper: 0.1 }),
    ["Beta(3.25, 70.5)"],
  ],
  [
    "the end of an experiment",
    () => predictiveProbability({ ...rates, prior, remaining: { control: 9, treatment: 9 } }),
    ["those to come convert at the rates of those seen", "Only the end counts"],
  ],
  [
    "the assurance of rates",
    () => assuranceForBetaBinomial({ prior: { control: prior, treatment: prior }, n: 20 }),
    ["Only the end counts"],
  ],
  [
    "the assurance of an effect",
    () => assurance({ prior: { mean: 0.125, standardDeviation: 0.375 }, standardError: 0.1 }),
    ["0.125", "0.375"],
  ],
  [
    "stopping",
    () => bayesianStopping({ ...looks, probabilityToBeat: 0.95 }),
    ["Beta(1, 1)", "no type I error rate is kept"],
  ],
  [
    "a limit for stopping",
    () => calibrateBayesianStopping({ ...looks, rule: "probability-to-beat" }),
    ["Beta(1, 1)", "no type I error rate is kept"],
  ],
  [
    "a prior for rates",
    () => empiricalBetaPrior({ pastRates: [31, 58, 42].map((conversions) => ({ n: 1000, conversions })) }),
    ["one Beta distribution"],
  ],
  [
    "a prior for effects",
    () => empiricalEffectPrior({ effects: past }),
    ["independent draws from one distribution"],
  ],
  [
    "an effect",
    () => shrinkEffect({ ...past[0]!, prior: normal }),
    ["normal around the true effect", "same population"],
  ],
  [
    "effects with a fitted prior",
    () => shrinkEffects({ effects: past }),
    ["same population", "taken as known"],
  ],
  [
    "the winner's curse",
    () => winnersCurse({ prior: normal, standardError: 0.03 }),
    ["normal around its true effect", "those that the prior describes"],
  ],
  [
    "the value of information",
    () => valueOfInformation({ ...rates, population: 1000, additional: 10 }),
    ["independent before the data", "higher posterior mean is taken"],
  ],
  [
    "a size by loss",
    () => sampleSizeForExpectedLoss({ prior: { alpha: 50, beta: 950 }, thresholdOfCaring: 0.001 }),
    ["higher posterior mean is chosen"],
  ],
  [
    "a size by width",
    () => sampleSizeForPosteriorWidth({ prior: { alpha: 50, beta: 950 }, width: 0.05 }),
    ["independent"],
  ],
];

describe("what a result rests on", () => {
  it.each(results)("is said of %s", (_, result, parts) => {
    const { assumptions } = result();
    const text = assumptions.join(" ");
    for (const part of parts) expect(text).toContain(part);
    for (const assumption of assumptions) expect(assumption).toMatch(/^\P{Ll}.{20,}[^.]\.$/u);
  });
});
