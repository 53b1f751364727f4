import { assurance } from "../../src/bayesian/assurance.ts";
import { assuranceForBetaBinomial } from "../../src/bayesian/assurance-for-beta-binomial.ts";
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
import { highestDensityInterval } from "../../src/bayesian/highest-density-interval.ts";
import { predictiveProbability } from "../../src/bayesian/predictive-probability.ts";
import { probabilityBest } from "../../src/bayesian/probability-best.ts";
import { probabilityToBeat } from "../../src/bayesian/probability-to-beat.ts";
import { regionOfPracticalEquivalence } from "../../src/bayesian/region-of-practical-equivalence.ts";
import { sampleSizeForExpectedLoss } from "../../src/bayesian/sample-size-for-expected-loss.ts";
import { sampleSizeForPosteriorWidth } from "../../src/bayesian/sample-size-for-posterior-width.ts";
import { shrinkEffect } from "../../src/bayesian/shrink-effect.ts";
import { shrinkEffects } from "../../src/bayesian/shrink-effects.ts";
import { skepticalPrior } from "../../src/bayesian/skeptical-prior.ts";
import { thompsonAllocation } from "../../src/bayesian/thompson-allocation.ts";
import { topTwoAllocation } from "../../src/bayesian/top-two-allocation.ts";
import { valueOfInformation } from "../../src/bayesian/value-of-information.ts";
import { winnersCurse } from "../../src/bayesian/winners-curse.ts";
import { correctedEffect } from "../../src/inference/corrected-effect.ts";
import type { AnyResult } from "../../src/report/any-result.ts";

const RATES = { control: { n: 1000, conversions: 50 }, treatment: { n: 1000, conversions: 65 } };
const ARMS = [
  { name: "control", n: 1000, conversions: 50 },
  { name: "short form", n: 1000, conversions: 65 },
  { name: "no form", n: 1000, conversions: 58 },
];
const EFFECTS = [0.1, 0.3, -0.2, 0.5, -0.1, 0, 0.05, -0.4].map((estimate) => ({
  estimate,
  standardError: 0.1,
}));
const SPIKE = {
  family: "spike-and-normal",
  probabilityOfNoEffect: 0.7,
  mean: 0,
  standardDeviation: 0.05,
} as const;
const PLANNED = { control: { alpha: 500, beta: 9500 }, treatment: { alpha: 52, beta: 948 } };
const LOOKS = [1000, 2000, 3000, 4000, 5000];

export const bayesianSamples: Readonly<Record<string, AnyResult>> = {
  assurance: assurance({
    prior: { mean: 0.01, standardDeviation: 0.01 },
    baseline: 0.1,
    n: 5000,
  }),
  "beta-binomial-assurance": assuranceForBetaBinomial({ prior: PLANNED, n: 10_000 }),
  "bayes-factor-for-proportions": bayesFactorForProportions(RATES),
  "bayes-factor-for-proportions dependent": bayesFactorForProportions({
    control: { n: 21_306, conversions: 122 },
    treatment: { n: 21_307, conversions: 267 },
    method: "dependent",
    prior: { effect: { standardDeviation: 0.2 } },
    alternative: "greater",
    sensitivity: [0.05, 0.1, 0.5],
  }),
  "bayesian-stopping": bayesianStopping({
    baseline: 0.05,
    lift: [-0.1, 0.2],
    looks: LOOKS,
    probabilityToBeat: 0.95,
    designPrior: { scale: "log-lift", standardDeviation: 0.1 },
  }),
  "bayesian-stopping once": bayesianStopping({
    baseline: 0.05,
    looks: [5000],
    thresholdOfCaring: 0.0005,
  }),
  "bayesian-stopping-calibration": calibrateBayesianStopping({ baseline: 0.05, looks: LOOKS }),
  "beta-binomial-comparison chosen": compareBetaBinomial({
    ...RATES,
    prior: { control: "jeffreys", treatment: "uniform" },
    thresholdOfCaring: 0.0005,
  }),
  "probability-to-beat": probabilityToBeat(RATES),
  "dirichlet-multinomial-comparison": compareDirichletMultinomial({
    control: [900, 78, 22],
    treatment: [870, 96, 34],
    categories: ["visit", "cart", "sale"],
    ordered: true,
  }),
  "dirichlet-multinomial-comparison unordered": compareDirichletMultinomial({
    control: [310, 402, 288],
    treatment: [205, 477, 318],
    categories: ["small", "medium", "large"],
  }),
  "empirical-beta-prior": empiricalBetaPrior({
    pastRates: [31, 58, 42, 69, 25].map((conversions) => ({ n: 1000, conversions })),
  }),
  "empirical-beta-prior without variation": empiricalBetaPrior({
    pastRates: [50, 51, 49].map((conversions) => ({ n: 1000, conversions })),
  }),
  "empirical-effect-prior": empiricalEffectPrior({ effects: EFFECTS, mean: 0 }),
  "shrunken-effect": shrinkEffect({ estimate: 0.08, standardError: 0.03, prior: SPIKE }),
  "shrunken-effects": shrinkEffects({ effects: EFFECTS, mean: 0 }),
  "winners-curse": winnersCurse({ prior: SPIKE, standardError: 0.03 }),
  "corrected-effect": correctedEffect({ estimate: 0.08, standardError: 0.03 }),
  "highest-density-interval": highestDensityInterval({
    distribution: { family: "beta", alpha: 4, beta: 998 },
  }),
  "region-of-practical-equivalence": regionOfPracticalEquivalence({
    control: { n: 50_000, conversions: 2500 },
    treatment: { n: 50_000, conversions: 2525 },
    effect: "lift",
    lower: -0.1,
    upper: 0.1,
  }),
  "region-of-practical-equivalence undecided": regionOfPracticalEquivalence({
    ...RATES,
    effect: "difference",
    lower: -0.005,
  }),
  "gamma-poisson-comparison": compareGammaPoisson({
    control: { n: 1000, events: 120 },
    treatment: { n: 1010, events: 150 },
    prior: { shape: 1, rate: 1 },
  }),
  "normal-comparison": compareNormal({
    control: { n: 1000, mean: 10.2, variance: 16.8 },
    treatment: { n: 1020, mean: 10.6, variance: 17.4 },
    thresholdOfCaring: 0.001,
  }),
  "revenue-comparison": compareRevenue({
    model: "gamma",
    control: { n: 10_000, conversions: 300, values: { mean: 52, variance: 1900 } },
    treatment: { n: 10_000, conversions: 330, values: { mean: 53, variance: 2100 } },
  }),
  "revenue-comparison log-normal": compareRevenue({
    model: "log-normal",
    control: { n: 10_000, conversions: 300, logValues: { mean: 3.6, variance: 0.9 } },
    treatment: { n: 10_000, conversions: 330, logValues: { mean: 3.65, variance: 0.95 } },
  }),
  "effect-prior-comparison": compareWithEffectPrior({
    ...RATES,
    effectPrior: skepticalPrior({ lift: 0.1, probability: 0.05 }),
  }),
  "predictive-probability": predictiveProbability({
    ...RATES,
    remaining: { control: 1000, treatment: 1000 },
    criterion: { kind: "posterior-probability", probability: 0.95 },
  }),
  "probability-best": probabilityBest({ arms: ARMS, thresholdOfCaring: 0.002 }),
  "thompson-allocation": thompsonAllocation({ arms: ARMS, floor: 0.1 }),
  "top-two-allocation": topTwoAllocation({ arms: ARMS }),
  "expected-loss-sample-size": sampleSizeForExpectedLoss({
    prior: { alpha: 50, beta: 950 },
    thresholdOfCaring: 0.0001,
  }),
  "posterior-width-sample-size": sampleSizeForPosteriorWidth({
    prior: { alpha: 50, beta: 950 },
    width: 0.01,
  }),
  "value-of-information": valueOfInformation({
    ...RATES,
    population: 1_000_000,
    additional: [1000, 5000, 20_000],
    unitsPerDay: 500,
  }),
};
