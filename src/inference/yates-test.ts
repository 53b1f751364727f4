import { crossProduct } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { normalOutcome, type ProportionTest } from "./proportion-test.ts";
import { scoreIntervalsAside } from "./score-test.ts";

/**
 * Pearson's test with the continuity correction of Yates (1934), as R's `prop.test`: its p-value stands for Fisher's.
 *
 * The correction has no place in an estimate of the effect, so the intervals are those of the score test; they are
 * narrower than a set that inverts this test would be.
 */
export const YATES_TEST: ProportionTest = {
  basis: "expected-counts",
  outcome: (control, treatment, sides) => normalOutcome(correctedZ(control, treatment), sides),
  intervals: scoreIntervalsAside,
};

/** The pooled z with half a conversion taken off the distance from what is expected, but never more than all of it. */
function correctedZ(control: Proportion, treatment: Proportion): number {
  const total = control.n + treatment.n;
  const converted = control.conversions + treatment.conversions;
  const rest = control.n - control.conversions + (treatment.n - treatment.conversions);
  const product = crossProduct(control, treatment);
  const corrected = Math.abs(product) - total / 2;
  if (corrected <= 0 || converted === 0 || rest === 0) return 0;
  const z = corrected * Math.sqrt(total / (control.n * treatment.n) / (converted * rest));
  return product < 0 ? -z : z;
}
