import type { Proportion } from "../summaries/proportion.ts";
import { binomialDeviance } from "./binomial-deviance.ts";
import { devianceRoot } from "./deviance-root.ts";
import { rateDifference } from "./proportion-effects.ts";
import { pow } from "../numerics/elementary/pow.ts";

// Profile-likelihood limits of the difference: where twice the log-likelihood, at its highest under the difference, has
// fallen by χ². As for the score limits (difference-score-limit.ts) the multiplier k of the constraint is the unknown:
// p₁ − p̂₁ = k p₁q₁/n₁ and p̂₂ − p₂ = k p₂q₂/n₂, so that the deviance rises by 2k for each unit of either shift.

/** Lower limit: the smallest difference whose deviance is at most chiSquared > 0. */
export function lowerDifferenceProfileLimit(
  control: Proportion,
  treatment: Proportion,
  chiSquared: number,
): number {
  // All of the control converted and none of the treatment: −1 is the likeliest difference.
  if (control.conversions === control.n && treatment.conversions === 0) return -1;
  // Lowering the treatment's rate is raising its rate of not converting.
  const mirrored = { n: treatment.n, conversions: treatment.n - treatment.conversions };
  const variance = startingVariance(control) + startingVariance(mirrored);
  const raiseBoth = (base: number, offset: number): readonly [Raised, Raised] => [
    raise(control, base + offset, base - control.n + offset),
    raise(mirrored, base + offset, base - treatment.n + offset),
  ];
  const solve = (base: number, start: number): number =>
    devianceRoot(
      (offset) => {
        const [one, two] = raiseBoth(base, offset);
        const value = binomialDeviance(control, one.shift) + binomialDeviance(mirrored, two.shift);
        return [value, 2 * (base + offset) * (one.slope + two.slope)];
      },
      chiSquared,
      -base,
      Infinity,
      start,
    );
  // A rate of 0 leaves 0 at k = n and follows k − n, so k is measured from the nearest of these kinks.
  const k = solve(0, Math.sqrt(chiSquared / variance));
  const base = [0, control.n, treatment.n].reduce((x, y) => (Math.abs(k - y) < Math.abs(k - x) ? y : x));
  const [one, two] = raiseBoth(base, base === 0 ? k : solve(base, k - base));
  return rateDifference(control, treatment) - one.shift - two.shift;
}

/** Upper limit: the largest difference whose deviance is at most chiSquared > 0. */
export function upperDifferenceProfileLimit(
  control: Proportion,
  treatment: Proportion,
  chiSquared: number,
): number {
  return -lowerDifferenceProfileLimit(treatment, control, chiSquared);
}

/** By how much a multiplier raises a rate, and how fast. */
interface Raised {
  readonly shift: number;
  readonly slope: number;
}

/** The root of the quadratic of one arm, for a multiplier k and k − n. */
function raise({ n, conversions }: Proportion, k: number, beyondN: number): Raised {
  const c = k / n;
  const rate = conversions / n;
  const rest = (n - conversions) / n;
  const t = 2 * c * rate - beyondN / n;
  const root = Math.sqrt(t * t + 4 * c * c * rate * rest);
  const shift = t > 0 ? (2 * c * rate * rest) / (root + t) : (root - t) / (2 * c);
  return { shift, slope: root > 0 ? ((rate + shift) * (rest - shift)) / (n * root) : 1 / n };
}

/** A rough variance that is not 0 where none or all converted. */
function startingVariance({ n, conversions }: Proportion): number {
  return ((conversions + 0.5) * (n - conversions + 0.5)) / pow(n + 1, 3);
}
