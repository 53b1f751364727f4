import type { Proportion } from "../summaries/proportion.ts";
import { crossProductBeyond } from "./cross-product-beyond.ts";
import type { RestrictedRates } from "./restricted-rates.ts";

// Under an odds ratio of θ the likelihood is highest where the margins of the 2 × 2 table stay as they are and m
// conversions move from one arm to the other (see odds-ratio-score-limit.ts):
//
//   (θ − 1) m² + [x₂ + y₁ + θ (x₁ + y₂)] m − (x₂y₁ − θ x₁y₂) = 0,
//
// and each of the four expected counts has a quadratic of its own with the same discriminant, written as a sum of
// terms that are not negative.

/** The conversions that move from the treatment to the control. */
export function oddsRatioShift(control: Proportion, treatment: Proportion, oddsRatio: number): number {
  const { conversions: x1 } = control;
  const { conversions: x2 } = treatment;
  const y1 = control.n - x1;
  const y2 = treatment.n - x2;
  const beyond = crossProductBeyond(x2, y1, x1, y2, oddsRatio - 1, x1, y2);
  if (beyond === 0) return 0;
  return (2 * beyond) / (x2 + y1 + oddsRatio * (x1 + y2) + discriminantRoot(x1, y1, x2, y2, oddsRatio));
}

/** The most likely rates whose odds have the ratio `oddsRatio`, above 0. */
export function restrictedOddsRatioRates(
  control: Proportion,
  treatment: Proportion,
  oddsRatio: number,
): RestrictedRates {
  const { conversions: x1 } = control;
  const { conversions: x2 } = treatment;
  const y1 = control.n - x1;
  const y2 = treatment.n - x2;
  // The excess over 1 keeps the digits that a ratio near 1 has lost.
  const excess = oddsRatio - 1;
  const inverse = 1 / oddsRatio;
  const inverseExcess = -excess / oddsRatio;
  return {
    control: {
      rate: share(x1, y1, x2, y2, oddsRatio, excess),
      rest: share(y1, x1, y2, x2, inverse, inverseExcess),
    },
    treatment: {
      rate: share(x2, y2, x1, y1, inverse, inverseExcess),
      rest: share(y2, x2, y1, x1, oddsRatio, excess),
    },
  };
}

/** The share of the first arm, of a and b units, that is expected in its first cell. */
function share(a: number, b: number, c: number, d: number, oddsRatio: number, excess: number): number {
  const sum = a + c;
  // Where one form subtracts, the other does not, or the root is far larger.
  const linear = d >= a ? sum + a + b + oddsRatio * (d - a) : a + b + c + d + excess * (d - a);
  const root = discriminantRoot(a, b, c, d, oddsRatio);
  return linear > 0 ? (2 * sum) / (linear + root) : (root - linear) / (2 * excess * (a + b));
}

function discriminantRoot(x1: number, y1: number, x2: number, y2: number, oddsRatio: number): number {
  const gap = x2 - y1;
  const otherGap = oddsRatio * (x1 - y2);
  return Math.sqrt(
    gap * gap + otherGap * otherGap + 2 * oddsRatio * ((x2 + y1) * (x1 + y2) + 2 * (x2 * y1 + x1 * y2)),
  );
}
