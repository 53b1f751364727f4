import type { Alternative } from "../core/alternative.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import { checkedAllocation } from "../models/allocation.ts";
import type { ExperimentPlan } from "./experiment-plan.ts";
import { alphaOfEach, multiplicityPolicy } from "./multiplicity-policy.ts";

/** The errors that a plan accepts, and how they are shared out. */
export interface PlanLevels {
  readonly alpha: number;
  readonly power: number;
  readonly alternative: Alternative;
  readonly allocation: number;
  /** Alpha of each treatment's macro test, as the plan shares it out: over their number unless said. */
  readonly alphaPerTreatment: number;
  /** Power of each test that must pass: 1 − beta / (guardrails + 1). */
  readonly powerPerTest: number;
}

export function planLevels(plan: ExperimentPlan): PlanLevels {
  const { alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, alternative = "two-sided" } = plan;
  const allocation = checkedAllocation(plan.allocation);
  const guardrails = plan.metrics.filter(({ role }) => role === "guardrail").length;
  return {
    alpha,
    power,
    alternative,
    allocation,
    alphaPerTreatment: alphaOfEach(multiplicityPolicy(plan).treatments, {
      alpha,
      alternative,
      allocation,
      treatments: plan.treatments.length,
    }),
    powerPerTest: 1 - (1 - power) / (guardrails + 1),
  };
}
