import type { Alternative } from "../core/alternative.ts";
import type { Warning } from "../core/warning.ts";
import type { AdjustmentMethod } from "../inference/adjust-on.ts";
import type { ArmsAdjustmentMethod } from "../inference/compare-arms.ts";
import { testDesign } from "../planning/test-design.ts";
import type { ExperimentPlan } from "./experiment-plan.ts";
import type { Fault } from "./fault.ts";
import { isWatched } from "./planned-monitoring.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** How several tests of one role share an error: see `compareArms` and `adjustPValues`. */
export interface MultiplicityPolicy {
  /**
   * The macro metric over the treatments; `holm` unless said. A watched test has `bonferroni` unless said, or `sidak` or
   * `none`, whose boundaries are known before the first look.
   */
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

/** Those that give each treatment a level of its own, whatever the others show. */
const WATCHED_ADJUSTMENTS: readonly TreatmentsAdjustment[] = ["none", "bonferroni", "sidak"];

/** How tests share their errors under a plan, with nothing left out. */
export function multiplicityPolicy(plan: ExperimentPlan | undefined): Required<MultiplicityPolicy> {
  const { treatments, secondary = "benjamini-hochberg", segments = "holm" } = plan?.multiplicity ?? {};
  return {
    treatments: treatments ?? (isWatched(plan?.monitoring) ? "bonferroni" : "holm"),
    secondary,
    segments,
  };
}

/** A watched test has its boundaries before the others have theirs. */
export function multiplicityFaults(plan: ExperimentPlan): Fault[] {
  const { treatments } = multiplicityPolicy(plan);
  if (!isWatched(plan.monitoring) || WATCHED_ADJUSTMENTS.includes(treatments)) return [];
  const message = `must be one of ${WATCHED_ADJUSTMENTS.join(", ")} where the test is watched, not ${treatments}: its boundaries are fixed before the first look`;
  return [{ path: ["multiplicity", "treatments"], message }];
}

/** What the level of each treatment's test is for, as the end of a sentence. */
export function sharingText(plan: ExperimentPlan): string {
  const { treatments } = multiplicityPolicy(plan);
  if (treatments === "none") return "alpha itself: nothing is kept over all of them";
  if (isWatched(plan.monitoring)) return "which keeps it over all of them and all looks";
  return `so that ${ADJUSTMENT_NAMES[treatments]} across them has the power asked for`;
}

/** How the treatments of a read-out share one type I error; nothing where there is but one, or each has its own. */
export function sharingSentence({ treatments }: Required<MultiplicityPolicy>, number: number): string[] {
  return number === 1 || treatments === "none"
    ? []
    : [`Treatments share one type I error by ${ADJUSTMENT_NAMES[treatments]}.`];
}

/** The names of the methods, for sentences. */
const ADJUSTMENT_NAMES: Readonly<Record<Exclude<TreatmentsAdjustment, "none">, string>> = {
  bonferroni: "Bonferroni's method",
  sidak: "Šidák's method",
  holm: "Holm's method",
  hochberg: "Hochberg's method",
  hommel: "Hommel's method",
  dunnett: "Dunnett's test",
  "dunnett-step-down": "Dunnett's test in steps down",
};

/** Warns where several treatments are tested, each at alpha. */
export function sharingCautions({ treatments }: Required<MultiplicityPolicy>, number: number): Warning[] {
  if (treatments !== "none" || number === 1) return [];
  const message = `Each of the ${number} treatments is tested at alpha itself, so that false alarms come up to ${number} times as often: by the plan, nothing is kept over all of them.`;
  return [{ code: "NO_ADJUSTMENT", message }];
}

/** What the level of a treatment's test depends on. */
export interface SharedAlpha {
  readonly alpha: number;
  readonly alternative: Alternative;
  /** n of each treatment over n of control. */
  readonly allocation: number;
  readonly treatments: number;
}

/** Alpha of each treatment's test: that of a single step, or of the first of several, which asks for most. */
export function alphaOfEach(
  method: TreatmentsAdjustment,
  { alpha, alternative, allocation, treatments }: SharedAlpha,
): number {
  if (treatments === 1) return alpha;
  switch (method) {
    case "none":
      return alpha;
    case "sidak":
      return -expm1(log1p(-alpha) / treatments);
    case "dunnett":
    case "dunnett-step-down": {
      const design = testDesign({ alpha, alternative, treatments, adjustment: "dunnett" }, allocation);
      return (alternative === "two-sided" ? 2 : 1) * design.tailAlpha;
    }
    case "bonferroni":
    case "holm":
    case "hochberg":
    case "hommel":
      return alpha / treatments;
  }
}
