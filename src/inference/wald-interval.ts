import type { Interval } from "../core/interval.ts";
import { differenceStandardError } from "../models/effect-standard-errors.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { IntervalEnds } from "./interval-ends.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** The Wald test divides by the unpooled standard error: without variance it cannot judge rates that differ. */
export function waldIsDetermined(control: Proportion, treatment: Proportion): boolean {
  return differenceStandardError(control, treatment) > 0 || rateDifference(control, treatment) === 0;
}

/**
 * Whether the intervals invert the test. Where there is none they do not; nor, without variance, at a one-sided level
 * below one half (z < 0): the p-value of one half would then reject, and an interval of no width still holds 0.
 */
export function waldIsDual(control: Proportion, treatment: Proportion, z: number): boolean {
  return z < 0 ? differenceStandardError(control, treatment) > 0 : waldIsDetermined(control, treatment);
}

/** The difference ± z unpooled standard errors, not cut at −1 and 1. */
export function waldInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  const ends = { lower: -1, upper: 1 };
  writeWaldEnds(control, treatment, confidence, ends);
  return {
    lower: ends.lower,
    upper: ends.upper,
    confidenceLevel: confidence.confidenceLevel,
    method: "wald",
    dualToTest: waldIsDual(control, treatment, confidence.z),
    excluded: null,
  };
}

/** Writes the ends of the same. */
export function writeWaldEnds(
  control: Proportion,
  treatment: Proportion,
  { alternative, z }: NormalConfidence,
  ends: IntervalEnds,
): void {
  const difference = rateDifference(control, treatment);
  const isDetermined = waldIsDetermined(control, treatment);
  const reach = z * differenceStandardError(control, treatment);
  ends.lower = alternative === "less" || !isDetermined ? -1 : difference - reach;
  ends.upper = alternative === "greater" || !isDetermined ? 1 : difference + reach;
}
