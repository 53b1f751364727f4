import type { Warning } from "../core/warning.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import type { ProportionEffect } from "./proportion-effect.ts";
import type { ArmUnits } from "./sizes.ts";
import { effectSought, type TestDesign } from "./test-design.ts";

/** Below so many expected units of either outcome the normal approximation is rough: Cochran (1954). */
const SMALLEST_EXPECTED_COUNT = 5;

/** What every power calculation here rests on. */
export const POWER_ASSUMPTIONS: readonly string[] = [
  "Power counts rejections on the side of the effect; rejections on the wrong side are no success.",
  INDEPENDENT_UNITS,
];

/** What a power calculation on rates rests on. */
export const PROPORTION_ASSUMPTIONS: readonly string[] = [
  ...POWER_ASSUMPTIONS,
  "The estimated rates are close to normal, which fails where few conversions are expected.",
];

/** Says why no number of units is enough. */
export function unreachable(effect: number, { alternative }: TestDesign): Warning {
  if (effect === 0) {
    return { code: "NO_EFFECT", message: "No sample size detects an effect of 0." };
  }
  if (effectSought(effect, alternative) < 0) {
    return {
      code: "WRONG_SIDE",
      message: `The effect is ${effect > 0 ? "positive" : "negative"}: no sample size detects it with the alternative "${alternative}".`,
    };
  }
  return UNREACHABLE;
}

const UNREACHABLE: Warning = {
  code: "UNREACHABLE",
  message: "The effect is so small that the sample size exceeds the largest number a computer holds.",
};

/** Says why no number of units shows that an effect lies on the right side of a margin, or between two. */
export function beyondMargin(isWithin: boolean): Warning {
  if (isWithin) return UNREACHABLE;
  return {
    code: "BEYOND_MARGIN",
    message:
      "The planned effect lies at the margin or on the wrong side of it: no sample size shows otherwise.",
  };
}

/**
 * Warns where an arm is expected to hold too few conversions, or too few units without one.
 *
 * @param remedy what to use instead; nothing knows better where rates are tested against a margin
 */
export function smallCounts(
  effect: ProportionEffect,
  sizes: ArmUnits,
  remedy = ", and exactPowerForProportions is not",
): readonly Warning[] {
  const fewest = Math.min(
    sizes.control * Math.min(effect.baseline, 1 - effect.baseline),
    sizes.treatment * Math.min(effect.treatmentRate, 1 - effect.treatmentRate),
  );
  return fewExpected(fewest, "conversions or units without one", remedy);
}

/** Warns where the arm that expects the fewest of something has too few for the normal approximation. */
export function fewExpected(fewest: number, what: string, remedy = ""): readonly Warning[] {
  if (fewest >= SMALLEST_EXPECTED_COUNT) return [];
  return [
    {
      code: "SMALL_COUNTS",
      message: `An arm is expected to hold fewer than ${SMALLEST_EXPECTED_COUNT} ${what}: the normal approximation is rough there${remedy}.`,
    },
  ];
}
