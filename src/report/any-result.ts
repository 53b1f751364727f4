import type { BetaBinomialAssurance } from "../bayesian/assurance-for-beta-binomial.ts";
import type { Assurance } from "../bayesian/assurance.ts";
import type { BayesFactorForProportions } from "../bayesian/bayes-factor-for-proportions.ts";
import type { BayesianStopping } from "../bayesian/bayesian-stopping.ts";
import type { BayesianStoppingCalibration } from "../bayesian/calibrate-bayesian-stopping.ts";
import type { BetaBinomialComparison } from "../bayesian/compare-beta-binomial.ts";
import type { DirichletMultinomialComparison } from "../bayesian/compare-dirichlet-multinomial.ts";
import type { GammaPoissonComparison } from "../bayesian/compare-gamma-poisson.ts";
import type { NormalComparison } from "../bayesian/compare-normal.ts";
import type { RevenueComparison } from "../bayesian/compare-revenue.ts";
import type { EffectPriorComparison } from "../bayesian/compare-with-effect-prior.ts";
import type { EmpiricalBetaPrior } from "../bayesian/empirical-beta-prior.ts";
import type { EmpiricalEffectPrior } from "../bayesian/empirical-effect-prior.ts";
import type { HighestDensityInterval } from "../bayesian/highest-density-interval.ts";
import type { PredictiveProbability } from "../bayesian/predictive-probability.ts";
import type { ProbabilityBest } from "../bayesian/probability-best.ts";
import type { ProbabilityToBeat } from "../bayesian/probability-to-beat.ts";
import type { RegionOfPracticalEquivalence } from "../bayesian/region-of-practical-equivalence.ts";
import type { ExpectedLossSampleSize } from "../bayesian/sample-size-for-expected-loss.ts";
import type { PosteriorWidthSampleSize } from "../bayesian/sample-size-for-posterior-width.ts";
import type { ShrunkenEffect } from "../bayesian/shrink-effect.ts";
import type { ShrunkenEffects } from "../bayesian/shrink-effects.ts";
import type { ThompsonAllocation } from "../bayesian/thompson-allocation.ts";
import type { TopTwoAllocation } from "../bayesian/top-two-allocation.ts";
import type { ValueOfInformation } from "../bayesian/value-of-information.ts";
import type { WinnersCurse } from "../bayesian/winners-curse.ts";
import type { ExperimentReadout } from "../experiment/analyze-experiment.ts";
import type { DayAnalysis } from "../experiment/analyze-days.ts";
import type { ConversionCatalog } from "../experiment/conversion-catalog.ts";
import type { FunnelAnalysis } from "../experiment/funnel-analysis.ts";
import type { SegmentAnalysis } from "../experiment/segment-analysis.ts";
import type { SequentialReadout } from "../experiment/sequential-readout.ts";
import type { PlannedExperiment } from "../experiment/plan-experiment.ts";
import type { AaUniformity } from "../inference/aa-uniformity.ts";
import type { CorrectedEffect } from "../inference/corrected-effect.ts";
import type { FalsePositiveRisk } from "../inference/false-positive-risk.ts";
import type { Gatekeeping } from "../inference/gatekeeping.ts";
import type { GraphicalProcedure } from "../inference/graphical-procedure.ts";
import type { MaxZ } from "../inference/max-z.ts";
import type { MinimumBayesFactor } from "../inference/minimum-bayes-factor.ts";
import type { TwymanCheck } from "../inference/twyman-check.ts";
import type { TypeSAndM } from "../inference/type-s-and-m.ts";
import type { PairsComparison } from "../inference/compare-all-pairs.ts";
import type { ArmsComparison } from "../inference/compare-arms.ts";
import type { SampleRatioBySegment } from "../inference/sample-ratio-by-segment.ts";
import type { SampleRatioCheck } from "../inference/sample-ratio-mismatch.ts";
import type { SequentialSampleRatioCheck } from "../inference/sequential-sample-ratio.ts";
import type { EquivalenceTest } from "../inference/test-equivalence.ts";
import type { NonInferiorityTest } from "../inference/test-non-inferiority.ts";
import type { SuperiorityTest } from "../inference/test-superiority.ts";
import type { Duration } from "../planning/duration-days.ts";
import type { ProxyAssessment } from "../proxy/assess-proxy.ts";
import type { CalendarSpeedup } from "../proxy/calendar-speedup.ts";
import type { DecisionSpeedup } from "../proxy/decision-speedup.ts";
import type { DetectionSpeedup } from "../proxy/detection-speedup.ts";
import type { ElicitedEffectCovariance } from "../proxy/elicit-effect-covariance.ts";
import type { ObservedSpeedup } from "../proxy/observed-speedup.ts";
import type { ParadoxRisk } from "../proxy/paradox-risk.ts";
import type { PlanningSpeedup } from "../proxy/planning-speedup.ts";
import type { PredictMacro } from "../proxy/predict-macro.ts";
import type { ProxyAssisted } from "../proxy/proxy-assisted.ts";
import type { SurrogateThresholdEffect } from "../proxy/surrogate-threshold-effect.ts";
import type { SurrogateThresholdFromLine } from "../proxy/surrogate-threshold-from-line.ts";
import type { LiftTransmission } from "../proxy/transmit-lift.ts";
import type { UnitCovarianceResult } from "../proxy/unit-covariance.ts";
import type { AnyComparison } from "./comparison-reading.ts";
import type { ConditionalPower } from "../sequential/conditional-power.ts";
import type { PredictivePower } from "../sequential/predictive-power.ts";
import type { GroupSequentialBoundaries } from "../sequential/group-sequential-boundaries.ts";
import type { GroupSequentialPower } from "../sequential/group-sequential-power.ts";
import type { GroupSequentialSampleSize } from "../sequential/sample-size-for-group-sequential.ts";
import type { GroupSequentialDesign } from "../sequential/group-sequential-design.ts";
import type { GroupSequentialAnalysis } from "../sequential/group-sequential-analysis.ts";
import type { AlwaysValidPValue } from "../sequential/always-valid-p-value.ts";
import type { ConfidenceSequenceCourse } from "../sequential/confidence-sequence-course.ts";
import type { ConfidenceSequence } from "../sequential/confidence-sequence.ts";
import type { LiftConfidenceSequence } from "../sequential/lift-confidence-sequence.ts";
import type { ProportionConfidenceSequence } from "../sequential/proportion-confidence-sequence.ts";
import type { SequentialDuration } from "../sequential/sequential-duration-result.ts";
import type { SequentialSimulation } from "../sequential/simulate-sequential.ts";
import type { SequentialSpeedup } from "../proxy/sequential-speedup.ts";
import type { SpeedupCurve } from "../proxy/speedup-curve.ts";
import type { DetectableLiftCurve } from "../planning/detectable-lift-curve.ts";
import type { PowerCurveByDay } from "../planning/power-curve-by-day.ts";
import type { PowerCurve } from "../planning/power-curve.ts";
import type { DurationTable } from "../planning/duration-table.ts";
import type { ProportionAssurance } from "../planning/assurance-for-proportions.ts";
import type { ProportionAssuranceSampleSize } from "../planning/sample-size-for-assurance.ts";
import type { RequiredBaseline } from "../planning/required-baseline.ts";
import type { MeanRequiredAlpha } from "../planning/power-analysis-for-means.ts";
import type { ProportionRequiredAlpha } from "../planning/power-analysis-for-proportions.ts";
import type { ExactTypeIError } from "../planning/exact-type-i-error-for-proportions.ts";
import type { AnySampleSize } from "./describe-sample-size.ts";
import type { AnyPower } from "./describe-power.ts";
import type { AnyDetectableEffect } from "./describe-detectable-effect.ts";
import type { ExperimentsNeeded } from "../proxy/experiments-needed.ts";
import type { IndividualSurrogacy } from "../proxy/individual-surrogacy.ts";
import type { JointUnitCovarianceResult } from "../proxy/joint-unit-covariance.ts";
import type { MicroValue } from "../proxy/micro-value.ts";
import type { ProgrammeGain } from "../proxy/programme-gain.ts";
import type { ProxyRanking } from "../proxy/rank-proxies.ts";
import type { SurrogateIndex } from "../proxy/surrogate-index.ts";
import type { TrialLevelR2 } from "../proxy/trial-level-r2.ts";
import type { EffectCovarianceEstimate } from "../proxy/estimate-effect-covariance.ts";
import type { JointEffectCovarianceEstimate } from "../proxy/estimate-joint-effect-covariance.ts";
import type { JointProxyAssisted } from "../proxy/joint-proxy-assisted.ts";
import type { OptimalProxyWeights } from "../proxy/optimal-proxy-weights.ts";
import type { ProxyFront } from "../proxy/proxy-front.ts";
import type { SensitivityWeights } from "../proxy/sensitivity-weights.ts";
import type { ProxyBacktest } from "../proxy/backtest-proxy.ts";
import type { SequentialProxyAssisted } from "../proxy/sequential-proxy-assisted.ts";
import type { FittedEffectPopulation } from "../proxy/fit-effect-population.ts";

/** Every result that a report can be made of; `kind` tells which one it is. */
export type AnyResult =
  | AaUniformity
  | AlwaysValidPValue
  | AnyComparison
  | AnyDetectableEffect
  | AnyPower
  | AnySampleSize
  | ArmsComparison
  | BetaBinomialAssurance
  | Assurance
  | BayesFactorForProportions
  | BayesianStopping
  | BayesianStoppingCalibration
  | BetaBinomialComparison
  | DirichletMultinomialComparison
  | GammaPoissonComparison
  | NormalComparison
  | RevenueComparison
  | EffectPriorComparison
  | EmpiricalBetaPrior
  | EmpiricalEffectPrior
  | HighestDensityInterval
  | PredictiveProbability
  | RegionOfPracticalEquivalence
  | ProbabilityBest
  | ProbabilityToBeat
  | ExpectedLossSampleSize
  | PosteriorWidthSampleSize
  | ShrunkenEffect
  | ShrunkenEffects
  | ThompsonAllocation
  | TopTwoAllocation
  | ValueOfInformation
  | WinnersCurse
  | CalendarSpeedup
  | ConditionalPower
  | ConfidenceSequence
  | ConfidenceSequenceCourse
  | ConversionCatalog
  | DayAnalysis
  | DecisionSpeedup
  | DetectableLiftCurve
  | DetectionSpeedup
  | Duration
  | DurationTable
  | ElicitedEffectCovariance
  | EquivalenceTest
  | ExactTypeIError
  | ExperimentReadout
  | FalsePositiveRisk
  | FunnelAnalysis
  | Gatekeeping
  | GraphicalProcedure
  | GroupSequentialAnalysis
  | GroupSequentialBoundaries
  | GroupSequentialPower
  | GroupSequentialSampleSize
  | GroupSequentialDesign
  | LiftConfidenceSequence
  | LiftTransmission
  | MaxZ
  | MeanRequiredAlpha
  | CorrectedEffect
  | MinimumBayesFactor
  | NonInferiorityTest
  | ObservedSpeedup
  | PairsComparison
  | ParadoxRisk
  | PlannedExperiment
  | PlanningSpeedup
  | PowerCurve
  | PowerCurveByDay
  | PredictMacro
  | PredictivePower
  | ProportionAssurance
  | ProportionAssuranceSampleSize
  | ProportionConfidenceSequence
  | ProportionRequiredAlpha
  | ProxyAssessment
  | ProxyAssisted
  | RequiredBaseline
  | SampleRatioBySegment
  | SampleRatioCheck
  | SegmentAnalysis
  | SequentialDuration
  | SequentialReadout
  | SequentialSampleRatioCheck
  | SequentialSimulation
  | SequentialSpeedup
  | SpeedupCurve
  | SuperiorityTest
  | SurrogateThresholdEffect
  | SurrogateThresholdFromLine
  | TwymanCheck
  | TypeSAndM
  | UnitCovarianceResult
  | ExperimentsNeeded
  | IndividualSurrogacy
  | JointUnitCovarianceResult
  | MicroValue
  | ProgrammeGain
  | ProxyRanking
  | SurrogateIndex
  | TrialLevelR2
  | EffectCovarianceEstimate
  | JointEffectCovarianceEstimate
  | JointProxyAssisted
  | OptimalProxyWeights
  | ProxyFront
  | SensitivityWeights
  | ProxyBacktest
  | SequentialProxyAssisted
  | FittedEffectPopulation;
