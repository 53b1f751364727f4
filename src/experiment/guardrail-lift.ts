import type { PlannedMetric } from "./experiment-plan.ts";

/** The change that a guardrail must rule out: its margin, in the direction that is worse. */
export function guardrailLift({ margin = 0, improvesWhen }: PlannedMetric): number {
  return improvesWhen === "decrease" ? margin : -margin;
}
