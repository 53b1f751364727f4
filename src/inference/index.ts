export type { CovariateMeanChoice } from "../models/adjusted-levels.ts";
export type { EquivalenceMargins } from "../models/equivalence-bounds.ts";
export type { LevelLiftMethod } from "../models/level-lift-interval.ts";
export type { ComparisonScale } from "../models/restricted-rates.ts";
export type { AaUniformity, AaUniformityOptions } from "./aa-uniformity.ts";
export { aaUniformity } from "./aa-uniformity.ts";
export type { AdjustmentMethod, AdjustmentOptions } from "./adjust-p-values.ts";
export { adjustLogPValues, adjustPValues } from "./adjust-p-values.ts";
export type { Arm, ArmFamilyOptions, ArmsTest } from "./arm-family.ts";
export type { AdjustedComparison, ArmsResult, SimultaneousIntervals } from "./arms-comparison.ts";
export type { ChiSquaredTest } from "./chi-squared-test.ts";
export type {
  CompareAllPairsOptions,
  PairComparison,
  PairsAdjustmentMethod,
  PairsComparison,
} from "./compare-all-pairs.ts";
export { compareAllPairs } from "./compare-all-pairs.ts";
export type {
  ArmsAdjustmentMethod,
  ArmsComparison,
  CompareArmsOptions,
  TreatmentComparison,
} from "./compare-arms.ts";
export { compareArms } from "./compare-arms.ts";
export type {
  ClusterArm,
  ClusterComparison,
  ClusterWeighting,
  CompareClustersOptions,
} from "./compare-clusters.ts";
export { compareClusters } from "./compare-clusters.ts";
export type { CompareCountsOptions, CountTestName } from "./compare-counts.ts";
export { compareCounts } from "./compare-counts.ts";
export type { CompareMeansOptions, MeanTestName } from "./compare-means.ts";
export { compareMeans } from "./compare-means.ts";
export type { CompareProportionsOptions, ProportionTestName } from "./compare-proportions.ts";
export { compareProportions } from "./compare-proportions.ts";
export type {
  ArmColumns,
  BatchTestName,
  CompareProportionsBatchOptions,
  EffectColumns,
  NumberColumn,
  ProportionColumns,
} from "./compare-proportions-batch.ts";
export { compareProportionsBatch } from "./compare-proportions-batch.ts";
export type { ArmQuantile, CompareQuantilesOptions, QuantileComparison } from "./compare-quantiles.ts";
export { compareQuantiles } from "./compare-quantiles.ts";
export type { CompareRatiosOptions } from "./compare-ratios.ts";
export { compareRatios } from "./compare-ratios.ts";
export type { CompareStratifiedOptions, StratifiedMethod } from "./compare-stratified.ts";
export { compareStratified } from "./compare-stratified.ts";
export type {
  CompareTriggeredOptions,
  TriggerArms,
  TriggeredArm,
  TriggeredComparison,
} from "./compare-triggered.ts";
export { compareTriggered } from "./compare-triggered.ts";
export type { CompareWithCovariatesOptions } from "./compare-with-covariates.ts";
export { compareWithCovariates } from "./compare-with-covariates.ts";
export type { ConfidenceOptions } from "../core/confidence.ts";
export type { CountArm, CountComparison } from "./count-comparison.ts";
export type { CovariateArm, CovariateComparison } from "./covariate-comparison.ts";
export type { CorrectedEffect, CorrectedEffectOptions } from "./corrected-effect.ts";
export { correctedEffect } from "./corrected-effect.ts";
export type { CrossoverTest } from "./crossover-test.ts";
export type { DifferenceIntervalOptions, DifferenceMethod } from "./difference-interval.ts";
export { differenceInterval } from "./difference-interval.ts";
export type { EffectOptions, MetricArms } from "./effect-under-test.ts";
export type { FalsePositiveRisk, FalsePositiveRiskOptions } from "./false-positive-risk.ts";
export { falsePositiveRisk } from "./false-positive-risk.ts";
export type {
  FamilyMethod,
  GatedFamily,
  Gatekeeping,
  GatekeepingOptions,
  TestFamily,
} from "./gatekeeping.ts";
export { gatekeeping } from "./gatekeeping.ts";
export type { GraphicalProcedure, GraphicalProcedureOptions } from "./graphical-procedure.ts";
export { graphicalProcedure } from "./graphical-procedure.ts";
export type { LiftIntervalOptions, LiftMethod } from "./lift-interval.ts";
export { liftInterval } from "./lift-interval.ts";
export type { MarginOptions, MarginTest } from "./margin-test.ts";
export type { MaxZ, MaxZOptions, MaxZProcedure, MaxZTest } from "./max-z.ts";
export { maxZ } from "./max-z.ts";
export type { MeanComparison } from "./mean-comparison.ts";
export type { BayesFactorBound, MinimumBayesFactor } from "./minimum-bayes-factor.ts";
export { minimumBayesFactor } from "./minimum-bayes-factor.ts";
export type { NamedArm } from "./named-arm.ts";
export type { OddsRatioIntervalOptions, OddsRatioMethod } from "./odds-ratio-interval.ts";
export { oddsRatioInterval } from "./odds-ratio-interval.ts";
export type { OneSidedTest } from "./one-sided-test.ts";
export type { ArmRate, ProportionComparison } from "./proportion-comparison.ts";
export type { ProportionIntervalOptions, ProportionMethod } from "./proportion-interval.ts";
export { proportionInterval } from "./proportion-interval.ts";
export type { QuantileIntervalOptions } from "./quantile-interval.ts";
export { quantileInterval } from "./quantile-interval.ts";
export type { QuantileLiftMethod } from "./quantile-lift-interval.ts";
export type { QuantileTestName } from "./quantile-spread.ts";
export type { RatioComparison } from "./ratio-comparison.ts";
export type { RatioArm } from "../models/ratio-levels.ts";
export type {
  SampleRatioBySegment,
  SampleRatioBySegmentOptions,
  SegmentSampleRatio,
} from "./sample-ratio-by-segment.ts";
export { sampleRatioBySegment } from "./sample-ratio-by-segment.ts";
export type { SampleRatioCheck, SampleRatioMethod, SampleRatioOptions } from "./sample-ratio-mismatch.ts";
export { sampleRatioMismatch } from "./sample-ratio-mismatch.ts";
export type { SequentialSampleRatioCheck, SequentialSampleRatioOptions } from "./sequential-sample-ratio.ts";
export { sequentialSampleRatio } from "./sequential-sample-ratio.ts";
export type {
  CochranQ,
  Homogeneity,
  StratifiedArm,
  StratifiedComparison,
  StratumEffect,
} from "./stratified-comparison.ts";
export type { MeanStratum, ProportionStratum } from "./stratum.ts";
export type { EquivalenceOptions, EquivalenceTest } from "./test-equivalence.ts";
export { testEquivalence } from "./test-equivalence.ts";
export type { NonInferiorityOptions, NonInferiorityTest } from "./test-non-inferiority.ts";
export { testNonInferiority } from "./test-non-inferiority.ts";
export type { SuperiorityOptions, SuperiorityTest } from "./test-superiority.ts";
export { testSuperiority } from "./test-superiority.ts";
export type { MarginTestName, TestedArm } from "./tested-effect.ts";
export type { TwoProportionsOptions } from "./two-proportions.ts";
export type { TwoSidedRule } from "./two-sided-rule.ts";
export type { TwymanCheck, TwymanCheckOptions } from "./twyman-check.ts";
export { twymanCheck } from "./twyman-check.ts";
export type { TypeSAndM, TypeSAndMOptions } from "./type-s-and-m.ts";
export { typeSAndM } from "./type-s-and-m.ts";
