import type { Proportion } from "../summaries/proportion.ts";
import { guessShift, isAtRoot, MOST_STEPS, startBelow } from "./descend-to-root.ts";
import { rateDifference } from "./proportion-effects.ts";

// Limits of the difference by inverting the score test: Mee (1984), and Miettinen and Nurminen (1985) with a larger
// critical value. The textbook way maximises the likelihood under each difference tried (a cubic) inside a search.
// Here the Lagrange multiplier k of the constraint p₂ − p₁ = δ is the unknown instead. Where the likelihood is highest,
//
//   p₁ − p̂₁ = k p₁q₁/n₁   and   p̂₂ − p₂ = k p₂q₂/n₂,
//
// a quadratic for each arm. With V = p₁q₁/n₁ + p₂q₂/n₂ it follows that p̂₂ − p̂₁ − δ = kV, so the score statistic is
// k²V, and where it equals χ² the limit is δ = p̂₂ − p̂₁ − χ²/k: nothing cancels, at any n. k²V is the sum over the arms
// of e/2 with e below, an increasing convex function of k; the first terms of its series in k give a start.

/** Lower limit: the smallest difference at which the score statistic is at most chiSquared > 0. */
export function lowerDifferenceLimit(control: Proportion, treatment: Proportion, chiSquared: number): number {
  const n1 = control.n;
  const n2 = treatment.n;
  // The control's rate is raised and the treatment's lowered, which is to raise its rate of not converting.
  const b1 = (n1 - 2 * control.conversions) / n1;
  const b2 = (2 * treatment.conversions - n2) / n2;
  const w1 = fourTimesVariance(control);
  const w2 = fourTimesVariance(treatment);
  const top = Math.min(armAlone(n1, b1, w1, chiSquared), armAlone(n2, b2, w2, chiSquared));
  // All of the control converted and none of the treatment: no likelihood is lower than that of −1.
  if (top === Infinity) return -1;
  const r1 = 1 / n1;
  const r2 = 1 / n2;
  const v1 = w1 * r1;
  const v2 = w2 * r2;
  const t1 = b1 * v1 * r1;
  const t2 = b2 * v2 * r2;
  const u = (1.25 * b1 * t1 - 0.25 * v1 * r1) * r1 + (1.25 * b2 * t2 - 0.25 * v2 * r2) * r2;
  const guess = guessShift(4 * chiSquared, v1 + v2, t1 + t2, u);
  let k = startBelow(top, guess);
  let before = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const d1 = n1 - k * b1;
    const root1 = Math.sqrt(d1 * d1 + k * k * w1);
    const e1 = d1 > 0 ? (k * k * w1) / (root1 + d1) : root1 - d1;
    const d2 = n2 - k * b2;
    const root2 = Math.sqrt(d2 * d2 + k * k * w2);
    const e2 = d2 > 0 ? (k * k * w2) / (root2 + d2) : root2 - d2;
    // At the kink of an arm without conversions the slope is that of the right side.
    const slope = (root1 > 0 ? (b1 * e1 + k * w1) / root1 : 2) + (root2 > 0 ? (b2 * e2 + k * w2) / root2 : 2);
    const step = (e1 + e2 - 2 * chiSquared) / slope;
    k -= step;
    if (isAtRoot(k, step, before)) break;
    before = step;
    if (i === 0 && k > top) {
      k = top;
      before = 0;
    }
  }
  return rateDifference(control, treatment) - chiSquared / k;
}

/** Upper limit: the largest difference at which the score statistic is at most chiSquared > 0. */
export function upperDifferenceLimit(control: Proportion, treatment: Proportion, chiSquared: number): number {
  return -lowerDifferenceLimit(treatment, control, chiSquared);
}

function fourTimesVariance({ n, conversions }: Proportion): number {
  return 4 * (conversions / n) * ((n - conversions) / n);
}

/** The k at which one arm alone reaches chiSquared: above the root of the sum, by a factor of at most two in value. */
function armAlone(n: number, b: number, w: number, chiSquared: number): number {
  return (2 * (n + chiSquared)) / (b + Math.sqrt(1 + (w * n) / chiSquared));
}
