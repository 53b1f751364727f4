import type { DetectableCountLift } from "../planning/minimum-detectable-lift-for-counts.ts";
import type { DetectableMeanLift } from "../planning/minimum-detectable-lift-for-means.ts";
import type { DetectableRatioLift } from "../planning/minimum-detectable-lift-for-ratios.ts";
import type { DetectableLift } from "../planning/minimum-detectable-lift.ts";
import type { MeanRequiredAlpha } from "../planning/power-analysis-for-means.ts";
import type { ProportionRequiredAlpha } from "../planning/power-analysis-for-proportions.ts";
import type { RequiredBaseline } from "../planning/required-baseline.ts";
import { type Block, details, lead, title } from "./block.ts";
import { closing, undetermined } from "./closing.ts";
import { change, percent, units } from "./figures.ts";
import { designDetails } from "./planned-design.ts";
import { plannedEffect, plannedEffectDetails } from "./planned-effect.ts";

/** The smallest effect found, of any kind of metric. */
export type AnyDetectableEffect =
  DetectableCountLift | DetectableLift | DetectableMeanLift | DetectableRatioLift;

/** The smallest effect that a test of given size finds. */
export function describeDetectableEffect(result: AnyDetectableEffect): Block[] {
  return [
    title("Smallest effect that the test finds"),
    lead(
      result.difference === null
        ? undetermined(result.warnings, "The smallest effect")
        : `In ${percent(result.targetPower)} of cases the test finds ${plannedEffect(result)}; what is smaller is missed more often.`,
    ),
    details([...sizeDetails(result), ...plannedEffectDetails(result), ...designDetails(result)]),
    ...closing(result),
  ];
}

/** The type I error that a test must accept. */
export function describeRequiredAlpha(result: MeanRequiredAlpha | ProportionRequiredAlpha): Block[] {
  return [
    title("False alarms to accept"),
    lead(
      result.alpha === null
        ? undetermined(result.warnings, "The type I error")
        : `To see ${plannedEffect(result)} in ${percent(result.targetPower)} of cases at this size, the test has to raise a false alarm in ${percent(result.alpha)} where there is nothing.`,
    ),
    details([...sizeDetails(result), ...plannedEffectDetails(result), ...designDetails(result)]),
    ...closing(result),
  ];
}

/** The smallest rate of the control at which a lift is found. */
export function describeRequiredBaseline(result: RequiredBaseline): Block[] {
  return [
    title("Rate that the control needs"),
    lead(
      result.baseline === null
        ? undetermined(result.warnings, "The rate")
        : `At this size the control has to convert at ${percent(result.baseline)} for the test to see a lift of ${change(result.lift)} in ${percent(result.targetPower)} of cases.`,
    ),
    details([...sizeDetails(result), ...plannedEffectDetails(result), ...designDetails(result)]),
    ...closing(result),
  ];
}

function sizeDetails({
  control,
  treatment,
  treatments,
}: {
  readonly control: number;
  readonly treatment: number;
  readonly treatments: number;
}): [string, string | null][] {
  return [
    ["Units in control", units(control)],
    [treatments === 1 ? "Units in treatment" : "Units in each treatment", units(treatment)],
  ];
}
