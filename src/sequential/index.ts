// Experiments read more than once: group-sequential designs, always-valid p-values, confidence sequences.
export type { DesignRules } from "./actual-boundaries.ts";
export type { AlwaysValidPValue, AlwaysValidPValueOptions, PreviousTest } from "./always-valid-p-value.ts";
export { alwaysValidPValue } from "./always-valid-p-value.ts";
export type { AnalyzeGroupSequentialOptions } from "./analyze-group-sequential.ts";
export { analyzeGroupSequential } from "./analyze-group-sequential.ts";
export type { PreviousLook } from "./check-previous-look.ts";
export type { AssumedEffect, ConditionalPower, ConditionalPowerOptions } from "./conditional-power.ts";
export { conditionalPower } from "./conditional-power.ts";
export type { ConfidenceSequence, ConfidenceSequenceOptions } from "./confidence-sequence.ts";
export { confidenceSequence } from "./confidence-sequence.ts";
export type {
  ConfidenceSequenceCourse,
  ConfidenceSequenceCourseOptions,
  CourseEstimate,
  CourseLook,
  CourseLookOptions,
} from "./confidence-sequence-course.ts";
export { confidenceSequenceCourse } from "./confidence-sequence-course.ts";
export type { LookOutcome } from "./design-walk.ts";
export type { DesignedLook, GroupSequentialMonitoring } from "./designed-rule.ts";
export type { BoundaryShapeName, EfficacyOptions, SpendingName } from "./efficacy-options.ts";
export type {
  BetaSpending,
  FutilityDescription,
  FutilityOptions,
  GivenFutility,
} from "./futility-options.ts";
export type {
  AnalyzedLook,
  GroupSequentialAnalysis,
  GroupSequentialConclusion,
  OnEffectScales,
  StageWiseEstimate,
} from "./group-sequential-analysis.ts";
export type {
  CriticalEffect,
  EffectStretch,
  GroupSequentialBoundaries,
  GroupSequentialBoundariesLook,
  GroupSequentialBoundariesOptions,
} from "./group-sequential-boundaries.ts";
export { groupSequentialBoundaries } from "./group-sequential-boundaries.ts";
export type {
  ExpectedSize,
  GroupSequentialDesign,
  GroupSequentialDesignLook,
  GroupSequentialDesignOptions,
  UnderBoth,
} from "./group-sequential-design.ts";
export { groupSequentialDesign } from "./group-sequential-design.ts";
export type { ArmsLook, GroupSequentialLook, StandardizedLook } from "./group-sequential-look.ts";
export type {
  GroupSequentialPower,
  GroupSequentialPowerLook,
  GroupSequentialPowerOptions,
} from "./group-sequential-power.ts";
export { groupSequentialPower } from "./group-sequential-power.ts";
export type { LookTimesOptions } from "./information-rates.ts";
export type {
  LiftConfidenceSequence,
  LiftConfidenceSequenceOptions,
  LiftTuning,
  PreviousLift,
} from "./lift-confidence-sequence.ts";
export { liftConfidenceSequence } from "./lift-confidence-sequence.ts";
export type { MixtureMethod } from "./mixture-method.ts";
export type { MixtureTuning, MixtureTuningOptions } from "./mixture-tuning.ts";
export type { MonitoredMetric, MonitoredTest } from "./monitored-metric.ts";
export type {
  AlwaysValidMonitoring,
  FixedHorizonMonitoring,
  Monitoring,
  MonitoringMethod,
  PeekingMonitoring,
} from "./monitoring.ts";
export type { LookAhead } from "./power-ahead.ts";
export type { DriftPrior, PredictivePower, PredictivePowerOptions } from "./predictive-power.ts";
export { predictivePower } from "./predictive-power.ts";
export type {
  PreviousProportion,
  ProportionConfidenceSequence,
  ProportionConfidenceSequenceOptions,
  ProportionSequenceMethod,
  ProportionTuning,
} from "./proportion-confidence-sequence.ts";
export { proportionConfidenceSequence } from "./proportion-confidence-sequence.ts";
export type {
  GroupSequentialSampleSize,
  GroupSequentialSampleSizeOptions,
  GroupSequentialSizes,
  GroupSequentialSizesAtLook,
} from "./sample-size-for-group-sequential.ts";
export { sampleSizeForGroupSequential } from "./sample-size-for-group-sequential.ts";
export type { SequenceEstimate } from "./sequence-estimate.ts";
export type { SequentialArm, SequentialArms, SequentialValue } from "./sequential-arms.ts";
export type {
  DayQuantile,
  DurationComputation,
  DurationLook,
  SequentialDuration,
  SequentialDurationOptions,
} from "./sequential-duration.ts";
export { sequentialDuration } from "./sequential-duration.ts";
export type { SequentialEffects, SequentialLookOptions } from "./sequential-look.ts";
export type {
  SequentialSimulation,
  SimulatedLook,
  SimulateSequentialOptions,
} from "./simulate-sequential.ts";
export { simulateSequential } from "./simulate-sequential.ts";
export type { Simulated } from "./simulated.ts";
export type { SpendingFunctionName, UserSpending } from "./spending.ts";
