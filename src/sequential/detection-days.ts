import { sumOf } from "../numerics/sum.ts";
import type { DayQuantile, SequentialDuration } from "./sequential-duration-result.ts";
import { cumulative, dayBy } from "./stopping.ts";

const PROBABILITIES = [0.1, 0.25, 0.5, 0.75, 0.8, 0.9];

/** The days by which shares of a probability that adds up are there. */
export function quantiles(
  days: readonly number[],
  cumulativeProbabilities: readonly number[],
): DayQuantile[] {
  return PROBABILITIES.map((probability) => ({
    probability,
    days: dayBy(days, cumulativeProbabilities, probability),
  }));
}

/** Days of those experiments only that detect the effect; null where none does. */
export function daysIfDetected(
  days: readonly number[],
  detected: readonly number[],
  power: number,
): SequentialDuration["ifDetected"] {
  if (power === 0) return null;
  const shares = detected.map((probability) => probability / power);
  const sofar = cumulative(shares);
  // All of those who detect at all have done so by the last look, whatever rounding says.
  sofar[sofar.length - 1] = 1;
  return {
    meanDays: sumOf(days.map((day, look) => day * shares[look]!)),
    medianDays: dayBy(days, sofar, 0.5),
    quantiles: quantiles(days, sofar),
  };
}
