import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { Result } from "../core/result.ts";
import type { SampleRatioBySegment } from "../inference/sample-ratio-by-segment.ts";
import type { CochranQ } from "../inference/stratified-comparison.ts";
import type { EffectScale } from "../proxy/effect-covariance.ts";
import type { DayDecay } from "./day-decay.ts";
import type { DayEffect } from "./day-effects.ts";
import type { DayPattern } from "./day-pattern.ts";
import type { DayBasis } from "./day-series.ts";
import type { DayTrend, EarlyAgainstLate } from "./day-trend.ts";
import type { OutlyingDay } from "./outlying-day.ts";

/** One day, and all days up to it. */
export interface AnalyzedDay extends DayEffect {
  /** On the scale of the analysis: the effects of all days up to this one together. */
  readonly cumulative: Estimate;
}

/** The effect over the days of a test. */
export interface DayAnalysis extends Result<"day-analysis"> {
  readonly by: DayBasis;
  /** Of the metric; null where no day has units enough to tell. */
  readonly metric: MetricKind | null;
  readonly scale: EffectScale;
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly days: readonly AnalyzedDay[];
  /** All days together, on the scale, as if they had one effect. */
  readonly overall: Estimate;
  /** Test that all days have one effect (Cochran's Q); null for fewer than two days with an effect. */
  readonly heterogeneity: CochranQ | null;
  /** Null for fewer than three days with an effect. */
  readonly trend: DayTrend | null;
  /** Null for fewer than three days with an effect. */
  readonly earlyAgainstLate: EarlyAgainstLate | null;
  readonly pattern: DayPattern;
  /** By day of exposure, where independent days show that the effect fades or grows, and there are at least five; else null. */
  readonly decay: DayDecay | null;
  /**
   * The effect to be expected of later days, on the scale: the level of `decay` while the effect changes, undetermined
   * where there is none; else that of the later two thirds of the days of exposure, or of all days of entry.
   */
  readonly longRun: Estimate;
  /** By day of entry, the day farthest off the line; null for fewer than four days with an effect. */
  readonly outlier: OutlyingDay | null;
  /** By day of entry: whether the units of each day were split as planned; null otherwise, and without units. */
  readonly sampleRatio: SampleRatioBySegment | null;
}
