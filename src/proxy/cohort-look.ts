import { harmonicMean } from "../models/harmonic-mean.ts";
import type { CohortReading } from "./cohort-reading.ts";
import type { ExposureDay } from "./exposure-day.ts";
import type { SampleSizes } from "./sample-sizes.ts";

/** One day on which an experiment is looked at: what its two estimates stand on. */
export interface CohortLook {
  /** The look is at the end of this day, 1 for the first. */
  readonly day: number;
  /** Units per arm whose micro conversion is known. */
  readonly nProxy: number;
  /** Units per arm whose sales are known, those of cohorts that are read in part counted by what they tell. */
  readonly nMacro: number;
  /** The same for the part of sales that the micro conversion of the same units does not tell. */
  readonly nRest: number;
}

/**
 * A look by its units alone. Arms of different sizes count by the harmonic mean of what they have.
 *
 * @param readings - by age
 */
export function cohortLook(
  days: readonly ExposureDay[],
  day: number,
  readings: readonly CohortReading[],
  correlation: number,
): CohortLook {
  const units = (arm: "control" | "treatment", perUnit: (reading: CohortReading) => number): number =>
    days.slice(0, day).reduce((sum, cohort, i) => sum + cohort[arm].n * perUnit(readings[day - 1 - i]!), 0);
  const both = (perUnit: (reading: CohortReading) => number): number =>
    harmonicMean(units("control", perUnit), units("treatment", perUnit));
  return {
    day,
    nProxy: both(() => 1),
    nMacro: both(({ restVariance }) => 1 / (restVariance + correlation ** 2)),
    nRest: both(({ restVariance }) => 1 / restVariance),
  };
}

/**
 * The sizes of the best estimates on a look. That of the macro effect adds to the sales of the cohorts read what all
 * others' micro conversions say by the users' own correlation, so that its variance is 1/nRest + r²/nProxy of Ω_yy.
 */
export function lookSizes({ nProxy, nRest }: CohortLook, correlation: number): SampleSizes {
  const nMacro = nRest === 0 ? 0 : 1 / (1 / nRest + correlation ** 2 / nProxy);
  return { nProxy, nMacro, nOverlap: nMacro };
}
