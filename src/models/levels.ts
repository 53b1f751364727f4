import { euclideanNorm } from "../numerics/euclidean-norm.ts";
import type { Mean } from "../summaries/mean.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/**
 * What a comparison of two estimated levels (means, ratios, adjusted means) rests on: both estimates, how they vary
 * together, and Student's t or the normal distribution to judge them by.
 */
export interface Levels {
  readonly control: number;
  readonly treatment: number;
  /** Treatment − control to its last digit. */
  readonly difference: number;
  readonly controlError: number;
  readonly treatmentError: number;
  /** Sampling correlation of both estimates; 0 for independent arms. */
  readonly correlation: number;
  /** Standard error of the difference. */
  readonly standardError: number;
  /** Infinity for the normal distribution. */
  readonly degreesOfFreedom: number;
}

/** Levels of two independent arms, each with its own standard error. */
export function independentLevels(
  control: number,
  treatment: number,
  controlError: number,
  treatmentError: number,
  degreesOfFreedom: number,
): Levels {
  return {
    control,
    treatment,
    difference: treatment - control,
    controlError,
    treatmentError,
    correlation: 0,
    standardError: hypot(controlError, treatmentError),
    degreesOfFreedom,
  };
}

/** Treatment/control − 1, the control above 0; by the ratio where the difference is beyond the range of doubles. */
export function liftOfLevels({ control, treatment, difference }: Levels): number {
  return Number.isFinite(difference) ? difference / control : treatment / control - 1;
}

/** Half the width of an interval: none without an error, even where the level leaves the critical value infinite. */
export function reachOf(critical: number, error: number): number {
  return error === 0 ? 0 : critical * error;
}

/** Standard error of a mean. Roots are taken before dividing, so that no variance a double holds underflows. */
export function meanError({ variance, n }: Pick<Mean, "variance" | "n">): number {
  return Math.sqrt(variance) / Math.sqrt(n);
}

/** Two means, each with the variance of its own arm, n of at least 2 each (Welch 1947). */
export function welchLevels(control: Mean, treatment: Mean): Levels {
  const controlError = meanError(control);
  const treatmentError = meanError(treatment);
  return independentLevels(
    control.mean,
    treatment.mean,
    controlError,
    treatmentError,
    satterthwaite(controlError, control.n, treatmentError, treatment.n),
  );
}

/** Two means with one variance between units in both arms, of at least 3 units together (Student 1908). */
export function pooledLevels(control: Mean, treatment: Mean): Levels {
  return commonDeviationLevels(control, treatment, commonDeviation([control, treatment]));
}

/** A standard deviation between units that several arms share, and its degrees of freedom. */
export interface CommonDeviation {
  readonly deviation: number;
  readonly degreesOfFreedom: number;
}

/** The standard deviation within arms, of more units than arms. Shares are taken first, so that nothing overflows. */
export function commonDeviation(arms: readonly Mean[]): CommonDeviation {
  const degreesOfFreedom = arms.reduce((total, { n }) => total + (n - 1), 0);
  const parts = arms.map(({ n, variance }) => Math.sqrt(variance) * Math.sqrt((n - 1) / degreesOfFreedom));
  return { deviation: euclideanNorm(parts), degreesOfFreedom };
}

/** Two means with a standard deviation between units that is theirs, or that of more arms. */
export function commonDeviationLevels(
  control: Mean,
  treatment: Mean,
  { deviation, degreesOfFreedom }: CommonDeviation,
): Levels {
  return independentLevels(
    control.mean,
    treatment.mean,
    deviation / Math.sqrt(control.n),
    deviation / Math.sqrt(treatment.n),
    degreesOfFreedom,
  );
}

/**
 * Degrees of freedom of the difference of two estimates with unequal variances (Satterthwaite 1946), n of at least 2.
 *
 * Shares are taken before squaring, so that no error a double holds over- or underflows.
 */
export function satterthwaite(
  controlError: number,
  controlN: number,
  treatmentError: number,
  treatmentN: number,
): number {
  const standardError = hypot(controlError, treatmentError);
  // Two variances of 0 are taken for equal ones.
  const share =
    standardError > 0 ? (controlError / standardError) ** 2 : treatmentN / (controlN + treatmentN);
  const rest = standardError > 0 ? (treatmentError / standardError) ** 2 : controlN / (controlN + treatmentN);
  return 1 / ((share * share) / (controlN - 1) + (rest * rest) / (treatmentN - 1));
}
