import { checkObject } from "../core/checks.ts";
import { liftCautions } from "./mean-effect.ts";
import { plannedMeanTest } from "./mean-test.ts";
import { type Power, type PowerOptions, solvePower } from "./power.ts";
import {
  checkedRatioMetric,
  RATIO_ASSUMPTIONS,
  type RatioEffect,
  ratioEffect,
  type RatioEffectOptions,
} from "./ratio-effect.ts";

export interface RatioPowerOptions extends RatioEffectOptions, PowerOptions {}

/** How probably a test of two ratios detects an effect. */
export interface RatioPower extends Power<"ratio-power">, RatioEffect {
  readonly method: "delta";
}

/**
 * How probably a test of two ratio metrics, such as clicks per session, detects a planned effect at a given size.
 *
 * H0: the two ratios of means are equal. H1: they differ by the planned effect. The test is that of `compareRatios`.
 *
 * @param options.past - `{ n, numerator, denominator, covariance }` of past units, which says baseline and deviation; or
 *   `standardDeviation`, and exactly one of the two
 * @param options.standardDeviation - √n times the standard error of an arm's ratio, above 0; one number, or
 *   `{ control, treatment }`
 * @param options.baseline - ratio of the control arm, beside `standardDeviation`; above 0 where `lift` is given
 * @param options.lift - treatment ratio / control ratio − 1; or `difference`, and exactly one of the two
 * @param options.difference - treatment ratio − control ratio
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.alternative - two-sided unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the power in the near tail, and the probability of rejecting in the far one, which is no success
 * @throws {DomainError} for a broken summary, one without denominators or variance, a lift without a baseline above 0,
 *   or a bad size
 * @example
 * ```ts
 * import { powerForRatios } from "microlift";
 * powerForRatios({ baseline: 0.4, standardDeviation: 0.35, lift: 0.05, n: 5000 }).power; // 0.8152
 * ```
 * Source: Deng, Knoblich and Lu (2018) for the variance; Guenther (1981) for the power.
 */
export function powerForRatios(options: RatioPowerOptions): RatioPower {
  checkObject("options", options);
  const metric = checkedRatioMetric(options);
  const effect = ratioEffect(options, metric);
  return {
    kind: "ratio-power",
    method: "delta",
    ...solvePower((allocation) => plannedMeanTest(effect.difference, metric.spread, allocation), options),
    ...effect,
    warnings: [...liftCautions(effect)],
    assumptions: [...RATIO_ASSUMPTIONS],
  };
}
