import type { TableMetric } from "../planning/table-metric.ts";
import type { PlannedMetric } from "./experiment-plan.ts";

/** A planned metric with the lift that its test shall see, as the tables of planning take it: not of a guardrail. */
export function plannedEffectOf({
  name,
  kind,
  baseline,
  lift,
  standardDeviation,
  dispersion,
}: PlannedMetric): TableMetric {
  const common = { name, baseline, lift };
  switch (kind) {
    case "proportion":
      return { ...common, kind };
    case "mean":
      return { ...common, kind, standardDeviation: standardDeviation! };
    case "ratio":
      return { ...common, kind, standardDeviation: standardDeviation! };
    case "count":
      return { ...common, kind, dispersion };
  }
}
