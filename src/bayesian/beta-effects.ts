import { productDifference } from "../models/product-difference.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import { differenceContrast, logOddsRatioContrast, logRatioContrast } from "./beta-contrasts.ts";
import { effectPosterior, type KnownEffectPosterior } from "./effect-posterior.ts";
import { DIFFERENCE_SCALE, LIFT_SCALE, ODDS_RATIO_SCALE } from "./effect-scale.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** E pB − E pA, exact where the two are nearly equal. */
export function meanDifference(control: BetaDensity, treatment: BetaDensity): number {
  return productDifference(treatment.a, control.b, control.a, treatment.b) / control.total / treatment.total;
}

/** The posterior of treatment rate − control rate; the estimate is its mean. */
export function differencePosterior(
  control: BetaDensity,
  treatment: BetaDensity,
  confidenceLevel: number,
  quantileLevels: readonly number[] = [],
): KnownEffectPosterior {
  const moments = {
    mean: meanDifference(control, treatment),
    standardDeviation: hypot(control.deviation, treatment.deviation),
  };
  const contrast = differenceContrast(control, treatment);
  return effectPosterior(contrast, DIFFERENCE_SCALE, moments, "mean", confidenceLevel, quantileLevels);
}

/** The posterior of treatment rate / control rate − 1; the estimate is its median. */
export function liftPosterior(
  control: BetaDensity,
  treatment: BetaDensity,
  confidenceLevel: number,
  quantileLevels: readonly number[] = [],
): KnownEffectPosterior {
  const moments = {
    mean: liftMean(control, treatment),
    standardDeviation: liftDeviation(control, treatment),
  };
  const contrast = logRatioContrast(control, treatment);
  return effectPosterior(contrast, LIFT_SCALE, moments, "median", confidenceLevel, quantileLevels);
}

/** The posterior of treatment odds / control odds; the estimate is its median. */
export function oddsRatioPosterior(
  control: BetaDensity,
  treatment: BetaDensity,
  confidenceLevel: number,
  quantileLevels: readonly number[] = [],
): KnownEffectPosterior {
  const odds = oddsMoments(treatment.a, treatment.b);
  const inverse = oddsMoments(control.b, control.a);
  const moments = {
    mean: odds.mean * inverse.mean,
    // Var(XY) = Var(X) E[Y²] + E[X]² Var(Y).
    standardDeviation: hypot(
      odds.deviation * hypot(inverse.mean, inverse.deviation),
      odds.mean * inverse.deviation,
    ),
  };
  const contrast = logOddsRatioContrast(control, treatment);
  return effectPosterior(contrast, ODDS_RATIO_SCALE, moments, "median", confidenceLevel, quantileLevels);
}

/** Mean and standard deviation of X / (1 − X) for X ~ Beta(a, b): a beta prime variable. */
function oddsMoments(a: number, b: number): { readonly mean: number; readonly deviation: number } {
  const mean = b > 1 ? a / (b - 1) : Infinity;
  const deviation = b > 2 ? Math.sqrt(((a / (b - 1)) * ((a + b - 1) / (b - 1))) / (b - 2)) : Infinity;
  return { mean, deviation };
}

/** E[B] E[1/A] − 1, where E[1/A] = (n − 1)/(a − 1). */
function liftMean(control: BetaDensity, treatment: BetaDensity): number {
  if (control.a <= 1) return Infinity;
  const excess = productDifference(treatment.a, control.total - 1, treatment.total, control.a - 1);
  return excess / treatment.total / (control.a - 1);
}

/** Standard deviation of B/A: Var(B) E[1/A²] + E[B]² Var(1/A), with the moments of the inverse of a Beta variable. */
function liftDeviation(control: BetaDensity, treatment: BetaDensity): number {
  const { a, b, total } = control;
  if (a <= 2) return Infinity;
  const inverseSquare = ((total - 1) / (a - 1)) * ((total - 2) / (a - 2));
  const inverseVariance = (((total - 1) / (a - 1)) * b) / (a - 1) / (a - 2);
  const mean = treatment.a / treatment.total;
  return Math.sqrt(treatment.deviation ** 2 * inverseSquare + mean ** 2 * inverseVariance);
}
