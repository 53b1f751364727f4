import type { Estimate } from "../core/estimate.ts";
import { productDifference } from "../models/product-difference.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import { contrastQuantile } from "./contrast-quantile.ts";
import { betaCumulants, differenceCumulants } from "./cumulants.ts";
import { equalTailed } from "./equal-tailed.ts";
import { differenceLine } from "../numerics/line.ts";
import { logRatioQuantile } from "./log-ratio-quantile.ts";

/** The posterior of the lift. */
export interface LiftPosterior extends Estimate {
  /** The posterior median: the mean depends on the far tail, and may be infinite. */
  readonly estimate: number;
  /** The posterior mean; infinite where the control's posterior alpha is 1 or less. */
  readonly mean: number;
}

/** E pB − E pA, exact where the two are nearly equal. */
export function meanDifference(control: BetaDensity, treatment: BetaDensity): number {
  return productDifference(treatment.a, control.b, control.a, treatment.b) / control.total / treatment.total;
}

/** The posterior of treatment rate − control rate; the estimate is its mean. */
export function differencePosterior(
  control: BetaDensity,
  treatment: BetaDensity,
  confidenceLevel: number,
): Estimate {
  const contrast = {
    line: differenceLine,
    lowest: -1,
    highest: 1,
    cumulants: differenceCumulants(
      betaCumulants(treatment.a, treatment.b),
      betaCumulants(control.a, control.b),
    ),
  };
  return {
    estimate: meanDifference(control, treatment),
    standardError: Math.hypot(control.deviation, treatment.deviation),
    interval: equalTailed(confidenceLevel, (side, tail) =>
      contrastQuantile(control, treatment, contrast, side, tail),
    ),
    status: "ok",
  };
}

/** The posterior of treatment rate / control rate − 1; the estimate is its median. */
export function liftPosterior(
  control: BetaDensity,
  treatment: BetaDensity,
  confidenceLevel: number,
): LiftPosterior {
  const estimate = Math.expm1(logRatioQuantile(control, treatment, "lower", 0.5));
  const interval = equalTailed(confidenceLevel, (side, tail) =>
    Math.expm1(logRatioQuantile(control, treatment, side, tail)),
  );
  return {
    estimate,
    standardError: liftDeviation(control, treatment),
    interval,
    status: interval.upper === Infinity ? "unbounded" : "ok",
    mean: liftMean(control, treatment),
  };
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
