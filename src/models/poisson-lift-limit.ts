import type { Count } from "../summaries/count.ts";
import { eventCrossProduct } from "./count-effects.ts";

// Limits of the lift of two Poisson rates by inverting the score test. Its statistic under the ratio 1 + λ is the
// binomial one given all events, so that the limits are Wilson's on another scale. With D = x₂n₁ − x₁n₂ and N events
//
//   (D − λ x₁n₂)² = χ² N n₁n₂ (1 + λ),
//
// a quadratic a λ² − 2bλ + c whose discriminant b² − ac = χ²N (x₁x₂ + χ²N/4) has no difference left in it.

/** Lower limit: the smallest lift at which the score statistic is at most chiSquared > 0. */
export function lowerPoissonLift(control: Count, treatment: Count, chiSquared: number): number {
  if (treatment.events === 0) return -1;
  const { a, b, c, root } = quadratic(control, treatment, chiSquared);
  return Math.max(-1, b < 0 ? (b - root) / a : c / (b + root));
}

/** Upper limit: the largest lift at which the score statistic is at most chiSquared > 0. */
export function upperPoissonLift(control: Count, treatment: Count, chiSquared: number): number {
  if (control.events === 0) return Infinity;
  const { a, b, c, root } = quadratic(control, treatment, chiSquared);
  // Near −1 the quotient may pass it by its own rounding.
  return Math.max(-1, b < 0 ? c / (b - root) : (b + root) / a);
}

function quadratic(
  control: Count,
  treatment: Count,
  chiSquared: number,
): { a: number; b: number; c: number; root: number } {
  const spread = chiSquared * (control.events + treatment.events);
  const gap = eventCrossProduct(control, treatment);
  const score = gap / Math.sqrt(control.n) / Math.sqrt(treatment.n);
  const reach = Math.sqrt(spread);
  return {
    a: control.events * control.events * (treatment.n / control.n),
    b: (gap / control.n) * control.events + spread / 2,
    c: (score - reach) * (score + reach),
    root: Math.sqrt(spread * (control.events * treatment.events + spread / 4)),
  };
}
