import type { Proportion } from "../summaries/proportion.ts";
import { crossProduct } from "./proportion-effects.ts";

/** The pooled z; 0 where none or all of the units converted. */
export function pooledZ(
  control: Proportion,
  treatment: Proportion,
  units: number = control.n + treatment.n,
): number {
  const converted = control.conversions + treatment.conversions;
  const rest = control.n - control.conversions + (treatment.n - treatment.conversions);
  if (converted === 0 || rest === 0) return 0;
  return crossProduct(control, treatment) * Math.sqrt(units / (control.n * treatment.n) / (converted * rest));
}
