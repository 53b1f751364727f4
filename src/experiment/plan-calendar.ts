import { controlTraffic, type TrafficOptions } from "../models/control-traffic.ts";
import type { Traffic } from "../models/traffic.ts";
import { type Duration, durationDays, type DurationOptions } from "../planning/duration-days.ts";
import type { ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";

/** How units enter the control arm; null where the plan names no traffic. */
export function planTraffic(plan: ExperimentPlan): Traffic | null {
  const { allocation = 1, treatments } = plan;
  return hasTraffic(plan) ? controlTraffic(trafficOf(plan), 1 + treatments.length * allocation) : null;
}

/** How long it takes until a metric has `n` units of control; null where the plan names no traffic. */
export function metricDuration(
  plan: ExperimentPlan,
  { baseline, attributionDays, conversionDelay }: PlannedMetric,
  lift: number,
  n: number,
): Duration | null {
  const rates = conversionDelay === undefined ? {} : { baseline, lift };
  return duration(plan, { n, attributionDays, conversionDelay, ...rates });
}

/** How long the whole test takes; null where the plan names no traffic. */
export function wholeTestDuration(plan: ExperimentPlan, n: number, attributionDays: number): Duration | null {
  return duration(plan, { n, attributionDays });
}

function duration(plan: ExperimentPlan, options: DurationOptions): Duration | null {
  const { allocation, treatments } = plan;
  if (!hasTraffic(plan)) return null;
  return durationDays({ ...options, ...trafficOf(plan), allocation, treatments: treatments.length });
}

function hasTraffic({ totalUnitsPerDay, totalTraffic }: ExperimentPlan): boolean {
  return totalUnitsPerDay !== undefined || totalTraffic !== undefined;
}

function trafficOf({ totalUnitsPerDay, totalTraffic }: ExperimentPlan): TrafficOptions {
  return { totalUnitsPerDay, totalTraffic };
}
