import type { Proportion } from "../summaries/proportion.ts";
import { crossProduct } from "./proportion-effects.ts";

/** The odds ratio once `shift` conversions have gone from the treatment to the control. */
export function shiftedOddsRatio(control: Proportion, treatment: Proportion, shift: number): number {
  const x1 = control.conversions + shift;
  const y1 = control.n - control.conversions - shift;
  const x2 = treatment.conversions - shift;
  const y2 = treatment.n - treatment.conversions + shift;
  // Near 1 from the distance to 1, so that rounding never puts a limit on its wrong side.
  const excess = (crossProduct(control, treatment) - shift * (control.n + treatment.n)) / (x1 * y2);
  return Math.abs(excess) < 0.5 ? 1 + excess : (x2 / x1) * (y1 / y2);
}
