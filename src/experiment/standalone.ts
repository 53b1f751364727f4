// The functions of this floor that need no document, and so no schema: light bundles are built from them.
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
  ConversionPath,
  ConversionPlace,
  ConversionSite,
  ConversionStage,
  ConversionTier,
  ConversionType,
  NestedInMacro,
} from "./conversion-type.ts";
export type { FunnelAnalysis, FunnelStepEffect, FunnelTotal } from "./funnel-analysis.ts";
export type { FunnelArm, FunnelStepRates } from "./funnel-arm.ts";
export type { FunnelCounts } from "./funnel-counts.ts";
export type { LeadingStep } from "./leading-step.ts";
export type {
  PooledSegments,
  SegmentAnalysis,
  SegmentContrast,
  SegmentEffect,
  SegmentFinding,
  SegmentHeterogeneity,
  SegmentMix,
  ShrunkenSegment,
} from "./segment-analysis.ts";
export type { DayBasis } from "./day-series.ts";
