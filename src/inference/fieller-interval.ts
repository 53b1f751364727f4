import type { Interval } from "../core/interval.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { type FiellerSet, fiellerSet } from "../models/fieller-set.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
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
  { alternative, confidenceLevel, z }: NormalConfidence,
): Interval {
  const set = fiellerSet(
    {
      control: control.conversions / control.n,
      treatment: treatment.conversions / treatment.n,
      difference: rateDifference(control, treatment),
      controlVariance: rateVariance(control),
      treatmentVariance: rateVariance(treatment),
      covariance: 0,
    },
    Math.abs(z),
  );
  // A one-sided level below one half against a control rate like 0 leaves no set that an interval could hold.
  const isDual = waldIsDual(control, treatment, z) && (z >= 0 || set.shape === "between");
  const { lower, upper } = isDual ? possibleLifts(set, z) : { lower: -1, upper: Infinity };
  return {
    lower: alternative === "less" ? -1 : lower,
    // Where no unit of the treatment converted the set is −1 alone, up to rounding.
    upper: alternative === "greater" ? Infinity : Math.max(-1, upper),
    confidenceLevel,
    method: "fieller",
    dualToTest: isDual,
    excluded: null,
  };
}

function possibleLifts(set: FiellerSet, z: number): { lower: number; upper: number } {
  if (set.shape === "between") {
    return z < 0 ? { lower: set.upper, upper: set.lower } : { lower: set.lower, upper: set.upper };
  }
  return { lower: set.shape === "all" ? -1 : Math.max(-1, set.upper), upper: Infinity };
}
