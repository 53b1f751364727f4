export type { TrafficOptions } from "../models/control-traffic.ts";
export type {
  ConversionDelay,
  EmpiricalDelay,
  ExponentialDelay,
  LogNormalDelay,
  MatureCohorts,
  WeibullDelay,
} from "../models/conversion-delay.ts";
export type { TabledTest } from "../models/critical-counts.ts";
export type { Margin, MarginNull } from "../models/margin.ts";
export type { ReadingOptions } from "../models/metric-delay.ts";
export type {
  ConstantTraffic,
  RampStep,
  ReturningTraffic,
  Traffic,
  TrafficCurve,
  WeekdayTraffic,
} from "../models/traffic.ts";
export type { Weekday } from "../models/weekday.ts";
export type { ArmSizeOptions, ArmSizes } from "./arm-sizes.ts";
export type { ProportionAssuranceOptions, ProportionAssurance } from "./assurance-for-proportions.ts";
export { assuranceForProportions } from "./assurance-for-proportions.ts";
export type { CalendarDays } from "./calendar-days.ts";
export type { CountEffect, CountEffectOptions, CountMetric, CountMetricOptions } from "./count-effect.ts";
export type { CountTest } from "./count-test.ts";
export type { DesignEcho } from "./design-echo.ts";
export type {
  DetectableAtSize,
  DetectableDesign,
  DetectableMetric,
  MetricDetectableCurve,
} from "./detectable-curve.ts";
export type { DetectableEffect, DetectableEffectOptions, Direction } from "./detectable-effect.ts";
export type { DetectableLiftCurve, DetectableLiftCurveOptions } from "./detectable-lift-curve.ts";
export { detectableLiftCurve } from "./detectable-lift-curve.ts";
export type { Duration, DurationOptions } from "./duration-days.ts";
export { durationDays } from "./duration-days.ts";
export type { DurationRow, PowerByDay } from "./duration-row.ts";
export type { DurationTable, DurationTableOptions } from "./duration-table.ts";
export { durationTable } from "./duration-table.ts";
export type { Enrolment } from "./enrolment.ts";
export type { EquivalencePlan, EquivalencePlanOptions } from "./equivalence-plan.ts";
export type { ExactPowerOptions, ExactProportionPower } from "./exact-power-for-proportions.ts";
export { exactPowerForProportions } from "./exact-power-for-proportions.ts";
export type {
  ExactProportionSampleSize,
  ExactSampleSizeOptions,
} from "./exact-sample-size-for-proportions.ts";
export { exactSampleSizeForProportions } from "./exact-sample-size-for-proportions.ts";
export type { ExactProportionTest, ExactRejections } from "./exact-test.ts";
export type { ExactTypeIError, ExactTypeIErrorOptions } from "./exact-type-i-error-for-proportions.ts";
export { exactTypeIErrorForProportions } from "./exact-type-i-error-for-proportions.ts";
export type { MarginMetricEcho, MarginMetricOptions, MarginMethod } from "./margin-metric.ts";
export type {
  MarginPlan,
  MarginPlanOptions,
  MarginPower,
  MarginPowerOptions,
  MarginSampleSize,
  MarginSampleSizeOptions,
} from "./margin-plan.ts";
export type { MeanEffect, MeanEffectOptions, RelativeMeanEffect } from "./mean-effect.ts";
export type { ArmDeviations, MeanTest, MeanTestOptions, StandardDeviations } from "./mean-test.ts";
export type { DetectableLift, DetectableLiftOptions } from "./minimum-detectable-lift.ts";
export { minimumDetectableLift } from "./minimum-detectable-lift.ts";
export type {
  DetectableCountLift,
  DetectableCountLiftOptions,
} from "./minimum-detectable-lift-for-counts.ts";
export { minimumDetectableLiftForCounts } from "./minimum-detectable-lift-for-counts.ts";
export type { DetectableMeanLift, DetectableMeanLiftOptions } from "./minimum-detectable-lift-for-means.ts";
export { minimumDetectableLiftForMeans } from "./minimum-detectable-lift-for-means.ts";
export type {
  DetectableRatioLift,
  DetectableRatioLiftOptions,
} from "./minimum-detectable-lift-for-ratios.ts";
export { minimumDetectableLiftForRatios } from "./minimum-detectable-lift-for-ratios.ts";
export type { Power, PowerOptions } from "./power.ts";
export type {
  MeanPowerAnalysis,
  MeanPowerAnalysisOptions,
  MeanRequiredAlpha,
} from "./power-analysis-for-means.ts";
export { powerAnalysisForMeans } from "./power-analysis-for-means.ts";
export type {
  ProportionPowerAnalysis,
  ProportionPowerAnalysisOptions,
  ProportionRequiredAlpha,
} from "./power-analysis-for-proportions.ts";
export { powerAnalysisForProportions } from "./power-analysis-for-proportions.ts";
export type { MetricPowerCurve, PowerAtSize, PowerCurve, PowerCurveOptions } from "./power-curve.ts";
export { powerCurve } from "./power-curve.ts";
export type { PowerCurveByDay, PowerCurveByDayOptions } from "./power-curve-by-day.ts";
export { powerCurveByDay } from "./power-curve-by-day.ts";
export type { CountPower, CountPowerOptions } from "./power-for-counts.ts";
export { powerForCounts } from "./power-for-counts.ts";
export type { EquivalencePower, EquivalencePowerOptions } from "./power-for-equivalence.ts";
export { powerForEquivalence } from "./power-for-equivalence.ts";
export type { MeanPower, MeanPowerOptions } from "./power-for-means.ts";
export { powerForMeans } from "./power-for-means.ts";
export type { NonInferiorityPower } from "./power-for-non-inferiority.ts";
export { powerForNonInferiority } from "./power-for-non-inferiority.ts";
export type { ProportionPower, ProportionPowerOptions } from "./power-for-proportions.ts";
export { powerForProportions } from "./power-for-proportions.ts";
export type { RatioPower, RatioPowerOptions } from "./power-for-ratios.ts";
export { powerForRatios } from "./power-for-ratios.ts";
export type { SuperiorityPower } from "./power-for-superiority.ts";
export { powerForSuperiority } from "./power-for-superiority.ts";
export type { ProportionEffect, ProportionEffectOptions } from "./proportion-effect.ts";
export type { ProportionTest } from "./proportion-test.ts";
export type {
  RatioEffect,
  RatioEffectOptions,
  RatioMetricOptions,
  RelativeRatioEffect,
} from "./ratio-effect.ts";
export type { RequiredAlpha } from "./required-alpha.ts";
export type { RequiredBaseline } from "./required-baseline.ts";
export type { SampleSize, SampleSizeOptions } from "./sample-size.ts";
export type {
  AssuranceSampleSizeOptions,
  ProportionAssuranceSampleSize,
} from "./sample-size-for-assurance.ts";
export { sampleSizeForAssurance } from "./sample-size-for-assurance.ts";
export type { CountSampleSize, CountSampleSizeOptions } from "./sample-size-for-counts.ts";
export { sampleSizeForCounts } from "./sample-size-for-counts.ts";
export type { EquivalenceSampleSize, EquivalenceSampleSizeOptions } from "./sample-size-for-equivalence.ts";
export { sampleSizeForEquivalence } from "./sample-size-for-equivalence.ts";
export type { MeanSampleSize, MeanSampleSizeOptions } from "./sample-size-for-means.ts";
export { sampleSizeForMeans } from "./sample-size-for-means.ts";
export type { NonInferioritySampleSize } from "./sample-size-for-non-inferiority.ts";
export { sampleSizeForNonInferiority } from "./sample-size-for-non-inferiority.ts";
export type { ProportionSampleSize, ProportionSampleSizeOptions } from "./sample-size-for-proportions.ts";
export { sampleSizeForProportions } from "./sample-size-for-proportions.ts";
export type { RatioSampleSize, RatioSampleSizeOptions } from "./sample-size-for-ratios.ts";
export { sampleSizeForRatios } from "./sample-size-for-ratios.ts";
export type { SuperioritySampleSize } from "./sample-size-for-superiority.ts";
export { sampleSizeForSuperiority } from "./sample-size-for-superiority.ts";
export type { ArmUnits, Sizes } from "./sizes.ts";
export type {
  CountTableMetric,
  MeanTableMetric,
  ProportionTableMetric,
  RatioTableMetric,
  TableMetric,
} from "./table-metric.ts";
export type { PlannedAdjustment, TestDesignOptions } from "./test-design.ts";
export type { TrafficMethod } from "./traffic-method.ts";
export type { BaselinePosterior, UncertainBaselineOptions } from "./uncertain-baseline.ts";
export type { PlannedClusters, VarianceOptions, VarianceReduction } from "./variance-factor.ts";
