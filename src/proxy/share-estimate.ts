import type { Estimate } from "../core/estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { differenceInterval } from "../inference/difference-interval.ts";
import { proportionInterval } from "../inference/proportion-interval.ts";
import { productDifference } from "../models/product-difference.ts";
import type { Proportion } from "../summaries/proportion.ts";

/** treatment − control, to the last digit. */
export function rateDifference(control: Proportion, treatment: Proportion): number {
  return (
    productDifference(treatment.conversions, control.n, control.conversions, treatment.n) /
    control.n /
    treatment.n
  );
}

/** A share with Wilson's interval; undetermined for a share of nobody. */
export function shareEstimate(units: Proportion, confidenceLevel: number): Estimate {
  if (units.n === 0) {
    const all = { ...NOTHING_KNOWN, lower: 0, upper: 1, confidenceLevel, method: "wilson" };
    return makeEstimate(null, null, all, "two-sided");
  }
  const share = units.conversions / units.n;
  const standardError = Math.sqrt((share * ((units.n - units.conversions) / units.n)) / units.n);
  return makeEstimate(share, standardError, proportionInterval({ ...units, confidenceLevel }), "two-sided");
}

/** Difference of two shares with the score interval. */
export function contrastEstimate(
  control: Proportion,
  treatment: Proportion,
  confidenceLevel: number,
): Estimate {
  if (control.n === 0 || treatment.n === 0) {
    const all = { ...NOTHING_KNOWN, lower: -1, upper: 1, confidenceLevel, method: "mee" };
    return makeEstimate(null, null, all, "two-sided");
  }
  const interval = differenceInterval({ control, treatment, confidenceLevel });
  const variance = ({ n, conversions }: Proportion): number =>
    ((conversions / n) * ((n - conversions) / n)) / n;
  return makeEstimate(
    rateDifference(control, treatment),
    Math.sqrt(variance(control) + variance(treatment)),
    // There is no test beside it.
    { ...interval, dualToTest: false },
    "two-sided",
  );
}

const NOTHING_KNOWN = { dualToTest: false, excluded: null };
