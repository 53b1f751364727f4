import type { MetricReadout } from "../experiment/read-metrics.ts";

/** The metric that decides. */
export function macroOf(metrics: readonly MetricReadout[]): MetricReadout {
  return metrics.find(({ role }) => role === "macro")!;
}
