import type { MeanPower } from "../planning/power-for-means.ts";
import type { ProportionPower } from "../planning/power-for-proportions.ts";
import { type Block, details, lead, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { chance, percent, units } from "./figures.ts";
import { plannedEffect, plannedEffectDetails } from "./planned-effect.ts";

/** How probably a test finds what it looks for. */
export function describePower(result: ProportionPower | MeanPower): Block[] {
  return [
    title("Power"),
    lead(`With a chance of ${chance(result.power)} the test finds ${plannedEffect(result)}.`),
    details([
      ["Units in control", units(result.control)],
      ["Units in treatment", units(result.treatment)],
      ...plannedEffectDetails(result),
      ["Chance of a finding in the wrong direction", chance(result.farTail)],
      ["False alarms allowed (alpha)", percent(result.alpha)],
      ["The test looks for", lookedFor(result.alternative)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}
