import { rateVariance } from "../models/effect-standard-errors.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import { euclideanNorm } from "../numerics/euclidean-norm.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { type Levels, meanError } from "../models/levels.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** The levels of one stratum, and the degrees of freedom of their standard errors. */
export interface StratumLevels {
  readonly control: number;
  readonly treatment: number;
  readonly difference: number;
  readonly controlError: number;
  readonly treatmentError: number;
  readonly controlDf: number;
  readonly treatmentDf: number;
}

export function rateLevels({ control, treatment }: TwoArms<Proportion>): StratumLevels {
  return {
    control: control.conversions / control.n,
    treatment: treatment.conversions / treatment.n,
    difference: rateDifference(control, treatment),
    controlError: Math.sqrt(rateVariance(control)),
    treatmentError: Math.sqrt(rateVariance(treatment)),
    controlDf: Infinity,
    treatmentDf: Infinity,
  };
}

/** Each arm of at least 2 units. */
export function meanLevels({ control, treatment }: TwoArms<Mean>): StratumLevels {
  return {
    control: control.mean,
    treatment: treatment.mean,
    difference: treatment.mean - control.mean,
    controlError: meanError(control),
    treatmentError: meanError(treatment),
    controlDf: control.n - 1,
    treatmentDf: treatment.n - 1,
  };
}

/** Standard error of one stratum's difference. */
export function stratumError({ controlError, treatmentError }: StratumLevels): number {
  return hypot(controlError, treatmentError);
}

/**
 * The levels of both arms in one mix of the strata; degrees of freedom by Satterthwaite (1946).
 *
 * @param weights - of each stratum, at or above 0; they sum to 1
 */
export function stratifiedLevels(strata: readonly StratumLevels[], weights: readonly number[]): Levels {
  const total = (part: (stratum: StratumLevels) => number): number =>
    strata.reduce((sum, stratum, i) => sum + weights[i]! * part(stratum), 0);
  const controlErrors = strata.map(({ controlError }, i) => weights[i]! * controlError);
  const treatmentErrors = strata.map(({ treatmentError }, i) => weights[i]! * treatmentError);
  const standardError = euclideanNorm([...controlErrors, ...treatmentErrors]);
  const looseness = strata.reduce(
    (sum, { controlDf, treatmentDf }, i) =>
      sum +
      pow(controlErrors[i]! / standardError, 4) / controlDf +
      pow(treatmentErrors[i]! / standardError, 4) / treatmentDf,
    0,
  );
  return {
    control: total(({ control }) => control),
    treatment: total(({ treatment }) => treatment),
    difference: total(({ difference }) => difference),
    controlError: euclideanNorm(controlErrors),
    treatmentError: euclideanNorm(treatmentErrors),
    correlation: 0,
    standardError,
    degreesOfFreedom: standardError > 0 ? 1 / looseness : Infinity,
  };
}
