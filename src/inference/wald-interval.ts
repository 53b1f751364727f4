import type { Interval } from "../core/interval.ts";
import { differenceStandardError } from "../models/effect-standard-errors.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { Confidence } from "./confidence.ts";

/** The Wald test divides by the unpooled standard error: without variance it cannot judge rates that differ. */
export function waldIsDetermined(control: Proportion, treatment: Proportion): boolean {
  return differenceStandardError(control, treatment) > 0 || rateDifference(control, treatment) === 0;
}

/** The difference ± z unpooled standard errors, not cut at −1 and 1. */
export function waldInterval(
  control: Proportion,
  treatment: Proportion,
  { alternative, confidenceLevel, tail }: Confidence,
): Interval {
  const difference = rateDifference(control, treatment);
  const isDetermined = waldIsDetermined(control, treatment);
  const reach = normalUpperQuantile(tail) * differenceStandardError(control, treatment);
  return {
    lower: alternative === "less" || !isDetermined ? -1 : difference - reach,
    upper: alternative === "greater" || !isDetermined ? 1 : difference + reach,
    confidenceLevel,
    method: "wald",
    dualToTest: isDetermined,
    excluded: null,
  };
}
