import type { AdjustmentMethod } from "../inference/adjust-on.ts";
import type { ArmsAdjustmentMethod } from "../inference/compare-arms.ts";
import type { ExperimentPlan } from "./experiment-plan.ts";
import { isWatched } from "./planned-monitoring.ts";

/** How several tests of one role share an error: see `compareArms` and `adjustPValues`. */
export interface MultiplicityPolicy {
  /** The macro metric over the treatments; `holm` unless said, and `bonferroni` in a watched test. */
  readonly treatments?: TreatmentsAdjustment;
  /** All secondary metrics of all treatments; `benjamini-hochberg` unless said. */
  readonly secondary?: AdjustmentMethod;
  /** The segments of one metric in one treatment; `holm` unless said. */
  readonly segments?: AdjustmentMethod;
}

/** Those that keep the chance of any false alarm: what bounds the share of false alarms only does not ship anything. */
export type TreatmentsAdjustment = Exclude<
  ArmsAdjustmentMethod,
  "benjamini-hochberg" | "benjamini-yekutieli"
>;

export const TREATMENTS_ADJUSTMENTS: readonly TreatmentsAdjustment[] = [
  "none",
  "bonferroni",
  "sidak",
  "holm",
  "hochberg",
  "hommel",
  "dunnett",
  "dunnett-step-down",
];

/** How tests share their errors under a plan, with nothing left out. */
export function multiplicityPolicy(plan: ExperimentPlan | undefined): Required<MultiplicityPolicy> {
  const { treatments, secondary = "benjamini-hochberg", segments = "holm" } = plan?.multiplicity ?? {};
  return {
    treatments: treatments ?? (isWatched(plan?.monitoring) ? "bonferroni" : "holm"),
    secondary,
    segments,
  };
}
