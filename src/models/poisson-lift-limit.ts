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
  const { a, b, c, middle, root } = quadratic(control, treatment, chiSquared);
  const lift = b < 0 ? (b - root) / a : c / (b + root);
  if (lift > NEAR_NOTHING) return lift;
  return (treatment.events * treatment.events * (control.n / treatment.n)) / (middle + root) - 1;
}

/** Upper limit: the largest lift at which the score statistic is at most chiSquared > 0. */
export function upperPoissonLift(control: Count, treatment: Count, chiSquared: number): number {
  if (control.events === 0) return Infinity;
  const { a, b, c, middle, root } = quadratic(control, treatment, chiSquared);
  const lift = b < 0 ? c / (b - root) : (b + root) / a;
  return lift > NEAR_NOTHING ? lift : (middle + root) / a - 1;
}

/** Below this lift the ratio 1 + λ is the small number that must keep its digits, and λ is what is lost beside 1. */
const NEAR_NOTHING = -0.5;

/** Coefficients of λ, and half of the linear one of the ratio 1 + λ (its discriminant is the same). */
function quadratic(
  control: Count,
  treatment: Count,
  chiSquared: number,
): { a: number; b: number; c: number; middle: number; root: number } {
  const spread = chiSquared * (control.events + treatment.events);
  const gap = eventCrossProduct(control, treatment);
  const score = gap / Math.sqrt(control.n) / Math.sqrt(treatment.n);
  const reach = Math.sqrt(spread);
  const product = control.events * treatment.events;
  return {
    a: control.events * control.events * (treatment.n / control.n),
    b: (gap / control.n) * control.events + spread / 2,
    c: (score - reach) * (score + reach),
    middle: product + spread / 2,
    root: Math.sqrt(spread * (product + spread / 4)),
  };
}
