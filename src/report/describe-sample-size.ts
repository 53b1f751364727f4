import type { MeanSampleSize } from "../planning/sample-size-for-means.ts";
import type { ProportionSampleSize } from "../planning/sample-size-for-proportions.ts";
import { type Block, details, lead, paragraph, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { amount, percent, units } from "./figures.ts";
import { plannedEffect, plannedEffectDetails } from "./planned-effect.ts";

/** How many units a test needs. */
export function describeSampleSize(result: ProportionSampleSize | MeanSampleSize): Block[] {
  const { control, treatment, total, exact } = result;
  return [
    title("Sample size"),
    lead(headline(result)),
    ...(total === Infinity
      ? []
      : [
          paragraph(
            `At this size, ${percent(result.power)} of such tests find the change where it is real, and ${percent(result.alpha)} find one where there is none.`,
          ),
        ]),
    details([
      ["Units in control", units(control)],
      ["Units in treatment", units(treatment)],
      ["Units in all", units(total)],
      [
        "Before rounding",
        total === Infinity ? null : `${amount(exact.control, 8)} and ${amount(exact.treatment, 8)}`,
      ],
      ...plannedEffectDetails(result),
      ["Power asked for", percent(result.targetPower)],
      ["False alarms allowed (alpha)", percent(result.alpha)],
      ["The test looks for", lookedFor(result.alternative)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function headline(result: ProportionSampleSize | MeanSampleSize): string {
  const { control, treatment, total } = result;
  const effect = plannedEffect(result);
  if (total === Infinity) return `No number of units is enough to see ${effect}.`;
  const arms =
    control === treatment
      ? `${units(control)} units in each of two arms`
      : `${units(control)} units in control and ${units(treatment)} in treatment`;
  return `${arms}, ${units(total)} in all, to see ${effect}.`;
}
