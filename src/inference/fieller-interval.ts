import type { Interval } from "../core/interval.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { fiellerSet, type FiellerSource, type FiellerTarget } from "../models/fieller-set.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { IntervalEnds } from "./interval-ends.ts";
import type { NormalConfidence } from "./two-proportions.ts";
import { waldIsDual } from "./wald-interval.ts";

/**
 * The lifts that the Wald test does not reject, (p₂ − R p₁)² <= z² (v₂ + R² v₁) with unpooled variances.
 *
 * Where the control rate cannot be told from 0 the set has no upper end; of Fieller's complement the other half holds
 * impossible lifts below −1, so what is left is an interval here.
 */
export function fiellerInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  const ends = { lower: -1, upper: Infinity };
  const dualToTest = writeFiellerEnds(control, treatment, confidence, ends);
  return {
    lower: ends.lower,
    upper: ends.upper,
    confidenceLevel: confidence.confidenceLevel,
    method: "fieller",
    dualToTest,
    excluded: null,
  };
}

/** What a row of a batch needs beside its ends; one will do for all rows. */
export interface FiellerScratch {
  readonly input: FiellerSource;
  readonly set: FiellerTarget;
}

export function fiellerScratch(): FiellerScratch {
  return {
    input: {
      control: 0,
      treatment: 0,
      difference: 0,
      controlVariance: 0,
      treatmentVariance: 0,
      covariance: 0,
    },
    set: { shape: "all", lower: -Infinity, upper: Infinity },
  };
}

/**
 * Writes the ends of the same.
 *
 * @returns whether the interval inverts the test
 */
export function writeFiellerEnds(
  control: Proportion,
  treatment: Proportion,
  { alternative, z }: NormalConfidence,
  ends: IntervalEnds,
  { input, set }: FiellerScratch = fiellerScratch(),
): boolean {
  input.control = control.conversions / control.n;
  input.treatment = treatment.conversions / treatment.n;
  input.difference = rateDifference(control, treatment);
  input.controlVariance = rateVariance(control);
  input.treatmentVariance = rateVariance(treatment);
  fiellerSet(input, Math.abs(z), set);
  const isBetween = set.shape === "between";
  // A one-sided level below one half against a control rate like 0 leaves no set that an interval could hold.
  const isDual = waldIsDual(control, treatment, z) && (z >= 0 || isBetween);
  ends.lower = -1;
  ends.upper = Infinity;
  if (!isDual) return false;
  if (alternative !== "less") {
    if (isBetween) ends.lower = z < 0 ? set.upper : set.lower;
    else if (set.shape === "outside") ends.lower = Math.max(-1, set.upper);
  }
  // Where no unit of the treatment converted the set is −1 alone, up to rounding.
  if (alternative !== "greater" && isBetween) ends.upper = Math.max(-1, z < 0 ? set.lower : set.upper);
  return true;
}
