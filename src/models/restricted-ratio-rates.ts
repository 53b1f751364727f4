import type { Proportion } from "../summaries/proportion.ts";
import { crossProductBeyond } from "./cross-product-beyond.ts";
import type { Rate, RestrictedRates } from "./restricted-rates.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

// With R = 1 + λ the likelihood under p₂ = R p₁ is highest at a root of the quadratic
//
//   R (n₁ + n₂) p₁² − [R (n₂ + x₁) + n₁ + x₂] p₁ + x₁ + x₂ = 0,
//
// whose discriminant is [R (n₂ + x₁) − (n₁ + x₂)]² + 4 R y₁y₂ with y = n − x: a sum of squares, so that no digit is lost
// where nearly all units convert. The complement 1 − p₁ has a quadratic of its own, with the same discriminant.

/** p̂₂ − R p̂₁. */
export function ratioBeyond(control: Proportion, treatment: Proportion, lift: number): number {
  const { n: n1, conversions: x1 } = control;
  const { n: n2, conversions: x2 } = treatment;
  return crossProductBeyond(x2, n1, x1, n2, lift, x1, n2) / (n1 * n2);
}

/** The most likely rates whose ratio is 1 + `lift`, for a lift above −1. */
export function restrictedRatioRates(
  control: Proportion,
  treatment: Proportion,
  lift: number,
): RestrictedRates {
  return {
    control: baseRate(control, treatment, lift),
    treatment: baseRate(treatment, control, -lift / (1 + lift)),
  };
}

/** The rate of the first arm where the second one's is 1 + `lift` times as high. */
function baseRate(first: Proportion, second: Proportion, lift: number): Rate {
  const { n: n1, conversions: x1 } = first;
  const { n: n2, conversions: x2 } = second;
  const y1 = n1 - x1;
  const y2 = n2 - x2;
  const ratio = 1 + lift;
  const total = n1 + n2;
  // Near a lift of 0 from the lift, and near −1 from the ratio: there the other form cancels.
  const isFlat = lift > -0.5;
  const gap = isFlat ? y2 - y1 + lift * (n2 + x1) : ratio * n2 - x2 - y1 + lift * x1;
  const restTerm = isFlat ? y1 + y2 + lift * (total + y1) : ratio * total - x1 - x2 + lift * y1;
  const root = hypot(gap, 2 * Math.sqrt(ratio) * Math.sqrt(y1 * y2));
  return {
    rate: (2 * (x1 + x2)) / (ratio * (n2 + x1) + n1 + x2 + root),
    rest: restTerm >= 0 ? (restTerm + root) / (2 * ratio * total) : (-2 * lift * y1) / (root - restTerm),
  };
}
