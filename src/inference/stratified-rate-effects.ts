import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import type { Warning } from "../core/warning.ts";
import { logOddsRatioStandardError, logRatioStandardError } from "../models/effect-standard-errors.ts";
import { inverseVariance } from "../models/inverse-variance.ts";
import { oddsRatio, rateLift } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { Levels } from "../models/levels.ts";
import { liftOnLogScale, ratioOnLogScale } from "./log-scale-estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import type { StratifiedEffects } from "./stratified-effects.ts";
import { inverseVarianceEffects, levelEffects } from "./stratified-level-effects.ts";
import { rateLevels, stratifiedLevels } from "./stratified-levels.ts";
import type { NamedStratum } from "./stratum.ts";
import type { NormalConfidence } from "./two-proportions.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Effects of the rates that both arms would have in the mix of strata of all units together. */
export function postStratifiedRates(
  strata: readonly NamedStratum<Proportion>[],
  weights: readonly number[],
  confidence: NormalConfidence,
): StratifiedEffects {
  const levels = stratifiedLevels(strata.map(rateLevels), weights);
  const effects = levelEffects(levels, weights, confidence, "post-stratification");
  return {
    ...effects,
    difference: withinRange(effects.difference, -1, 1),
    lift:
      levels.control === 0 && levels.treatment > 0
        ? makeEstimate(Infinity, Infinity, everyLift(effects.lift.interval), confidence.alternative)
        : withinRange(effects.lift, -1, Infinity),
    oddsRatio: oddsRatioOfLevels(strata, weights, levels, confidence),
    warnings: withoutLiftOfMeans(effects.warnings),
  };
}

/**
 * Each effect pooled on its own scale, lift and odds ratio by their logs (Woolf 1955).
 *
 * Strata without a log, or without an error of it, are left out of that effect with a warning.
 */
export function inverseVarianceRates(
  strata: readonly NamedStratum<Proportion>[],
  confidence: NormalConfidence,
): StratifiedEffects {
  const effects = inverseVarianceEffects(strata, strata.map(rateLevels), confidence);
  const lift = poolLogs(strata, logRatio, logRatioStandardError);
  const odds = poolLogs(strata, logOddsRatio, logOddsRatioStandardError);
  return {
    ...effects,
    difference: withinRange(effects.difference, -1, 1),
    lift: liftOnLogScale(
      lift.log === null ? null : expm1(lift.log),
      lift.error,
      confidence,
      "inverse-variance",
    ),
    oddsRatio: ratioOnLogScale(odds.log === null ? null : exp(odds.log), odds.error, confidence, "woolf"),
    warnings: [...effects.warnings, ...leftOut("lift", lift.without), ...leftOut("odds ratio", odds.without)],
  };
}

type LogEffect = (control: Proportion, treatment: Proportion) => number;

const logRatio: LogEffect = (control, treatment) => log1p(rateLift(control, treatment)!);
const logOddsRatio: LogEffect = (control, treatment) => ln(oddsRatio(control, treatment)!);

interface PooledLog {
  /** Null where no stratum has one. */
  readonly log: number | null;
  readonly error: number;
  /** Names of the strata that have none. */
  readonly without: readonly string[];
}

function poolLogs(
  strata: readonly NamedStratum<Proportion>[],
  effect: LogEffect,
  errorOf: LogEffect,
): PooledLog {
  const isTelling = ({ control, treatment }: TwoArms<Proportion>): boolean => {
    const error = errorOf(control, treatment);
    return error > 0 && error < Infinity;
  };
  const telling = strata.filter(isTelling);
  const without = strata.filter((stratum) => !isTelling(stratum)).map(({ name }) => name);
  if (telling.length === 0) return { log: null, error: Infinity, without };
  const { estimate, standardError } = inverseVariance(
    telling.map(({ control, treatment }) => effect(control, treatment)),
    telling.map(({ control, treatment }) => errorOf(control, treatment)),
  );
  return { log: estimate, error: standardError, without };
}

function leftOut(effect: string, names: readonly string[]): Warning[] {
  if (names.length === 0) return [];
  return [
    {
      code: "STRATA_WITHOUT_LOG",
      message: `The pooled ${effect} leaves out ${names.join(", ")}, where an empty cell leaves no log or no error of it; Mantel–Haenszel uses them all.`,
    },
  ];
}

/** The odds ratio of two rates, its log's error by the delta method: d ln(p/q) = dp / (p q). */
function oddsRatioOfLevels(
  strata: readonly TwoArms<Proportion>[],
  weights: readonly number[],
  { control, treatment, controlError, treatmentError }: Levels,
  confidence: NormalConfidence,
): Estimate {
  const restOf = (arm: "control" | "treatment"): number =>
    strata.reduce((sum, { [arm]: { n, conversions } }, i) => sum + weights[i]! * ((n - conversions) / n), 0);
  const controlRest = restOf("control");
  const treatmentRest = restOf("treatment");
  const above = treatment * controlRest;
  const below = control * treatmentRest;
  const ratio = above === 0 && below === 0 ? null : above / below;
  const logError =
    above > 0 && below > 0
      ? hypot(controlError / (control * controlRest), treatmentError / (treatment * treatmentRest))
      : Infinity;
  return ratioOnLogScale(ratio, logError, confidence, "delta");
}

/** Ends where the parameter does what was open; of two halves of a line, the one where it can lie. */
function withinRange(estimate: Estimate, bottom: number, top: number): Estimate {
  const { lower, upper, excluded } = estimate.interval;
  const isHalf = excluded !== null && excluded.lower < bottom;
  return {
    ...estimate,
    // Sums over strata may be rounded to beyond the end where a whole arm lies on it.
    estimate: estimate.estimate === null ? null : Math.max(bottom, estimate.estimate),
    interval: {
      ...estimate.interval,
      lower: isHalf ? excluded.upper : lower === -Infinity ? bottom : lower,
      upper: upper === Infinity ? top : Math.max(bottom, upper),
      excluded: isHalf ? null : excluded,
    },
  };
}

/** Of rates the lift over 0 is infinite or unknown, which is said elsewhere; for means it means nothing. */
function withoutLiftOfMeans(warnings: readonly Warning[]): Warning[] {
  return warnings.filter(({ code }) => code !== "UNDETERMINED_LIFT");
}

function everyLift(interval: Interval): Interval {
  return { ...interval, lower: -1, upper: Infinity, dualToTest: false, excluded: null };
}
