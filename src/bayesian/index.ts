export type { AmountPosterior } from "./amount-posterior.ts";
export type { BetaBinomialAssurance, BetaBinomialAssuranceOptions } from "./assurance-for-beta-binomial.ts";
export { assuranceForBetaBinomial } from "./assurance-for-beta-binomial.ts";
export type { Assurance, AssuranceOptions } from "./assurance.ts";
export { assurance } from "./assurance.ts";
export type {
  BayesFactor,
  BayesFactorForProportions,
  BayesFactorForProportionsOptions,
  BayesFactorOptions,
  DependentBayesFactorOptions,
  IndependentBayesFactorOptions,
} from "./bayes-factor-for-proportions.ts";
export { bayesFactorForProportions } from "./bayes-factor-for-proportions.ts";
export type { BayesianStopping, BayesianStoppingOptions } from "./bayesian-stopping.ts";
export { bayesianStopping } from "./bayesian-stopping.ts";
export type { BetaPosterior } from "./beta-posterior.ts";
export type { BetaPrior } from "../models/beta-prior.ts";
export type { BetaPriorChoice, BetaPriorChoices, BetaPriors } from "./beta-prior.ts";
export type {
  BayesianStoppingCalibration,
  CalibrateBayesianStoppingOptions,
} from "./calibrate-bayesian-stopping.ts";
export { calibrateBayesianStopping } from "./calibrate-bayesian-stopping.ts";
export type { Choice } from "./choice.ts";
export type { BetaBinomialComparison, CompareBetaBinomialOptions } from "./compare-beta-binomial.ts";
export { compareBetaBinomial } from "./compare-beta-binomial.ts";
export type {
  CategoryComparison,
  CompareDirichletMultinomialOptions,
  DirichletMultinomialComparison,
  StepComparison,
} from "./compare-dirichlet-multinomial.ts";
export { compareDirichletMultinomial } from "./compare-dirichlet-multinomial.ts";
export type { CompareGammaPoissonOptions, GammaPoissonComparison } from "./compare-gamma-poisson.ts";
export { compareGammaPoisson } from "./compare-gamma-poisson.ts";
export type { CompareNormalOptions, NormalComparison } from "./compare-normal.ts";
export { compareNormal } from "./compare-normal.ts";
export type {
  CompareRevenueOptions,
  GammaRevenueOptions,
  LogNormalRevenueOptions,
  RevenueComparison,
} from "./compare-revenue.ts";
export { compareRevenue } from "./compare-revenue.ts";
export type { CompareWithEffectPriorOptions, EffectPriorComparison } from "./compare-with-effect-prior.ts";
export { compareWithEffectPrior } from "./compare-with-effect-prior.ts";
export type { ArmOrder, ArmOrderWithLosses, ComparedArms } from "./compared-arms.ts";
export type { ComparisonOptions } from "./comparison-options.ts";
export type { CountsToCompare } from "./counts-compared.ts";
export type { BayesFactorAtWidth } from "./dependent-bayes-factor.ts";
export type {
  DependentRatePriors,
  DependentRatePriorsOption,
  NormalPriorOption,
} from "./dependent-rate-priors.ts";
export type { DirichletPrior } from "./dirichlet-prior.ts";
export type { EachArm } from "./each-arm.ts";
export type { EffectName, ModelToCompare } from "./effect-of-model.ts";
export type { EffectPosterior, KnownEffectPosterior } from "./effect-posterior.ts";
export type {
  EffectPrior,
  EffectFamily,
  NormalEffects,
  SpikeAndNormalEffects,
  StudentTEffects,
  TwoNormalsEffects,
} from "./effect-prior.ts";
export type { EmpiricalBetaPrior, EmpiricalBetaPriorOptions } from "./empirical-beta-prior.ts";
export { empiricalBetaPrior } from "./empirical-beta-prior.ts";
export type { EmpiricalEffectPrior, EmpiricalEffectPriorOptions } from "./empirical-effect-prior.ts";
export { empiricalEffectPrior } from "./empirical-effect-prior.ts";
export type { SavageDickey } from "./evidence-of-effect.ts";
export type { FittedParameter } from "./fitted-parameter.ts";
export type { ExposedCount, GammaPosterior } from "./gamma-posterior.ts";
export type { GammaPrior, GammaPriorChoice } from "./gamma-prior.ts";
export type { Distribution } from "./distribution-intervals.ts";
export type { GroupEffect, PosteriorFigures } from "./group-effects.ts";
export type { HighestDensityInterval, HighestDensityIntervalOptions } from "./highest-density-interval.ts";
export { highestDensityInterval } from "./highest-density-interval.ts";
export type { IndependentRatePriorChoices, IndependentRatePriors } from "./independent-rate-priors.ts";
export type { MeansToCompare } from "./means-compared.ts";
export type { NormalInverseGammaPrior, NormalInverseGammaPriorChoice } from "./normal-inverse-gamma-prior.ts";
export type { NormalPosterior } from "./normal-posterior.ts";
export type { NormalPrior } from "./normal-prior.ts";
export type { ObservedEffect } from "./observed-effects.ts";
export type { PosteriorComparison } from "./posterior-comparison.ts";
export type { PredictiveProbability, PredictiveProbabilityOptions } from "./predictive-probability.ts";
export { predictiveProbability } from "./predictive-probability.ts";
export type {
  AgainstFirst,
  ArmAmongSeveral,
  ChoiceOfSeveral,
  ProbabilityBest,
  ProbabilityBestOptions,
} from "./probability-best.ts";
export { probabilityBest } from "./probability-best.ts";
export type { ProbabilityToBeat } from "./probability-to-beat.ts";
export { probabilityToBeat } from "./probability-to-beat.ts";
export type { QuantileAt } from "./quantiles-at.ts";
export type { CheckedRateEffectPrior, RateEffectPrior } from "./rate-effect-prior.ts";
export type { RatePosterior } from "./rate-posterior.ts";
export type { RatesToCompare } from "./rates-compared.ts";
export type {
  RegionOfPracticalEquivalence,
  RegionOfPracticalEquivalenceOptions,
} from "./region-of-practical-equivalence.ts";
export { regionOfPracticalEquivalence } from "./region-of-practical-equivalence.ts";
export type {
  ConversionValues,
  GammaRevenueArm,
  LogConversionValues,
  LogNormalRevenueArm,
} from "./revenue-arm.ts";
export type { RevenueFindings, RevenuePart, RevenuePosterior } from "./revenue-findings.ts";
export type { RevenuePrior, RevenuePriorChoice } from "./revenue-prior.ts";
export type {
  ExpectedLossSampleSize,
  ExpectedLossSampleSizeOptions,
} from "./sample-size-for-expected-loss.ts";
export { sampleSizeForExpectedLoss } from "./sample-size-for-expected-loss.ts";
export type {
  PosteriorWidthSampleSize,
  PosteriorWidthSampleSizeOptions,
} from "./sample-size-for-posterior-width.ts";
export { sampleSizeForPosteriorWidth } from "./sample-size-for-posterior-width.ts";
export type {
  ArmModel,
  ArmOfSeveral,
  ArmPosterior,
  ArmPrior,
  BetaBinomialArms,
  GammaPoissonArms,
  NormalArms,
  SeveralArms,
} from "./several-arms.ts";
export type { ShrinkEffectOptions, ShrunkenEffect } from "./shrink-effect.ts";
export { shrinkEffect } from "./shrink-effect.ts";
export type { ShrinkEffectsOptions, ShrunkenEffects } from "./shrink-effects.ts";
export { shrinkEffects } from "./shrink-effects.ts";
export type { SkepticalPriorOptions } from "./skeptical-prior.ts";
export { skepticalPrior } from "./skeptical-prior.ts";
export type { AverageEnd, StoppingAverage } from "./stopping-average.ts";
export type { StoppingComputation, StoppingDesignOptions } from "./stopping-design.ts";
export type { AtEnd, StoppingEnd, StoppingLook, StoppingOutcome } from "./stopping-outcome.ts";
export type { StoppingRule, StoppingRuleOptions } from "./stopping-rule.ts";
export type { CheckedCriterion, SuccessCriterion } from "./success-criterion.ts";
export type { SuccessProbability } from "./success-probability.ts";
export type { ThompsonAllocation, ThompsonAllocationOptions } from "./thompson-allocation.ts";
export { thompsonAllocation } from "./thompson-allocation.ts";
export type { TopTwoAllocation, TopTwoAllocationOptions } from "./top-two-allocation.ts";
export { topTwoAllocation } from "./top-two-allocation.ts";
export type { AllocationOptions, ArmShare, TrafficAllocation } from "./traffic-allocation.ts";
export type { TrueEffectsOptions } from "./true-effects.ts";
export type { RunningOn, ValueOfInformation, ValueOfInformationOptions } from "./value-of-information.ts";
export { valueOfInformation } from "./value-of-information.ts";
export type { WidthCriterion, WidthEffect } from "./width-criterion.ts";
export type { WinnersCurse, WinnersCurseOptions } from "./winners-curse.ts";
export { winnersCurse } from "./winners-curse.ts";
