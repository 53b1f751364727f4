export type { MetricRole } from "../core/metric-role.ts";
export type { ExperimentReadout, ProxyReadout, TreatmentReadout } from "./analyze-experiment.ts";
export { analyzeExperiment } from "./analyze-experiment.ts";
export type { DataQualityCheck, DataQualityCount, DataQualityReadout } from "./data-quality.ts";
export type { Decision, DecisionAction, DecisionStep } from "./decide.ts";
export type { DecisionReason } from "./decision-reason.ts";
export type {
  ArmData,
  ArmJointCounts,
  DailySeries,
  DayData,
  EarlierLook,
  ExperimentData,
  MetricResult,
  PartData,
  SegmentationData,
  SegmentData,
} from "./experiment-data.ts";
export { experimentDataSchema } from "./experiment-data-schema.ts";
export type { ExperimentPlan, PlannedMetric, View } from "./experiment-plan.ts";
export { experimentPlanSchema } from "./experiment-plan-schema.ts";
export { experimentReadoutSchema } from "./experiment-readout-schema.ts";
export { fromJson, toJson } from "../core/json.ts";
export type { MetricKind } from "../core/metric-kind.ts";
export type { ChanceBasis, ChanceMethod, MetricChance } from "./metric-chance.ts";
export type {
  ElicitedEffects,
  MetricDefinition,
  MetricPrior,
  PastEffectEstimates,
  PastEffectsSource,
} from "./metric-definition.ts";
export type { AtMostAndExpected, MonitoringChoice, MonitoringPlan, PlannedLook } from "./monitoring-plan.ts";
export type { MultiplicityPolicy, TreatmentsAdjustment } from "./multiplicity-policy.ts";
export type { MetricPlan, PlannedExperiment } from "./plan-experiment.ts";
export { planExperiment } from "./plan-experiment.ts";
export type { MetricSampleSize } from "./plan-metrics.ts";
export type { ProxyPlan } from "./plan-proxies.ts";
export type { Recommendation } from "./plan-recommendations.ts";
export type {
  PlannedAlwaysValid,
  PlannedFutility,
  PlannedLooks,
  PlannedMonitoring,
  ReadOnce,
  WatchedMethod,
} from "./planned-monitoring.ts";
export type { MetricPosterior } from "./posterior-model.ts";
export type { GuardrailReading } from "./read-guardrail.ts";
export type { FunnelReadout } from "./read-funnels.ts";
export type { MetricReadout } from "./read-metrics.ts";
export type { SegmentationReadout } from "./read-segmentations.ts";
export type { SeriesReadout } from "./read-series.ts";
export type { ShippingPolicy } from "./shipping-policy.ts";
export type { SequentialEffect, SequentialLook, SequentialReadout } from "./sequential-readout.ts";
export {
  effectCovarianceSchema,
  eventCountSchema,
  jointCountsSchema,
  meanSchema,
  proportionSchema,
  ratioSchema,
} from "./summary-schemas.ts";
export * from "./standalone.ts";
