import type { Proportion } from "../summaries/proportion.ts";
import { productDifference } from "./product-difference.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

// Effects of two proportions, from counts and not from rates: see productDifference. With the cross product
// D = x₂n₁ − x₁n₂ the difference is D / (n₁n₂), the lift D / (x₁n₂) and the odds ratio 1 + D / (x₁y₂).

/** x₂n₁ − x₁n₂, where x are conversions: its sign is that of every effect. */
export function crossProduct(control: Proportion, treatment: Proportion): number {
  return productDifference(treatment.conversions, control.n, control.conversions, treatment.n);
}

/** p₂ − p₁. */
export function rateDifference(control: Proportion, treatment: Proportion): number {
  return crossProduct(control, treatment) / (control.n * treatment.n);
}

/** p₂/p₁ − 1; Infinity over a control rate of 0, and null where both rates are 0. */
export function rateLift(control: Proportion, treatment: Proportion): number | null {
  if (control.conversions === 0) return treatment.conversions === 0 ? null : Infinity;
  return crossProduct(control, treatment) / (control.conversions * treatment.n);
}

/** ln(p₂/p₁); an infinity where one rate is 0, and null where both are. */
export function logRateRatio(control: Proportion, treatment: Proportion): number | null {
  const lift = rateLift(control, treatment);
  if (lift === null) return null;
  // 1 + lift is known to its last digit where lift is far from −1.
  if (lift > -0.5) return log1p(lift);
  return ln((treatment.conversions / control.conversions) * (control.n / treatment.n));
}

/** The ratio of the odds; Infinity where only its denominator is 0, and null where none or all converted. */
export function oddsRatio(control: Proportion, treatment: Proportion): number | null {
  const above = treatment.conversions * (control.n - control.conversions);
  const below = control.conversions * (treatment.n - treatment.conversions);
  if (below === 0) return above === 0 ? null : Infinity;
  return above / below;
}
