import type { Proportion } from "../summaries/proportion.ts";
import { descendToRoot } from "./descend-to-root.ts";
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
  const { shift, odds, gap } = shiftedRates(control, treatment, chiSquared);
  return gap / ((control.conversions + shift) * (1 + odds));
}

/** Upper limit: the largest lift at which the score statistic is at most chiSquared > 0. */
export function upperLiftLimit(control: Proportion, treatment: Proportion, chiSquared: number): number {
  if (control.conversions === 0) return Infinity;
  const { shift, gap } = shiftedRates(treatment, control, chiSquared);
  return -gap / (treatment.n + shift);
}

/**
 * The shift from the lowered arm to the raised one, the odds against converting that the lowered arm then has, and
 * gap = y − odds · (x + shift) of the raised arm, which is 0 where the two rates are equal.
 */
function shiftedRates(
  raised: Proportion,
  lowered: Proportion,
  chiSquared: number,
): { shift: number; odds: number; gap: number } {
  const x1 = raised.conversions;
  const x2 = lowered.conversions;
  const y1 = raised.n - x1;
  const y2 = lowered.n - x2;
  const q1 = y1 / raised.n;
  const q2 = y2 / lowered.n;
  // Where the raised arm alone would reach chiSquared; Infinity if all of it converted.
  const raisedAlone = (chiSquared + Math.sqrt(chiSquared * (chiSquared + 4 * q1 * x1))) / (2 * q1);
  if (y2 === 0) {
    // All of the lowered arm converted: its rate stays at 1 until its n is used up, then the odds rise from 0.
    const shift = Math.min(raisedAlone, lowered.n);
    const odds = shift < lowered.n ? 0 : chiSquared / shift - (q1 * shift) / (x1 + shift);
    return { shift, odds, gap: y1 - odds * (x1 + shift) };
  }
  const loweredAlone = (2 * x2) / (1 + Math.sqrt(1 + (4 * q2 * x2) / chiSquared));
  const shift = descendToRoot(Math.min(raisedAlone, loweredAlone), (m) => {
    const u = m / (x1 + m);
    const v = m / (x2 - m);
    return (m * (q1 * u + q2 * v) - chiSquared) / (q1 * u * (2 - u) + q2 * v * (2 + v));
  });
  const rest = x2 - shift;
  return { shift, odds: y2 / rest, gap: (crossProduct(raised, lowered) - shift * (y1 + y2)) / rest };
}
