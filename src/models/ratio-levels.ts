import { DomainError } from "../core/domain-error.ts";
import { quotientError } from "../numerics/error-free.ts";
import { combinedVariance } from "../summaries/combined-variance.ts";
import { type Ratio, ratioCovariance } from "../summaries/ratio.ts";
import { independentLevels, type Levels } from "./levels.ts";

/** One arm of a comparison of ratios. */
export interface RatioArm extends Ratio {
  /** Numerator per denominator; null without denominators. */
  readonly ratio: number | null;
  /** By the delta method; null without denominators. */
  readonly standardError: number | null;
}

/** One arm with its ratio, null where its denominators are all 0. */
export function ratioArm(field: string, arm: Ratio): RatioArm {
  const { n, numerator, denominator } = arm;
  if (denominator.mean === 0) return armOf(arm, null, null);
  const ratio = numerator.mean / denominator.mean;
  const deviation = Math.sqrt(combinedVariance(ratioCovariance(arm), [1, -ratio]));
  const standardError = deviation / Math.abs(denominator.mean) / Math.sqrt(n);
  if (!(Number.isFinite(ratio) && Number.isFinite(standardError))) {
    const expected = "must not be so small beside the numerator that the ratio overflows";
    throw new DomainError(`${field}.denominator.mean`, denominator.mean, expected);
  }
  return armOf(arm, ratio, standardError);
}

/** Field by field, and without any others. */
function armOf(
  { n, numerator, denominator, covariance }: Ratio,
  ratio: number | null,
  standardError: number | null,
): RatioArm {
  return {
    n,
    numerator: { mean: numerator.mean, variance: numerator.variance },
    denominator: { mean: denominator.mean, variance: denominator.variance },
    covariance,
    ratio,
    standardError,
  };
}

/** Independent levels with the digits of their difference that two rounded quotients lose; null without both ratios. */
export function ratioLevels(control: RatioArm, treatment: RatioArm): Levels | null {
  if (control.ratio === null || treatment.ratio === null) return null;
  const levels = independentLevels(
    control.ratio,
    treatment.ratio,
    control.standardError!,
    treatment.standardError!,
    Infinity,
  );
  return { ...levels, difference: levels.difference + (lostDigits(treatment) - lostDigits(control)) };
}

function lostDigits({ numerator, denominator, ratio }: RatioArm): number {
  return quotientError(numerator.mean, denominator.mean, ratio!);
}
