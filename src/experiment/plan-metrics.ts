import type { Alternative } from "../core/alternative.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { MetricRole } from "../core/metric-role.ts";
import { wholeUnits } from "../models/whole-units.ts";
import type { Duration } from "../planning/duration-days.ts";
import type { PowerByDay } from "../planning/duration-row.ts";
import { durationTable } from "../planning/duration-table.ts";
import { type CountSampleSize, sampleSizeForCounts } from "../planning/sample-size-for-counts.ts";
import { type MeanSampleSize, sampleSizeForMeans } from "../planning/sample-size-for-means.ts";
import {
  type NonInferioritySampleSize,
  sampleSizeForNonInferiority,
} from "../planning/sample-size-for-non-inferiority.ts";
import {
  type ProportionSampleSize,
  sampleSizeForProportions,
} from "../planning/sample-size-for-proportions.ts";
import { type RatioSampleSize, sampleSizeForRatios } from "../planning/sample-size-for-ratios.ts";
import type { ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";
import { guardrailLift } from "./guardrail-lift.ts";
import { metricDuration, planTraffic } from "./plan-calendar.ts";
import type { PlanLevels } from "./plan-levels.ts";
import { plannedEffectOf } from "./planned-effect-of.ts";

/** The sample size of one metric, by its kind. */
export type MetricSampleSize =
  ProportionSampleSize | MeanSampleSize | RatioSampleSize | CountSampleSize | NonInferioritySampleSize;

/** Sample size and duration that one metric would need. */
export interface MetricSize {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: MetricKind;
  readonly baseline: number;
  /** The lift to be seen, or minus the margin of a guardrail (plus, where it improves when it decreases). */
  readonly lift: number;
  /** Of a test that is read once, with all conversions in. */
  readonly sampleSize: MetricSampleSize;
  /**
   * Units of the control arm: more than those of the sample size where the macro metric is looked at several times, or
   * where conversions are still to come when it is read.
   */
  readonly n: number;
  /** Null where the plan names no traffic. */
  readonly duration: Duration | null;
}

/** @param inflation - largest size of the macro metric's test over that of one that is read once */
export function planMetric(
  metric: PlannedMetric,
  plan: ExperimentPlan,
  levels: PlanLevels,
  inflation: number,
): MetricSize {
  const sampleSize = metricSampleSize(metric, levels);
  const lift = metric.role === "guardrail" ? guardrailLift(metric) : metric.lift!;
  const monitored =
    metric.role === "macro" ? wholeUnits(sampleSize.exact.control * inflation) : sampleSize.control;
  const duration = metricDuration(plan, metric, lift, monitored);
  const isReached = duration !== null && duration.status === "ok";
  return {
    name: metric.name,
    role: metric.role,
    kind: metric.kind,
    baseline: metric.baseline,
    lift,
    sampleSize,
    n: isReached ? wholeUnits(duration.enrolled) : monitored,
    duration,
  };
}

function metricSampleSize(metric: PlannedMetric, levels: PlanLevels): MetricSampleSize {
  const { varianceReduction } = metric;
  const common = { varianceReduction, allocation: levels.allocation, power: levels.powerPerTest };
  if (metric.role === "guardrail") {
    const { kind, baseline, standardDeviation, dispersion, margin, improvesWhen } = metric;
    return sampleSizeForNonInferiority({
      ...common,
      metric: kind,
      baseline,
      standardDeviation,
      dispersion,
      margin: margin!,
      scale: "lift",
      improvesWhen,
      alpha: levels.alpha,
    });
  }
  const planned = plannedEffectOf(metric);
  const options = { ...common, ...metricLevel(metric, levels) };
  switch (planned.kind) {
    case "proportion":
      return sampleSizeForProportions({ ...planned, ...options });
    case "mean":
      return sampleSizeForMeans({ ...planned, ...options });
    case "ratio":
      return sampleSizeForRatios({ ...planned, ...options });
    case "count":
      return sampleSizeForCounts({ ...planned, ...options });
  }
}

/** The macro metric shares alpha out among the treatments; the others only look. */
export function metricLevel(
  { role }: PlannedMetric,
  { alpha, alphaPerTreatment, alternative }: PlanLevels,
): { alpha: number; alternative: Alternative } {
  return { alpha: role === "macro" ? alphaPerTreatment : alpha, alternative };
}

/**
 * Power on some days, were the metric read once, then; empty for guardrails, and where the plan names no traffic.
 *
 * @param days - those of a duration table unless said
 */
export function powerByDay(
  metric: PlannedMetric,
  plan: ExperimentPlan,
  levels: PlanLevels,
  days?: readonly number[],
): readonly PowerByDay[] {
  if (metric.role === "guardrail" || planTraffic(plan) === null) return [];
  const { attributionDays, conversionDelay, varianceReduction } = metric;
  const { rows } = durationTable({
    metrics: [{ ...plannedEffectOf(metric), attributionDays, conversionDelay, varianceReduction }],
    totalUnitsPerDay: plan.totalUnitsPerDay,
    totalTraffic: plan.totalTraffic,
    allocation: levels.allocation,
    treatments: plan.treatments.length,
    adjustment: "none",
    power: levels.powerPerTest,
    powerAtDays: days,
    ...metricLevel(metric, levels),
  });
  return rows[0]!.powerByDay;
}
