export type { BetaBinomialAssurance, BetaBinomialAssuranceOptions } from "./assurance-for-beta-binomial.ts";
export { assuranceForBetaBinomial } from "./assurance-for-beta-binomial.ts";
export type { Assurance, AssuranceOptions, NormalEffectPrior } from "./assurance.ts";
export { assurance } from "./assurance.ts";
export type {
  BayesFactor,
  BayesFactorForProportions,
  BayesFactorForProportionsOptions,
  DependentBayesFactorOptions,
  IndependentBayesFactorOptions,
} from "./bayes-factor-for-proportions.ts";
export { bayesFactorForProportions } from "./bayes-factor-for-proportions.ts";
export type { BetaPosterior } from "./beta-posterior.ts";
export type { BetaPrior } from "../models/beta-prior.ts";
export type { BetaPriors } from "./beta-prior.ts";
export type { Choice } from "./choice.ts";
export type { BetaBinomialComparison, CompareBetaBinomialOptions } from "./compare-beta-binomial.ts";
export { compareBetaBinomial } from "./compare-beta-binomial.ts";
export type { CompareGammaPoissonOptions, GammaPoissonComparison } from "./compare-gamma-poisson.ts";
export { compareGammaPoisson } from "./compare-gamma-poisson.ts";
export type { ComparisonOptions } from "./comparison-options.ts";
export type { BayesFactorAtWidth } from "./dependent-bayes-factor.ts";
export type {
  DependentRatePriors,
  DependentRatePriorsOption,
  NormalPrior,
  NormalPriorOption,
} from "./dependent-rate-priors.ts";
export type { EachArm } from "./each-arm.ts";
export type { EffectPosterior, KnownEffectPosterior } from "./effect-posterior.ts";
export type { SavageDickey } from "./evidence-of-effect.ts";
export type { ExposedCount, GammaPosterior } from "./gamma-posterior.ts";
export type { GammaPrior, GammaPriorName } from "./gamma-prior.ts";
export type { IndependentRatePriors } from "./independent-rate-priors.ts";
export type { PosteriorComparison } from "./posterior-comparison.ts";
export type { PredictiveProbability, PredictiveProbabilityOptions } from "./predictive-probability.ts";
export { predictiveProbability } from "./predictive-probability.ts";
export type { QuantileAt } from "./quantiles-at.ts";
export type {
  ExpectedLossSampleSize,
  ExpectedLossSampleSizeOptions,
} from "./sample-size-for-expected-loss.ts";
export { sampleSizeForExpectedLoss } from "./sample-size-for-expected-loss.ts";
export type { CheckedCriterion, SuccessCriterion } from "./success-criterion.ts";
export type { SuccessProbability } from "./success-probability.ts";
export type { RunningOn, ValueOfInformation, ValueOfInformationOptions } from "./value-of-information.ts";
export { valueOfInformation } from "./value-of-information.ts";
