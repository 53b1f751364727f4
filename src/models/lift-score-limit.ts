import type { Proportion } from "../summaries/proportion.ts";
import { guessShift, isAtRoot, MOST_STEPS, startBelow } from "./descend-to-root.ts";
import { crossProduct } from "./proportion-effects.ts";

// Limits of the lift by inverting the score test of the ratio: Koopman (1984), and Miettinen and Nurminen (1985) with a
// larger critical value. On the log scale the Lagrange multiplier of the constraint p₂ = R p₁ is a shift of m
// conversions and m units from one arm to the other:
//
//   p₁ = (x₁ + m)/(n₁ + m),   p₂ = (x₂ − m)/(n₂ − m),   score statistic  m² [ (y₁/n₁)/(x₁ + m) + (y₂/n₂)/(x₂ − m) ],
//
// which is Nam's (1995) cubic. The statistic is an increasing convex function of m.

/** Lower limit: the smallest lift at which the score statistic is at most chiSquared > 0. */
export function lowerLiftLimit(control: Proportion, treatment: Proportion, chiSquared: number): number {
  if (treatment.conversions === 0) return -1;
  const shift = shiftBetween(control, treatment, chiSquared);
  const raised = control.conversions + shift;
  if (treatment.conversions === treatment.n) {
    const odds = oddsAtCeiling(control, treatment, shift, chiSquared);
    return (control.n - control.conversions - odds * raised) / (raised * (1 + odds));
  }
  const x2 = treatment.conversions;
  return gapAfter(control, treatment, shift) / (raised * (x2 - shift + (treatment.n - x2)));
}

/** Upper limit: the largest lift at which the score statistic is at most chiSquared > 0. */
export function upperLiftLimit(control: Proportion, treatment: Proportion, chiSquared: number): number {
  if (control.conversions === 0) return Infinity;
  const shift = shiftBetween(treatment, control, chiSquared);
  if (control.conversions === control.n) {
    const odds = oddsAtCeiling(treatment, control, shift, chiSquared);
    const { n, conversions } = treatment;
    return (odds * (conversions + shift) - (n - conversions)) / (n + shift);
  }
  return -gapAfter(treatment, control, shift) / ((control.conversions - shift) * (treatment.n + shift));
}

/** The shift from the lowered arm to the raised one. */
function shiftBetween(raised: Proportion, lowered: Proportion, chiSquared: number): number {
  const x1 = raised.conversions;
  const x2 = lowered.conversions;
  const q1 = (raised.n - x1) / raised.n;
  const q2 = (lowered.n - x2) / lowered.n;
  // Where the raised arm alone would reach chiSquared; Infinity if all of it converted.
  const raisedAlone = (chiSquared + Math.sqrt(chiSquared * (chiSquared + 4 * q1 * x1))) / (2 * q1);
  // All of the lowered arm converted: its rate stays at 1 until its n is used up.
  if (q2 === 0) return Math.min(raisedAlone, lowered.n);
  const loweredAlone = (2 * x2) / (1 + Math.sqrt(1 + (4 * q2 * x2) / chiSquared));
  const r1 = 1 / x1;
  const r2 = 1 / x2;
  const s1 = q1 * r1;
  const s2 = q2 * r2;
  const guess = guessShift(chiSquared, s1 + s2, s2 * r2 - s1 * r1, s1 * r1 * r1 + s2 * r2 * r2);
  const top = Math.min(raisedAlone, loweredAlone);
  let m = startBelow(top, guess);
  let before = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const u = m / (x1 + m);
    const v = m / (x2 - m);
    const step = (m * (q1 * u + q2 * v) - chiSquared) / (q1 * u * (2 - u) + q2 * v * (2 + v));
    m -= step;
    if (isAtRoot(m, step, before)) break;
    before = step;
    if (i === 0 && m > top) {
      m = top;
      before = 0;
    }
  }
  return m;
}

/** The odds against converting of a lowered arm that converted whole: 0 until its n is used up, then they rise. */
function oddsAtCeiling(raised: Proportion, lowered: Proportion, shift: number, chiSquared: number): number {
  if (shift < lowered.n) return 0;
  const { n, conversions } = raised;
  return chiSquared / shift - (((n - conversions) / n) * shift) / (conversions + shift);
}

/** y₁ (x₂ − m) − y₂ (x₁ + m), which is 0 where the two rates are equal. */
function gapAfter(raised: Proportion, lowered: Proportion, shift: number): number {
  const rest = raised.n - raised.conversions + (lowered.n - lowered.conversions);
  return crossProduct(raised, lowered) - shift * rest;
}
