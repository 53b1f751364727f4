import type { Confidence } from "../core/confidence.ts";
import type { Estimate } from "../core/estimate.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";
import type { ArmsTest } from "../inference/arm-family.ts";
import type { EffectScale } from "../proxy/effect-covariance.ts";
import { compareSummaries } from "./compare-summaries.ts";
import type { DayArms } from "./checked-days.ts";
import { differenceOf } from "./difference-of.ts";
import { hasEnoughUnits } from "./enough-units.ts";
import { logLiftOf } from "./log-lift-of.ts";

/** One arm on one day. */
export interface DayArm {
  readonly n: number;
  /** Rate, mean, ratio, or events per unit; null where too few units tell. */
  readonly level: number | null;
}

/** What one day showed. */
export interface DayEffect {
  readonly day: number;
  readonly control: DayArm;
  readonly treatment: DayArm;
  readonly difference: Estimate;
  readonly lift: Estimate;
  /** On the scale of the analysis; null where the day has none, or no error of it, and is left out. */
  readonly effect: { readonly estimate: number; readonly standardError: number } | null;
}

/** Compares the arms of one day. */
export function dayEffect(arms: DayArms, scale: EffectScale, confidence: Confidence): DayEffect {
  const { day, control, treatment } = arms;
  if (!(hasEnoughUnits(control) && hasEnoughUnits(treatment))) {
    return {
      day,
      control: { n: control.n, level: null },
      treatment: { n: treatment.n, level: null },
      difference: undeterminedEstimate("none", confidence),
      lift: undeterminedEstimate("none", confidence),
      effect: null,
    };
  }
  const { alternative, confidenceLevel } = confidence;
  const comparison = compareSummaries({ control, treatment }, { alternative, confidenceLevel });
  const levels = [levelOf(comparison.control), levelOf(comparison.treatment)] as const;
  const { difference, lift } = comparison;
  return {
    day,
    control: { n: control.n, level: levels[0] },
    treatment: { n: treatment.n, level: levels[1] },
    difference,
    lift,
    effect: scale === "difference" ? differenceOf(difference) : logLiftOf(lift, levels[1]! / levels[0]!),
  };
}

function levelOf(arm: ArmsTest["control"]): number | null {
  if ("rate" in arm) return arm.rate;
  return "mean" in arm ? arm.mean : arm.ratio;
}
