import { DomainError } from "../core/domain-error.ts";
import { compensatedDot } from "../numerics/compensated-dot.ts";
import { dot } from "../numerics/matrix.ts";
import type { AdjustedArms } from "../summaries/adjust-with-covariate.ts";
import { combinedVariance } from "../summaries/combined-variance.ts";
import type { CovariateView } from "../summaries/covariate-view.ts";
import type { Moments } from "../summaries/moments.ts";
import { independentLevels, type Levels, meanError, satterthwaite } from "./levels.ts";

/**
 * What the lift of an adjusted metric is about: the units of this test with the covariate means that they have
 * (`fixed`), or the population that they were drawn from (`random`).
 */
export type CovariateMeanChoice = "fixed" | "random";

export const COVARIATE_MEANS: readonly CovariateMeanChoice[] = ["fixed", "random"];

/** Adjusted means as independent levels, given the pooled covariate mean. */
export function adjustedLevels(
  { control, treatment, difference }: AdjustedArms,
  hasDegreesOfFreedom: boolean,
): Levels {
  const controlError = meanError(control);
  const treatmentError = meanError(treatment);
  const degreesOfFreedom = hasDegreesOfFreedom
    ? satterthwaite(controlError, control.n, treatmentError, treatment.n)
    : Infinity;
  return {
    ...independentLevels(control.mean, treatment.mean, controlError, treatmentError, degreesOfFreedom),
    difference,
  };
}

/**
 * The same with the pooled covariate mean x̄ drawn too. Both adjusted means then contain θx̄, which adds to either variance
 * and to their covariance, and drops out of the difference.
 */
export function withRandomCovariates(levels: Levels, view: CovariateView, theta: readonly number[]): Levels {
  const total = view.control.n + view.treatment.n;
  const weights = [1, ...theta.map((coefficient) => -coefficient)];
  // θx̄ varies by θᵀSθ/N, S the arms' covariances weighted by their shares of the units.
  const ofMean = (arm: Moments): number =>
    ((arm.n / total) * combinedVariance(arm.covariance, [0, ...theta])) / total;
  const shared = ofMean(view.control) + ofMean(view.treatment);
  // Covariance of an arm's adjusted mean at a given x̄ with θx̄; 0 for least squares within the arm.
  const withMean = (arm: Moments): number =>
    dot(
      theta,
      arm.covariance.slice(1).map((row) => compensatedDot(row, weights)),
    ) / total;
  const ofControl = withMean(view.control);
  const ofTreatment = withMean(view.treatment);
  const controlError = Math.sqrt(Math.max(0, levels.controlError ** 2 + 2 * ofControl + shared));
  const treatmentError = Math.sqrt(Math.max(0, levels.treatmentError ** 2 + 2 * ofTreatment + shared));
  const covariance = ofControl + ofTreatment + shared;
  const scale = controlError * treatmentError;
  const correlation = scale > 0 ? Math.max(-1, Math.min(1, covariance / scale)) : 0;
  return { ...levels, controlError, treatmentError, correlation };
}

/** Refuses coefficients that leave no error to judge by. */
export function checkAdjustedErrors(
  { controlError, treatmentError }: Levels,
  theta: readonly number[],
): void {
  if (Number.isFinite(controlError) && Number.isFinite(treatmentError)) return;
  throw new DomainError("theta", theta, "must not be so large that the variance of the adjustment overflows");
}
