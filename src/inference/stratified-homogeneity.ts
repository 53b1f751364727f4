import { logOddsRatioStandardError } from "../models/effect-standard-errors.ts";
import { inverseVariance } from "../models/inverse-variance.ts";
import { oddsRatio } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { breslowDay } from "./breslow-day.ts";
import { chiSquaredTest } from "./chi-squared-test.ts";
import type { CochranQ, Homogeneity } from "./stratified-comparison.ts";
import { rateLevels, type StratumLevels, stratumError } from "./stratified-levels.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Whether the strata share one effect, for proportions. */
export function rateHomogeneity(strata: readonly TwoArms<Proportion>[]): Homogeneity {
  const odds = breslowDay(strata);
  return {
    difference: levelHomogeneity(strata.map(rateLevels)),
    logOddsRatio: cochranQ(
      strata.map(({ control, treatment }) => ({
        estimate: ln(oddsRatio(control, treatment) ?? 0),
        standardError: logOddsRatioStandardError(control, treatment),
      })),
    ),
    breslowDay: odds?.breslowDay ?? null,
    tarone: odds?.tarone ?? null,
  };
}

/** The same on the scale of the difference alone. */
export function levelHomogeneity(strata: readonly StratumLevels[]): CochranQ | null {
  return cochranQ(
    strata.map((stratum) => ({ estimate: stratum.difference, standardError: stratumError(stratum) })),
  );
}

interface StratumEstimate {
  readonly estimate: number;
  readonly standardError: number;
}

/** Strata without a finite error above 0 cannot be weighed and are left out. */
function cochranQ(strata: readonly StratumEstimate[]): CochranQ | null {
  const telling = strata.filter(({ standardError }) => standardError > 0 && standardError < Infinity);
  if (telling.length < 2) return null;
  const { q, iSquared } = inverseVariance(
    telling.map(({ estimate }) => estimate),
    telling.map(({ standardError }) => standardError),
  );
  return { ...chiSquaredTest(q, telling.length - 1), iSquared };
}
