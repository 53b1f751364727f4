import type { Alternative } from "../core/alternative.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import type { ExperimentPlan } from "./experiment-plan.ts";

/** The errors that a plan accepts, and how they are shared out. */
export interface PlanLevels {
  readonly alpha: number;
  readonly power: number;
  readonly alternative: Alternative;
  readonly allocation: number;
  /** Alpha of each treatment's macro test: alpha over the number of treatments. */
  readonly alphaPerTreatment: number;
  /** Power of each test that must pass: 1 − beta / (guardrails + 1). */
  readonly powerPerTest: number;
}

export function planLevels(plan: ExperimentPlan): PlanLevels {
  const { alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, alternative = "two-sided", allocation = 1 } = plan;
  const guardrails = plan.metrics.filter(({ role }) => role === "guardrail").length;
  return {
    alpha,
    power,
    alternative,
    allocation,
    alphaPerTreatment: alpha / plan.treatments.length,
    powerPerTest: 1 - (1 - power) / (guardrails + 1),
  };
}
