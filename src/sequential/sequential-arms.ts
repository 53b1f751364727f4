import { checkCount, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import {
  adjustedLevels,
  checkAdjustedErrors,
  COVARIATE_MEANS,
  type CovariateMeanChoice,
  withRandomCovariates,
} from "../models/adjusted-levels.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { type Levels, welchLevels } from "../models/levels.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import { ratioArm, ratioLevels } from "../models/ratio-levels.ts";
import { adjustedArms, type Theta } from "../summaries/adjust-with-covariate.ts";
import { checkSameCaps } from "../summaries/caps.ts";
import { type Covariate, covariateView, type RatioMetric } from "../summaries/covariate-view.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import type { Moments } from "../summaries/moments.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { checkRatio, type Ratio } from "../summaries/ratio.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** What was observed in one arm since the start: conversions, a mean, a ratio of means, or a metric with covariates. */
export type SequentialArm = Proportion | Mean | Ratio | Moments;

/** Two arms as seen so far, both of one kind. */
export interface SequentialArms {
  readonly control: SequentialArm;
  readonly treatment: SequentialArm;
  /** With covariates: the metric to compare; the first one unless said. */
  readonly metric?: string | RatioMetric | undefined;
  /** With covariates: all other metrics unless said. */
  readonly covariates?: readonly Covariate[] | undefined;
  /** With covariates: `minimum-variance` unless said. */
  readonly theta?: Theta | undefined;
  /** With covariates: what the lift is about; `fixed` unless said. */
  readonly covariateMean?: CovariateMeanChoice | undefined;
}

/** What every always-valid method needs of two arms. */
export interface ObservedArms {
  /** Null where an arm has no ratio. */
  readonly levels: Levels | null;
  readonly isRate: boolean;
  readonly control: SequentialValue;
  readonly treatment: SequentialValue;
  /** The fewest units of an arm; of a rate, the fewest that converted, or did not. */
  readonly fewest: number;
}

/** An arm in short. */
export interface SequentialValue {
  readonly n: number;
  /** Rate, mean, ratio or adjusted mean; null for a ratio without denominators. */
  readonly value: number | null;
}

const COVARIATE_OPTIONS = ["metric", "covariates", "theta", "covariateMean"] as const;

/** Checks both arms, and finds what their difference and its error are. */
export function observedArms(options: SequentialArms): ObservedArms {
  const { control, treatment } = options;
  checkObject("control", control);
  checkObject("treatment", treatment);
  if ("metrics" in control) return withCovariates(options, control);
  for (const name of COVARIATE_OPTIONS) {
    if (options[name] !== undefined) {
      throw new DomainError(name, options[name], "must be left out: the arms have no covariates");
    }
  }
  if ("conversions" in control) return rates(control, treatment as Proportion);
  return "numerator" in control ? ratios(control, treatment as Ratio) : means(control, treatment as Mean);
}

function rates(control: Proportion, treatment: Proportion): ObservedArms {
  checkProportion("control", control);
  checkProportion("treatment", treatment);
  const rate = control.conversions / control.n;
  const treatmentRate = treatment.conversions / treatment.n;
  const controlError = Math.sqrt(rateVariance(control));
  const treatmentError = Math.sqrt(rateVariance(treatment));
  return {
    levels: {
      control: rate,
      treatment: treatmentRate,
      difference: rateDifference(control, treatment),
      controlError,
      treatmentError,
      correlation: 0,
      standardError: hypot(controlError, treatmentError),
      degreesOfFreedom: Infinity,
    },
    isRate: true,
    control: { n: control.n, value: rate },
    treatment: { n: treatment.n, value: treatmentRate },
    fewest: Math.min(
      control.conversions,
      control.n - control.conversions,
      treatment.conversions,
      treatment.n - treatment.conversions,
    ),
  };
}

function means(control: Mean, treatment: Mean): ObservedArms {
  checkMean("control", control);
  checkMean("treatment", treatment);
  checkSameCaps("control.winsorized", control.winsorized, "treatment.winsorized", treatment.winsorized);
  checkTwoUnits(control, treatment);
  return observed(welchLevels(control, treatment), control, treatment);
}

function ratios(control: Ratio, treatment: Ratio): ObservedArms {
  checkRatio("control", control);
  checkRatio("treatment", treatment);
  checkTwoUnits(control, treatment);
  const first = ratioArm("control", control);
  const second = ratioArm("treatment", treatment);
  const levels = ratioLevels(first, second);
  if (levels !== null) return observed(levels, control, treatment);
  return {
    levels,
    isRate: false,
    control: { n: control.n, value: first.ratio },
    treatment: { n: treatment.n, value: second.ratio },
    fewest: Math.min(control.n, treatment.n),
  };
}

function withCovariates(options: SequentialArms, control: Moments): ObservedArms {
  const { covariateMean = "fixed" } = options;
  const treatment = options.treatment as Moments;
  const view = covariateView({ ...options, control, treatment });
  checkTwoUnits(control, treatment);
  checkOneOf("covariateMean", covariateMean, COVARIATE_MEANS);
  const arms = adjustedArms(view, options.theta);
  const fixed = adjustedLevels(arms, false);
  const levels = covariateMean === "fixed" ? fixed : withRandomCovariates(fixed, view, arms.theta);
  checkAdjustedErrors(levels, arms.theta);
  return observed(levels, control, treatment);
}

function checkTwoUnits(control: { readonly n: number }, treatment: { readonly n: number }): void {
  checkCount("control.n", control.n, 2);
  checkCount("treatment.n", treatment.n, 2);
}

function observed(
  levels: Levels,
  control: { readonly n: number },
  treatment: { readonly n: number },
): ObservedArms {
  return {
    levels,
    isRate: false,
    control: { n: control.n, value: levels.control },
    treatment: { n: treatment.n, value: levels.treatment },
    fewest: Math.min(control.n, treatment.n),
  };
}
