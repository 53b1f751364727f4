import type { DetectableMeanLift } from "../planning/minimum-detectable-lift-for-means.ts";
import type { DetectableLift } from "../planning/minimum-detectable-lift.ts";
import { type Block, details, lead, title } from "./block.ts";
import { closing, lookedFor, undetermined } from "./closing.ts";
import { percent, units } from "./figures.ts";
import { plannedEffect, plannedEffectDetails } from "./planned-effect.ts";

/** The smallest effect that a test of given size finds. */
export function describeDetectableEffect(result: DetectableLift | DetectableMeanLift): Block[] {
  return [
    title("Smallest effect that the test finds"),
    lead(
      result.difference === null
        ? undetermined(result.warnings, "The smallest effect")
        : `In ${percent(result.targetPower)} of cases the test finds ${plannedEffect(result)}; what is smaller is missed more often.`,
    ),
    details([
      ["Units in control", units(result.control)],
      ["Units in treatment", units(result.treatment)],
      ...plannedEffectDetails(result),
      ["Power asked for", percent(result.targetPower)],
      ["False alarms allowed (alpha)", percent(result.alpha)],
      ["The test looks for", lookedFor(result.alternative)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}
