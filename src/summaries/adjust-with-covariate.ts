import { checkFinite, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { compensatedDot } from "../numerics/compensated-dot.ts";
import { combinedVariance } from "./combined-variance.ts";
import { covariateCoefficients, THETA_CHOICES, type ThetaChoice } from "./covariate-coefficients.ts";
import { type CovariateOptions, covariateView, type CovariateView } from "./covariate-view.ts";
import { checkMean, type Mean } from "./mean.ts";
import type { Moments } from "./moments.ts";

/** θ: a way to estimate it, or the coefficient (one for each covariate) as it was fixed beforehand. */
export type Theta = ThetaChoice | number | readonly number[];

export interface AdjustWithCovariateOptions extends CovariateOptions {
  /** `minimum-variance` unless said. */
  readonly theta?: Theta | undefined;
}

/** Both arms after the adjustment. */
export interface AdjustedArms {
  readonly control: Mean;
  readonly treatment: Mean;
  /** Treatment − control to its last digit. */
  readonly difference: number;
  readonly covariates: readonly string[];
  /** Coefficient of each covariate, the same in both arms. */
  readonly theta: readonly number[];
  /**
   * Share of the variance of the difference that is gone: 0.3 saves 30 % of the units. Negative where a fixed θ adds
   * variance; null where the metric has none.
   */
  readonly varianceReduction: number | null;
}

/**
 * Adjusts a metric of both arms by covariates measured before the treatment (CUPED): ȳ − θ (x̄ − pooled x̄), with one θ
 * and one pooled covariate mean for both arms.
 *
 * The adjusted means estimate the same difference with less variance, and go into `compareMeans`; `compareWithCovariates`
 * does both steps. Covariates that determine each other are no hindrance: the adjusted metric is the same whichever of
 * them carries the coefficient.
 *
 * @param options.control - means and covariances of metric and covariates over the control's units
 * @param options.treatment - the same metrics of the treatment arm
 * @param options.metric - the metric to adjust, or `{ numerator, denominator }`; the first one unless said
 * @param options.covariates - names, each with when it was measured; all other metrics unless said
 * @param options.theta - `minimum-variance` unless said (θ = Σ(s_xy/n) / Σ(s_xx/n)); `within` or `total` least squares;
 * or the coefficients themselves
 * @returns both arms as means (of a ratio: the ratio, and the variance of its linearisation), θ and the variance saved
 * @throws {DomainError} for broken moments, unknown metrics, a covariate measured after the treatment began, or a
 * denominator of mean 0
 * @example
 * ```ts
 * import { adjustWithCovariate } from "microlift";
 * const adjusted = adjustWithCovariate({
 *   control: { n: 1000, metrics: ["orders", "before"], mean: [10.2, 9.8], covariance: [[16.8, 11], [11, 15.9]] },
 *   treatment: { n: 1020, metrics: ["orders", "before"], mean: [10.6, 9.9], covariance: [[17.5, 11.5], [11.5, 16.2]] },
 *   covariates: [{ name: "before", measured: "before" }],
 * });
 * adjusted.control.mean; // 10.2354
 * adjusted.varianceReduction; // 0.4597
 * ```
 * Deng, Xu, Kohavi and Walker (2013), eq. 3.
 */
export function adjustWithCovariate(options: AdjustWithCovariateOptions): AdjustedArms {
  checkObject("options", options);
  return adjustedArms(covariateView(options), options.theta);
}

/** The same for a metric and covariates already picked out. */
export function adjustedArms(
  { control, treatment, covariates }: CovariateView,
  choice: Theta = "minimum-variance",
): AdjustedArms {
  const theta = checkedTheta(control, treatment, choice);
  const weights = [1, ...theta.map((coefficient) => -coefficient)];
  const total = control.n + treatment.n;
  const steps = control.mean.map((mean, i) => treatment.mean[i]! - mean);
  // How far a covariate's mean lies from the pooled one is a share of the step between the arms.
  const arm = ({ n, mean, covariance }: Moments, share: number): Mean => ({
    n,
    mean: compensatedDot([mean[0]!, ...theta], [1, ...steps.slice(1).map((step) => share * step)]),
    variance: combinedVariance(covariance, weights),
  });
  const adjusted = {
    control: arm(control, treatment.n / total),
    treatment: arm(treatment, -control.n / total),
  };
  checkMean("control", adjusted.control);
  checkMean("treatment", adjusted.treatment);
  const before = control.covariance[0]![0]! / control.n + treatment.covariance[0]![0]! / treatment.n;
  const after = adjusted.control.variance / control.n + adjusted.treatment.variance / treatment.n;
  return {
    ...adjusted,
    difference: compensatedDot(steps, weights),
    covariates,
    theta,
    varianceReduction: before > 0 ? 1 - after / before : null,
  };
}

function checkedTheta(control: Moments, treatment: Moments, choice: Theta): readonly number[] {
  if (typeof choice === "string") {
    checkOneOf("theta", choice, THETA_CHOICES);
    return covariateCoefficients(control, treatment, choice);
  }
  const theta = typeof choice === "number" ? [choice] : choice;
  const size = control.metrics.length - 1;
  if (!Array.isArray(theta) || theta.length !== size) {
    throw new DomainError("theta", choice, `must have one entry for each of the ${size} covariates`);
  }
  theta.forEach((value: number, i) => checkFinite(`theta[${i}]`, value));
  return theta;
}
