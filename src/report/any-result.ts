import type { BetaBinomialComparison } from "../bayesian/compare-beta-binomial.ts";
import type { ExperimentReadout } from "../experiment/analyze-experiment.ts";
import type { PlannedExperiment } from "../experiment/plan-experiment.ts";
import type { AaUniformity } from "../inference/aa-uniformity.ts";
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
import type { DetectableMeanLift } from "../planning/minimum-detectable-lift-for-means.ts";
import type { DetectableLift } from "../planning/minimum-detectable-lift.ts";
import type { MeanPower } from "../planning/power-for-means.ts";
import type { ProportionPower } from "../planning/power-for-proportions.ts";
import type { MeanSampleSize } from "../planning/sample-size-for-means.ts";
import type { ProportionSampleSize } from "../planning/sample-size-for-proportions.ts";
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

/** Every result that a report can be made of; `kind` tells which one it is. */
export type AnyResult =
  | AaUniformity
  | AnyComparison
  | ArmsComparison
  | BetaBinomialComparison
  | CalendarSpeedup
  | DecisionSpeedup
  | DetectableLift
  | DetectableMeanLift
  | DetectionSpeedup
  | Duration
  | ElicitedEffectCovariance
  | EquivalenceTest
  | ExperimentReadout
  | FalsePositiveRisk
  | Gatekeeping
  | GraphicalProcedure
  | LiftTransmission
  | MaxZ
  | MeanPower
  | MeanSampleSize
  | MinimumBayesFactor
  | NonInferiorityTest
  | ObservedSpeedup
  | PairsComparison
  | ParadoxRisk
  | PlannedExperiment
  | PlanningSpeedup
  | PredictMacro
  | ProportionPower
  | ProportionSampleSize
  | ProxyAssessment
  | ProxyAssisted
  | SampleRatioBySegment
  | SampleRatioCheck
  | SequentialSampleRatioCheck
  | SuperiorityTest
  | SurrogateThresholdEffect
  | SurrogateThresholdFromLine
  | TwymanCheck
  | TypeSAndM
  | UnitCovarianceResult;
