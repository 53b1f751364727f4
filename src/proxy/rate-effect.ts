import type { Proportion } from "../summaries/proportion.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The effect on one rate: their difference, or the log of their ratio (infinite where a rate is 0). */
export function rateEffect(control: Proportion, treatment: Proportion, scale: EffectScale): number {
  const before = control.conversions / control.n;
  const after = treatment.conversions / treatment.n;
  return scale === "log-lift" ? ln(after / before) : after - before;
}
