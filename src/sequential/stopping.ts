import type { Alternative } from "../core/alternative.ts";
import { sumOf } from "../numerics/sum.ts";
import type { LookExits } from "./computed-exits.ts";

/** When the looks of an experiment end in what, each as a probability by look. */
export interface Stopping {
  /** Rejected on the side of the effect; on either side where there is none. */
  readonly detected: readonly number[];
  /** Rejected on the side opposite to the effect. */
  readonly wrongSide: readonly number[];
  /** Ended at all; at the last look whatever is left. */
  readonly ended: readonly number[];
}

/** What leaving through the boundaries means for a test of an effect. */
export function stopping(
  { upper, lower, inside }: LookExits,
  alternative: Alternative,
  difference: number,
): Stopping {
  const none = upper.map(() => 0);
  const [above, below] = [alternative === "less" ? none : upper, alternative === "greater" ? none : lower];
  const sides = [difference >= 0 ? above : none, difference <= 0 ? below : none] as const;
  const wrong = difference > 0 ? below : difference < 0 ? above : none;
  const ended = upper.map((probability, look) => probability + lower[look]! + inside[look]!);
  const last = ended.length - 1;
  if (last >= 0) ended[last] = Math.max(0, 1 - sumOf(ended.slice(0, last)));
  return {
    detected: sides[0].map((probability, look) => probability + sides[1][look]!),
    wrongSide: wrong,
    ended,
  };
}

/** Sums up to each look, which rounding takes no further than 1. */
export function cumulative(probabilities: readonly number[]): number[] {
  let total = 0;
  return probabilities.map((probability) => Math.min(1, (total += probability)));
}

/** Mean day on which it ends; the horizon where nobody ever looks. */
export function meanDays(days: readonly number[], ended: readonly number[], horizonDays: number): number {
  // From the end, so that the mean of a sure end at the horizon is the horizon.
  return horizonDays - sumOf(days.map((day, look) => (horizonDays - day) * ended[look]!));
}

/** Variance of that day. */
export function varianceOfDays(
  days: readonly number[],
  ended: readonly number[],
  horizonDays: number,
): number {
  const mean = meanDays(days, ended, horizonDays);
  return sumOf(days.map((day, look) => (day - mean) ** 2 * ended[look]!));
}

/** The first day by which so much of the probability is there; Infinity where it never is. */
export function dayBy(
  days: readonly number[],
  cumulativeProbabilities: readonly number[],
  probability: number,
): number {
  const look = cumulativeProbabilities.findIndex((sofar) => sofar >= probability);
  return look < 0 ? Infinity : days[look]!;
}
