import type { Proportion } from "../summaries/proportion.ts";
import { guessShift, isAtRoot, MOST_STEPS, startBelow } from "./descend-to-root.ts";
import { shiftedOddsRatio } from "./shifted-odds-ratio.ts";

// Limits of the odds ratio by inverting the score test: Cornfield (1956) without the continuity correction, and
// Miettinen and Nurminen (1985) with a larger critical value. On the log-odds scale the Lagrange multiplier of the
// constraint is a shift of m conversions from one arm to the other, margins fixed, and the score statistic is Pearson's
//
//   m² [ 1/(x₁ + m) + 1/(y₁ − m) + 1/(x₂ − m) + 1/(y₂ + m) ],
//
// an increasing convex function of m.

/** Lower limit: the smallest odds ratio at which the score statistic is at most chiSquared > 0. */
export function lowerOddsRatioLimit(control: Proportion, treatment: Proportion, chiSquared: number): number {
  const x1 = control.conversions;
  const x2 = treatment.conversions;
  const y1 = control.n - x1;
  const y2 = treatment.n - x2;
  if (x2 === 0 || y1 === 0) return 0;
  const inverse1 = 1 / control.n;
  const inverse2 = 1 / treatment.n;
  const [i1, j1, i2, j2] = [1 / x1, 1 / y1, 1 / x2, 1 / y2];
  const guess = guessShift(
    chiSquared,
    i1 + j1 + i2 + j2,
    j1 * j1 - i1 * i1 + (i2 * i2 - j2 * j2),
    i1 * i1 * i1 + j1 * j1 * j1 + i2 * i2 * i2 + j2 * j2 * j2,
  );
  const top = Math.min(armAlone(x1, y1, chiSquared), armAlone(y2, x2, chiSquared));
  let m = startBelow(top, guess);
  let before = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const a = x1 + m;
    const b = y1 - m;
    const c = x2 - m;
    const d = y2 + m;
    // Two terms of an arm are one fraction.
    const first = control.n / (a * b);
    const second = treatment.n / (c * d);
    const sum = m * (first + second);
    const bend = first * first * (a - b) * inverse1 + second * second * (d - c) * inverse2;
    const step = (m * sum - chiSquared) / (2 * sum + m * m * bend);
    m -= step;
    if (isAtRoot(m, step, before)) break;
    before = step;
    if (i === 0 && m > top) {
      m = top;
      before = 0;
    }
  }
  return shiftedOddsRatio(control, treatment, m);
}

/** Upper limit: the largest odds ratio at which the score statistic is at most chiSquared > 0. */
export function upperOddsRatioLimit(control: Proportion, treatment: Proportion, chiSquared: number): number {
  return 1 / lowerOddsRatioLimit(treatment, control, chiSquared);
}

/** The shift at which one arm alone, m² (1/(a + m) + 1/(b − m)), reaches chiSquared: above the root of the sum. */
function armAlone(a: number, b: number, chiSquared: number): number {
  const square = a + b + chiSquared;
  const linear = chiSquared * (a - b);
  const constant = chiSquared * a * b;
  const root = Math.sqrt(linear * linear + 4 * square * constant);
  return linear > 0 ? (2 * constant) / (linear + root) : (root - linear) / (2 * square);
}
