import { checkObject } from "../core/checks.ts";
import { type DetectableEffect, type DetectableEffectOptions, solveEffect } from "./detectable-effect.ts";
import { liftCautions, relativeMeanEffect } from "./mean-effect.ts";
import { type ArmDeviations, smallestDifference } from "./mean-test.ts";
import {
  checkedRatioMetric,
  RATIO_ASSUMPTIONS,
  type RatioMetricOptions,
  type RelativeRatioEffect,
} from "./ratio-effect.ts";

export interface DetectableRatioLiftOptions extends DetectableEffectOptions, RatioMetricOptions {}

/** The smallest effect on a ratio metric that a test detects with the power asked for. */
export interface DetectableRatioLift
  extends DetectableEffect<"ratio-minimum-detectable-effect">, RelativeRatioEffect {
  readonly method: "delta";
  readonly lift: number | null;
  /** √n times the standard error of each arm's ratio. */
  readonly standardDeviation: ArmDeviations;
}

/**
 * The smallest lift of a ratio metric, such as clicks per session, that a test detects with the power asked for at a
 * given size.
 *
 * H0: the two ratios of means are equal. H1: they differ by the lift returned. The test is that of `compareRatios`.
 *
 * @param options.past - `{ n, numerator, denominator, covariance }` of past units, which says baseline and deviation; or
 *   `standardDeviation`, and exactly one of the two
 * @param options.standardDeviation - √n times the standard error of an arm's ratio, above 0; one number, or
 *   `{ control, treatment }`
 * @param options.baseline - ratio of the control arm, beside `standardDeviation`; where it is left out or not above 0,
 *   only the difference is known
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.direction - `up` for an increase, `down` for a decrease; unless said, the side of the alternative, and
 *   `up` where it has none
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns lift, difference and treatment ratio; null with the status `undetermined` where the alternative looks the
 *   other way
 * @throws {DomainError} for a broken summary, one without denominators or variance, or a bad size or option
 * @example
 * ```ts
 * import { minimumDetectableLiftForRatios } from "microlift";
 * minimumDetectableLiftForRatios({ baseline: 0.4, standardDeviation: 0.35, n: 5000 }).lift; // 0.0490
 * ```
 * Source: Deng, Knoblich and Lu (2018) for the variance; Guenther (1981) for the effect.
 */
export function minimumDetectableLiftForRatios(options: DetectableRatioLiftOptions): DetectableRatioLift {
  checkObject("options", options);
  const { baseline, spread } = checkedRatioMetric(options);
  const { difference, echo, warnings } = solveEffect((search) => smallestDifference(spread, search), options);
  const effect = difference === null ? null : relativeMeanEffect(baseline, difference);
  return {
    kind: "ratio-minimum-detectable-effect",
    method: "delta",
    ...echo,
    baseline: baseline ?? null,
    difference,
    treatmentRatio: effect?.treatmentMean ?? null,
    lift: effect?.lift ?? null,
    liftStatus: effect?.liftStatus ?? "undetermined",
    standardDeviation: { ...spread.deviations },
    warnings: [...warnings, ...(effect === null ? [] : liftCautions(effect))],
    assumptions: [...RATIO_ASSUMPTIONS],
  };
}
