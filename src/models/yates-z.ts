import type { Proportion } from "../summaries/proportion.ts";
import { crossProduct } from "./proportion-effects.ts";

/** The pooled z with half a conversion taken off the distance from what is expected, but never more than all of it. */
export function yatesZ(control: Proportion, treatment: Proportion): number {
  const total = control.n + treatment.n;
  const converted = control.conversions + treatment.conversions;
  const rest = control.n - control.conversions + (treatment.n - treatment.conversions);
  const product = crossProduct(control, treatment);
  const corrected = Math.abs(product) - total / 2;
  if (corrected <= 0 || converted === 0 || rest === 0) return 0;
  const z = corrected * Math.sqrt(total / (control.n * treatment.n) / (converted * rest));
  return product < 0 ? -z : z;
}
