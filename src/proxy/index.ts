// What is where. Names of one file are exported together, files in alphabetical order.
//
// - What is known of changes: `EffectCovariance` (effect-covariance) says how true effects spread and go together, over
//   nodes (`effectNodes`) and a population (effect-population); `UnitCovariance` (unit-covariance) what chance adds.
//   Several proxies: joint-effect-covariance, joint-unit-covariance, and composite-effects from them to one.
// - Learning from the past: past-experiment → effect-table → moments (moment-covariance, liml, naive-decomposition),
//   likelihood (random-effects-fit, profile-effect-covariance) and posterior (covariance-posterior for one proxy,
//   joint-covariance-posterior for several), joined by estimate-effect-covariance and estimate-joint-effect-covariance;
//   trial-level-r2 and experiments-needed beside them.
// - Rules and what they earn: shipping-rule (one linear rule over nodes), decision-rule and assisted-weights (which
//   rule), false-ships, macro-equivalent-n, macro-posterior (what one change's estimates say).
// - Within one experiment: detection-, planning-, observed-, calendar- and sequential-speedup, each with decision-beside;
//   decision-speedup and speedup-curve; individual-surrogacy, surrogate-index and micro-value from the units themselves.
// - Deciding: proxy-assisted, joint-proxy-assisted, sequential-proxy-assisted (day by day), predict-macro, paradox-risk,
//   surrogate-threshold-effect, backtest-proxy (on past experiments), assess-proxy (the verdict that joins them).
// - Choosing and planning: optimal-proxy-weights, sensitivity-weights, proxy-front, rank-proxies, programme-gain.

export type { Matrix, Vector } from "../numerics/matrix.ts";
export type { AssessProxyInput, ProxyAssessment } from "./assess-proxy.ts";
export { assessProxy } from "./assess-proxy.ts";
export type { AssistedDay } from "./assisted-day.ts";
export type { AssistedDecisionRule } from "./assisted-decision-rule.ts";
export type { AssistedPosterior } from "./assisted-posterior.ts";
export type { LinearEstimate } from "./assisted-weights.ts";
export type { BacktestExperiment, EarlySales } from "./backtest-experiment.ts";
export type { BacktestPolicyName, ReplayedDecision } from "./backtest-policy.ts";
export type { BacktestPolicy, BacktestProxyInput, ProxyBacktest } from "./backtest-proxy.ts";
export { backtestProxy } from "./backtest-proxy.ts";
export type { CalendarSpeedup, CalendarSpeedupInput, DaysCompared } from "./calendar-speedup.ts";
export { calendarSpeedup } from "./calendar-speedup.ts";
export type { CandidateReading } from "./candidate-reading.ts";
export type { PolicyComparison } from "./compare-policies.ts";
export { compositeEffects, compositeSampling, pairEffects } from "./composite-effects.ts";
export type { CompositeReading } from "./composite-reading.ts";
export type { CovariancePrior } from "./covariance-prior.ts";
export type { CurveRange } from "./curve-sizes.ts";
export type { DecisionBeside } from "./decision-beside.ts";
export type { BelievedDecision, DecisionCeiling } from "./decision-by-rho.ts";
export type { DecisionPosterior } from "./decision-posterior.ts";
export type { DecisionReading } from "./decision-reading.ts";
export type { DecisionRule } from "./decision-rule.ts";
export type { DecisionSpeedup, DecisionSpeedupInput } from "./decision-speedup.ts";
export { decisionSpeedup } from "./decision-speedup.ts";
export type { TargetReading } from "./decision-target.ts";
export type { DetectionSpeedup, DetectionSpeedupInput } from "./detection-speedup.ts";
export { detectionSpeedup } from "./detection-speedup.ts";
export type { EffectCovariance, EffectDistribution, EffectNode, EffectScale } from "./effect-covariance.ts";
export type {
  EffectPopulation,
  ScaleMixturePopulation,
  SpikePopulation,
  StudentTPopulation,
  TwoNormalsPopulation,
} from "./effect-population.ts";
export type { EffortQuadrant, QuadrantCuts } from "./effort-quadrant.ts";
export type { EffectBeliefs, ElicitedEffectCovariance } from "./elicit-effect-covariance.ts";
export { elicitEffectCovariance } from "./elicit-effect-covariance.ts";
export type {
  EffectCovarianceEstimate,
  EstimateEffectCovarianceInput,
  LikelihoodEstimate,
  PriorFreeEstimates,
} from "./estimate-effect-covariance.ts";
export { estimateEffectCovariance } from "./estimate-effect-covariance.ts";
export type {
  JointEffectCovarianceEstimate,
  EstimateJointEffectCovarianceInput,
  LearnedProxy,
} from "./estimate-joint-effect-covariance.ts";
export { estimateJointEffectCovariance } from "./estimate-joint-effect-covariance.ts";
export type {
  ExperimentNumber,
  ExperimentsNeeded,
  ExperimentsNeededFromEffects,
  ExperimentsNeededFromReliabilities,
  ExperimentsNeededInput,
} from "./experiments-needed.ts";
export { experimentsNeeded } from "./experiments-needed.ts";
export type { CohortArm, ExposureDay } from "./exposure-day.ts";
export type { FalseShipPoint } from "./false-ships.ts";
export type {
  FitEffectPopulationFromEffects,
  FitEffectPopulationFromExperiments,
  FitEffectPopulationInput,
  FittedEffectPopulation,
  FittedPopulation,
} from "./fit-effect-population.ts";
export { fitEffectPopulation } from "./fit-effect-population.ts";
export type { IndividualAssociation } from "./individual-association.ts";
export type {
  ConfounderStrength,
  IndividualSurrogacy,
  IndividualSurrogacyInput,
  OpposedUnits,
} from "./individual-surrogacy.ts";
export { individualSurrogacy } from "./individual-surrogacy.ts";
export type { JointLinearEstimate } from "./joint-assisted-weights.ts";
export type { JointCovariancePrior } from "./joint-covariance-prior.ts";
export type {
  CompleteJointNode,
  JointEffectCovariance,
  JointEffectDistribution,
  JointEffectNode,
  JointUnitCovariance,
} from "./joint-effect-covariance.ts";
export type { JointProxyAssisted, JointProxyAssistedInput } from "./joint-proxy-assisted.ts";
export { jointProxyAssisted } from "./joint-proxy-assisted.ts";
export type { JointSampleSizesInput } from "./joint-sample-sizes.ts";
export type {
  JointUnitCovarianceFromMoments,
  JointUnitCovarianceFromRates,
  JointUnitCovarianceResult,
} from "./joint-unit-covariance.ts";
export { jointUnitCovariance } from "./joint-unit-covariance.ts";
export type { Judgement, Light, NextStep, ProxyVerdict } from "./judge-proxy.ts";
export type { LightUnderPrior } from "./light-under-priors.ts";
export type { LikelihoodRatioTest } from "./likelihood-ratio-of-strata.ts";
export type { Liml } from "./liml.ts";
export type { LookingOutcome, RuleOutcome } from "./looking-outcome.ts";
export type { MacroPosterior } from "./macro-posterior.ts";
export type { Mediation } from "./mediation.ts";
export type { MicroValue, MicroValueInput } from "./micro-value.ts";
export { microValue } from "./micro-value.ts";
export type { MomentCovariance } from "./moment-covariance.ts";
export type { NaiveCorrelation, NaiveSlopes } from "./naive-decomposition.ts";
export type { ObservedSpeedup, ObservedSpeedupInput } from "./observed-speedup.ts";
export { observedSpeedup } from "./observed-speedup.ts";
export type { ObservedCounts, ObservedStatistics } from "./observed-statistics.ts";
export type { OptimalProxyWeights, OptimalProxyWeightsInput, WeightsAtN } from "./optimal-proxy-weights.ts";
export { optimalProxyWeights } from "./optimal-proxy-weights.ts";
export type { ParadoxRisk, ParadoxRiskInput } from "./paradox-risk.ts";
export { paradoxRisk } from "./paradox-risk.ts";
export type { PastEffectPair } from "./past-effects.ts";
export type { JointPastExperiment, PastCounts, PastEffects, PastExperiment } from "./past-experiment.ts";
export type { PlainPrior } from "./plain-priors.ts";
export type { PlannedLifts } from "./planned-lifts.ts";
export type { PlanningSpeedupOptions, PlanningSpeedup, PlanningSpeedupInput } from "./planning-speedup.ts";
export { planningSpeedup } from "./planning-speedup.ts";
export type { PosteriorReading } from "./posterior-reading.ts";
export type { PredictMacro, PredictMacroInput } from "./predict-macro.ts";
export { predictMacro } from "./predict-macro.ts";
export type { PrenticeCriteria } from "./prentice-criteria.ts";
export type { PriorSensitivity } from "./prior-sensitivity.ts";
export type { ProfiledCovariance, ProfiledPair } from "./profile-effect-covariance.ts";
export type { ProgrammeCalendarInput, TestSchedule } from "./programme-calendar.ts";
export type { ProgrammePoint, ProgrammePointGain } from "./programme-curve.ts";
export type { ProgrammeGain, ProgrammeGainInput, ProgrammePolicyReading } from "./programme-gain.ts";
export { programmeGain } from "./programme-gain.ts";
export type { GainCounting, PolicyOutcome, ProgrammePolicy, ProgrammeRule } from "./programme-policy.ts";
export type { ProxyAssisted, ProxyAssistedInput } from "./proxy-assisted.ts";
export { proxyAssisted } from "./proxy-assisted.ts";
export type { ProxyCandidate } from "./proxy-candidate.ts";
export type { LightThresholds, SeenPattern } from "./proxy-evidence.ts";
export type { MarkedComposite, ProxyFront, ProxyFrontInput } from "./proxy-front.ts";
export { proxyFront } from "./proxy-front.ts";
export type { ProxyRelation } from "./proxy-relation.ts";
export type { ProxyValue } from "./proxy-value.ts";
export type { RandomEffectsFit } from "./random-effects-fit.ts";
export type { LikelihoodKind } from "./random-effects-likelihood.ts";
export type { ProxyRanking, RankedProxy, RankProxiesInput } from "./rank-proxies.ts";
export { rankProxies } from "./rank-proxies.ts";
export type { ReplayedExperiment } from "./replay-experiment.ts";
export type { SampleSizesInput } from "./sample-sizes.ts";
export type { SensitivityWeights, SensitivityWeightsInput } from "./sensitivity-weights.ts";
export { sensitivityWeights } from "./sensitivity-weights.ts";
export type { SequentialProxyAssisted, SequentialProxyAssistedInput } from "./sequential-proxy-assisted.ts";
export { sequentialProxyAssisted } from "./sequential-proxy-assisted.ts";
export type { SequentialSpeedup, SequentialSpeedupInput } from "./sequential-speedup.ts";
export { sequentialSpeedup } from "./sequential-speedup.ts";
export type { SimulatedYears } from "./simulate-programme.ts";
export type { CellOutcomes, SurrogacyChecks } from "./surrogacy-checks.ts";
export type { SpeedupCurve, SpeedupCurveInput } from "./speedup-curve.ts";
export { speedupCurve } from "./speedup-curve.ts";
export type { SpeedupPoint, SpeedupPosterior } from "./speedup-point.ts";
export type { SurrogateIndex, SurrogateIndexInput } from "./surrogate-index.ts";
export { surrogateIndex } from "./surrogate-index.ts";
export type { SurrogateResilience } from "./surrogate-resilience.ts";
export type {
  SurrogateThresholdEffect,
  SurrogateThresholdEffectInput,
} from "./surrogate-threshold-effect.ts";
export { surrogateThresholdEffect } from "./surrogate-threshold-effect.ts";
export type { EffectLine, SurrogateThresholdFromLine } from "./surrogate-threshold-from-line.ts";
export { surrogateThresholdFromLine } from "./surrogate-threshold-from-line.ts";
export type {
  LiftTransmission,
  TransmissionInput,
  TransmissionModel,
  TransmitLiftInput,
} from "./transmit-lift.ts";
export { transmitLift } from "./transmit-lift.ts";
export type {
  EffectSummary,
  TrialLevelR2,
  TrialLevelR2FromExperiments,
  TrialLevelR2FromSummaries,
  TrialLevelR2Input,
} from "./trial-level-r2.ts";
export { trialLevelR2 } from "./trial-level-r2.ts";
export type { TrueEffectLinePoint } from "./true-effect-line.ts";
export type {
  CorrelationRange,
  UnitCovariance,
  UnitCovarianceFromCounts,
  UnitCovarianceFromRates,
  UnitCovarianceResult,
} from "./unit-covariance.ts";
export { unitCovariance } from "./unit-covariance.ts";
export type { CompositeValidation } from "./validate-composite.ts";
export type { ValueHistory } from "./value-across-experiments.ts";
export type { WorthwhileEffectReading } from "./worthwhile-effect.ts";
