import type { Count } from "../summaries/count.ts";
import { eventRateDifference } from "./count-effects.ts";
import { descendToRoot } from "./descend-to-root.ts";

// Limits of the difference of two Poisson rates by inverting the score test. As for proportions (Mee), the Lagrange
// multiplier k of the constraint r₂ − r₁ = δ is the unknown. Where the likelihood is highest,
//
//   r₁ = r̂₁ / (1 − k/n₁)   and   r₂ = r̂₂ / (1 + k/n₂),   so that   r̂₂ − r̂₁ − δ = kV   with   V = r₁/n₁ + r₂/n₂.
//
// The score statistic is k²V, an increasing convex function of k below n₁, and where it equals χ² the limit is
// δ = r̂₂ − r̂₁ − χ²/k. A control without events leaves its rate at 0 until k = n₁, where it begins to rise.

/** Lower limit: the smallest difference at which the score statistic is at most chiSquared > 0. */
export function lowerPoissonDifference(control: Count, treatment: Count, chiSquared: number): number {
  const x1 = control.events;
  const x2 = treatment.events;
  const start = Math.min(controlAlone(control, chiSquared), treatmentAlone(treatment, chiSquared));
  // One arm without events leaves the other's k; where χ² dwarfs the control's events, k is n₁ to the last digit.
  const multiplier =
    x1 === 0 || x2 === 0 || start === control.n
      ? start
      : descendToRoot(start, (k) => {
          const u = k / (control.n - k);
          const v = k / (treatment.n + k);
          const value = k * ((x1 / control.n) * u + (x2 / treatment.n) * v) - chiSquared;
          return value / ((x1 / control.n) * u * (2 + u) + (x2 / treatment.n) * v * (2 - v));
        });
  return eventRateDifference(control, treatment) - chiSquared / multiplier;
}

/** Upper limit: the largest difference at which the score statistic is at most chiSquared > 0. */
export function upperPoissonDifference(control: Count, treatment: Count, chiSquared: number): number {
  return -lowerPoissonDifference(treatment, control, chiSquared);
}

/** The k at which the control alone reaches chiSquared; n without events. */
function controlAlone({ n, events }: Count, chiSquared: number): number {
  return (2 * n) / (1 + Math.sqrt(1 + (4 * events) / chiSquared));
}

/** The k at which the treatment alone reaches chiSquared; Infinity without events. */
function treatmentAlone({ n, events }: Count, chiSquared: number): number {
  return n * ((chiSquared + Math.sqrt(chiSquared * (chiSquared + 4 * events))) / (2 * events));
}
