import { wholeUnits } from "../models/whole-units.ts";
import type { Duration } from "../planning/duration-days.ts";
import { type Sizes, sizesOf } from "../planning/sizes.ts";
import type { ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";
import { wholeTestDuration } from "./plan-calendar.ts";
import { type PlanLevels, planLevels } from "./plan-levels.ts";
import { type MetricSize, planMetric } from "./plan-metrics.ts";
import { planWatch, type WatchedTest } from "./watched-test.ts";

/** How many units a plan needs, and how long: what an analysis is held to. */
export interface PlannedSizes {
  readonly levels: PlanLevels;
  readonly watch: WatchedTest;
  readonly macro: PlannedMetric;
  readonly macroSize: MetricSize;
  readonly metrics: readonly MetricSize[];
  /** Units of the control arm that the deciding metrics need. */
  readonly needed: number;
  /** Units to enrol: what is needed, or what the plan sets by hand. */
  readonly n: Sizes;
  /** Null where the plan names no traffic. */
  readonly duration: Duration | null;
}

export function plannedSizes(plan: ExperimentPlan): PlannedSizes {
  const levels = planLevels(plan);
  const watch = planWatch(plan, levels);
  const metrics = plan.metrics.map((metric) => planMetric(metric, plan, levels, watch.inflation));
  const decides = ({ role }: { readonly role: PlannedMetric["role"] }): boolean =>
    role === "macro" || role === "guardrail";
  const needed = Math.max(...metrics.filter(decides).map(({ n }) => n));
  const control = plan.n ?? needed;
  const attributionDays = Math.max(
    ...plan.metrics.filter(decides).map((metric) => metric.attributionDays ?? 0),
  );
  return {
    levels,
    watch,
    macro: plan.metrics.find(({ role }) => role === "macro")!,
    macroSize: metrics.find(({ role }) => role === "macro")!,
    metrics,
    needed,
    n: sizesOf(control, wholeUnits(control * levels.allocation), plan.treatments.length),
    duration: wholeTestDuration(plan, control, attributionDays),
  };
}
