export type { MetricRole } from "../core/metric-role.ts";
export type {
  AnalyzedDay,
  AnalyzeDaysOptions,
  DayAnalysis,
  DayArm,
  DayArms,
  DayDecay,
  DayEffect,
  DayPattern,
  DayTrend,
  EarlyAgainstLate,
  OutlyingDay,
} from "./analyze-days.ts";
export { analyzeDays } from "./analyze-days.ts";
export type { ExperimentReadout, ProxyReadout, TreatmentReadout } from "./analyze-experiment.ts";
export { analyzeExperiment } from "./analyze-experiment.ts";
export type { FunnelAdjustment } from "./adjust-funnel.ts";
export type { AnalyzeFunnelOptions } from "./analyze-funnel.ts";
export { analyzeFunnel } from "./analyze-funnel.ts";
export type { AnalyzeSegmentsOptions, Segment, SegmentMeasurement } from "./analyze-segments.ts";
export { analyzeSegments } from "./analyze-segments.ts";
export type { ConversionCatalog, ConversionCatalogOptions } from "./conversion-catalog.ts";
export { conversionCatalog } from "./conversion-catalog.ts";
export type {
  ConversionDirection,
  ConversionEventSource,
  ConversionKind,
  ConversionMetricKind,
  ConversionPath,
  ConversionPlace,
  ConversionSite,
  ConversionStage,
  ConversionTier,
  ConversionType,
  NestedInMacro,
} from "./conversion-type.ts";
export type { Decision, DecisionAction, DecisionReason, DecisionStep } from "./decide.ts";
export type {
  ArmData,
  ArmJointCounts,
  EarlierLook,
  ExperimentData,
  MetricResult,
} from "./experiment-data.ts";
export { experimentDataSchema } from "./experiment-data-schema.ts";
export type { ExperimentPlan, PlannedMetric, View } from "./experiment-plan.ts";
export { experimentPlanSchema } from "./experiment-plan-schema.ts";
export { experimentReadoutSchema } from "./experiment-readout-schema.ts";
export type { FunnelAnalysis, FunnelStepEffect, FunnelTotal } from "./funnel-analysis.ts";
export type { FunnelArm, FunnelStepRates } from "./funnel-arm.ts";
export type { FunnelCounts } from "./funnel-counts.ts";
export { fromJson, toJson } from "../core/json.ts";
export type { LeadingStep } from "./leading-step.ts";
export type { ChanceBasis, ChanceMethod, MetricChance } from "./metric-chance.ts";
export type {
  ElicitedEffects,
  MetricDefinition,
  MetricKind,
  MetricPrior,
  PastEffectEstimates,
  PastEffectsSource,
} from "./metric-definition.ts";
export type { MonitoringChoice, MonitoringPlan, PlannedLook } from "./monitoring-plan.ts";
export type { MetricPlan, PlannedExperiment } from "./plan-experiment.ts";
export { planExperiment } from "./plan-experiment.ts";
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
export type { MetricReadout } from "./read-metrics.ts";
export type {
  PooledSegments,
  SegmentAnalysis,
  SegmentContrast,
  SegmentEffect,
  SegmentFinding,
  SegmentHeterogeneity,
  SegmentMix,
  SegmentScale,
  ShrunkenSegment,
} from "./segment-analysis.ts";
export type { SequentialEffect, SequentialLook, SequentialReadout } from "./sequential-readout.ts";
export {
  effectCovarianceSchema,
  eventCountSchema,
  jointCountsSchema,
  meanSchema,
  proportionSchema,
  ratioSchema,
} from "./summary-schemas.ts";
