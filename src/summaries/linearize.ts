import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { compensatedDot } from "../numerics/compensated-dot.ts";
import { combinedVariance } from "./combined-variance.ts";
import { checkMean, type Mean } from "./mean.ts";
import { checkRatio, type Ratio, ratioCovariance } from "./ratio.ts";
import type { TwoArms } from "./two-arms.ts";

/** Both arms of a ratio metric. */
export type LinearizeOptions = TwoArms<Ratio>;

/** Both arms as means of the linearised metric. */
export interface LinearizedArms {
  /** The control's ratio R, at which both arms were linearised. */
  readonly ratio: number;
  readonly control: Mean;
  readonly treatment: Mean;
}

/**
 * Turns a ratio metric into a metric per unit, numerator − R · denominator with R of the control.
 *
 * Its mean is 0 in the control, and above 0 in the treatment exactly when the treatment's ratio is above the
 * control's, so that whatever takes means takes ratios too. Both arms then share R, which keeps the sign and
 * direction of effects but makes the difference one of numerators per unit; a lift over the control's 0 means nothing.
 *
 * @param options.control - numerator and denominator of the control arm
 * @param options.treatment - the same of the treatment arm
 * @returns R and the mean and variance of the linearised metric in both arms
 * @throws {DomainError} for a broken arm, or a control without denominators
 * @example
 * ```ts
 * import { linearize } from "microlift";
 * const arms = linearize({
 *   control: { n: 1000, numerator: { mean: 2, variance: 6 }, denominator: { mean: 5, variance: 20 }, covariance: 7 },
 *   treatment: { n: 1000, numerator: { mean: 2.2, variance: 7 }, denominator: { mean: 5, variance: 20 }, covariance: 8 },
 * });
 * arms.treatment.mean; // 0.2
 * ```
 * Budylin, Drutsa, Katsev and Tsoy (2018), Consistent transformation of ratio metrics.
 */
export function linearize(options: LinearizeOptions): LinearizedArms {
  checkObject("options", options);
  const { control, treatment } = options;
  checkRatio("control", control);
  checkRatio("treatment", treatment);
  if (control.denominator.mean === 0) {
    throw new DomainError("control.denominator.mean", 0, "must not be 0: there is no ratio to linearise at");
  }
  const ratio = control.numerator.mean / control.denominator.mean;
  const atRatio = (arm: Ratio, mean: number): Mean => ({
    n: arm.n,
    mean,
    variance: combinedVariance(ratioCovariance(arm), [1, -ratio]),
  });
  const rise = compensatedDot(
    [treatment.numerator.mean, -treatment.denominator.mean],
    [control.denominator.mean, control.numerator.mean],
  );
  const arms = {
    ratio,
    control: atRatio(control, 0),
    treatment: atRatio(treatment, rise / control.denominator.mean),
  };
  checkMean("control (linearised)", arms.control);
  checkMean("treatment (linearised)", arms.treatment);
  return arms;
}
