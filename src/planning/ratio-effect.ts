import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { ratioArm } from "../models/ratio-levels.ts";
import { checkRatio, type Ratio } from "../summaries/ratio.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";
import { checkLevel, meanEffect, type MeanEffectOptions, type RelativeMeanEffect } from "./mean-effect.ts";
import {
  type ArmDeviations,
  checkedDeviations,
  isDeviation,
  type MeanSpread,
  type StandardDeviations,
} from "./mean-test.ts";
import { POWER_ASSUMPTIONS } from "./planning-cautions.ts";

/** What is known of a ratio metric before the experiment: exactly one of `past` and `standardDeviation`. */
export interface RatioMetricOptions {
  /** Ratio of the control arm, beside `standardDeviation`; above 0, or there is no lift but only a difference. */
  readonly baseline?: number | undefined;
  /** Numerator and denominator of past units like those to come, which say the baseline and the deviation. */
  readonly past?: Ratio | undefined;
  /**
   * √n times the standard error of an arm's ratio, above 0: the deviation between units of numerator − ratio ·
   * denominator over the mean denominator. One number, or `{ control, treatment }`.
   */
  readonly standardDeviation?: StandardDeviations | undefined;
}

/** The planned effect on a ratio: exactly one of `lift` and `difference`. */
export interface RatioEffectOptions
  extends RatioMetricOptions, Pick<MeanEffectOptions, "lift" | "difference"> {}

export interface RatioMetric {
  readonly baseline: number | undefined;
  readonly spread: MeanSpread;
}

/** Names of the effect that need the ratio of the control. */
export interface RelativeRatioEffect extends Omit<RelativeMeanEffect, "treatmentMean"> {
  /** Null where no baseline was given. */
  readonly treatmentRatio: number | null;
}

/** The planned effect, and the spread that it is planned for. */
export interface RatioEffect extends RelativeRatioEffect {
  readonly difference: number;
  /** √n times the standard error of each arm's ratio. */
  readonly standardDeviation: ArmDeviations;
}

/** What a power calculation on ratios rests on. */
export const RATIO_ASSUMPTIONS: readonly string[] = [
  ...POWER_ASSUMPTIONS,
  "The ratios are close to normal with a known standard deviation (delta method), which the change leaves as it is unless both were given.",
];

/** Baseline and deviations of a ratio metric, checked. */
export function checkedRatioMetric({ baseline, past, standardDeviation }: RatioMetricOptions): RatioMetric {
  checkExactlyOne("past", past, "standardDeviation", standardDeviation);
  if (past === undefined) {
    if (baseline !== undefined) checkLevel("baseline", baseline);
    return { baseline, spread: { test: "z", deviations: checkedDeviations(standardDeviation!) } };
  }
  if (baseline !== undefined) {
    throw new DomainError("baseline", baseline, "must be left out where past is given");
  }
  checkRatio("past", past);
  checkCount("past.n", past.n, 2);
  const { ratio, standardError } = ratioArm("past", past);
  if (ratio === null) {
    throw new DomainError("past.denominator.mean", 0, "must not be 0: there is no ratio to plan with");
  }
  const deviation = standardError! * Math.sqrt(past.n);
  if (!isDeviation(deviation)) {
    throw new DomainError(
      "past.numerator.variance",
      past.numerator.variance,
      "must leave the ratio a variance above 0, and of a size with a meaning",
    );
  }
  return { baseline: ratio, spread: { test: "z", deviations: { control: deviation, treatment: deviation } } };
}

/** The planned effect on a ratio, checked. */
export function ratioEffect(
  { lift, difference }: RatioEffectOptions,
  { baseline, spread }: RatioMetric,
): RatioEffect {
  const { treatmentMean, ...effect } = meanEffect({ baseline, lift, difference });
  return { ...effect, treatmentRatio: treatmentMean, standardDeviation: { ...spread.deviations } };
}
