import type { Mean } from "../summaries/mean.ts";

/** What Welch's test of two means rests on. */
export interface Welch {
  readonly difference: number;
  readonly controlError: number;
  readonly treatmentError: number;
  /** Standard error of the difference. */
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/**
 * Standard errors and degrees of freedom of two means (Welch 1947; Satterthwaite 1946), n of at least 2 each.
 *
 * Roots are taken before dividing and shares before squaring, so that no variance a double holds over- or underflows.
 */
export function welch(control: Mean, treatment: Mean): Welch {
  const controlError = Math.sqrt(control.variance) / Math.sqrt(control.n);
  const treatmentError = Math.sqrt(treatment.variance) / Math.sqrt(treatment.n);
  const standardError = Math.hypot(controlError, treatmentError);
  // Two variances of 0 are taken for equal ones.
  const share =
    standardError > 0 ? (controlError / standardError) ** 2 : treatment.n / (control.n + treatment.n);
  const rest =
    standardError > 0 ? (treatmentError / standardError) ** 2 : control.n / (control.n + treatment.n);
  return {
    difference: treatment.mean - control.mean,
    controlError,
    treatmentError,
    standardError,
    degreesOfFreedom: 1 / ((share * share) / (control.n - 1) + (rest * rest) / (treatment.n - 1)),
  };
}
