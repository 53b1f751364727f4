import type { Proportion } from "../summaries/proportion.ts";
import { binomialDeviance } from "./binomial-deviance.ts";
import { devianceRoot } from "./deviance-root.ts";
import { crossProduct } from "./proportion-effects.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

// Profile-likelihood limits of the lift: where twice the log-likelihood, at its highest under the lift, has fallen by
// χ². As for the score limits (lift-score-limit.ts) the unknown is a shift of m conversions and m units from the lowered
// arm to the raised one: p₁ = (x₁ + m)/(n₁ + m) and p₂ = (x₂ − m)/(n₂ − m).

/** Lower limit: the smallest lift whose deviance is at most chiSquared > 0. */
export function lowerLiftProfileLimit(
  control: Proportion,
  treatment: Proportion,
  chiSquared: number,
): number {
  if (treatment.conversions === 0) return -1;
  const { raisedRate, gap } = shiftedRates(control, treatment, chiSquared);
  return -gap / raisedRate;
}

/** Upper limit: the largest lift whose deviance is at most chiSquared > 0. */
export function upperLiftProfileLimit(
  control: Proportion,
  treatment: Proportion,
  chiSquared: number,
): number {
  if (control.conversions === 0) return Infinity;
  const { loweredRate, gap } = shiftedRates(treatment, control, chiSquared);
  return gap / loweredRate;
}

/** The rates at the limit, and by how much the raised one is above the other. */
function shiftedRates(
  raised: Proportion,
  lowered: Proportion,
  chiSquared: number,
): { readonly raisedRate: number; readonly loweredRate: number; readonly gap: number } {
  const { n: n1, conversions: x1 } = raised;
  const { n: n2, conversions: x2 } = lowered;
  const y1 = n1 - x1;
  const y2 = n2 - x2;
  if (y2 === 0) return belowFullRate(raised, n2, chiSquared);
  const m = devianceRoot(
    (shift) => [
      shiftedDeviance(raised, shift) + shiftedDeviance(lowered, -shift),
      2 * shift * (y1 / (x1 + shift) / (n1 + shift) + y2 / (x2 - shift) / (n2 - shift)),
    ],
    chiSquared,
    0,
    x2,
    Math.sqrt(chiSquared / (y1 / n1 / (x1 + 0.5) + y2 / n2 / x2)),
  );
  // Over a common denominator, so that nothing cancels where the rates are close.
  const gap = -(crossProduct(raised, lowered) - m * (y1 + y2)) / (n1 + m) / (n2 - m);
  return { raisedRate: (x1 + m) / (n1 + m), loweredRate: (x2 - m) / (n2 - m), gap };
}

/** All of the lowered arm converted: its rate stays at 1 until its n is used up, and falls at no cost to the other then. */
function belowFullRate(
  raised: Proportion,
  loweredN: number,
  chiSquared: number,
): { readonly raisedRate: number; readonly loweredRate: number; readonly gap: number } {
  const { n, conversions } = raised;
  const rest = n - conversions;
  const left = chiSquared - shiftedDeviance(raised, loweredN);
  const m =
    left >= 0
      ? loweredN
      : devianceRoot(
          (shift) => [
            shiftedDeviance(raised, shift),
            (2 * shift * rest) / (conversions + shift) / (n + shift),
          ],
          chiSquared,
          0,
          loweredN,
          Math.sqrt((chiSquared * n * (conversions + 0.5)) / rest),
        );
  const fall = left > 0 ? -expm1((-0.5 * left) / loweredN) : 0;
  return {
    raisedRate: (conversions + m) / (n + m),
    loweredRate: 1 - fall,
    gap: fall - rest / (n + m),
  };
}

/** Of an arm with so many more conversions among so many more units. */
function shiftedDeviance(arm: Proportion, shift: number): number {
  const rest = arm.n - arm.conversions;
  const n = arm.n + shift;
  return binomialDeviance(arm, ((rest / arm.n) * shift) / n, (arm.conversions + shift) / n, rest / n);
}
