import { checkObject } from "../core/checks.ts";
import { liftCautions } from "./mean-effect.ts";
import { plannedMeanTest } from "./mean-test.ts";
import { unreachable } from "./planning-cautions.ts";
import {
  checkedRatioMetric,
  RATIO_ASSUMPTIONS,
  type RatioEffect,
  ratioEffect,
  type RatioEffectOptions,
} from "./ratio-effect.ts";
import { type SampleSize, type SampleSizeOptions, solveSizes } from "./sample-size.ts";

export interface RatioSampleSizeOptions extends RatioEffectOptions, SampleSizeOptions {}

/** How many units each arm needs to detect an effect on a ratio metric. */
export interface RatioSampleSize extends SampleSize<"ratio-sample-size">, RatioEffect {
  readonly method: "delta";
}

/**
 * How many units each arm needs to detect an effect on a ratio metric, such as clicks per session, where users and not
 * sessions are randomised.
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
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` for the one with the fewest units in
 *   all; 1 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns whole units per arm with the unrounded numbers beside them; Infinity with a warning where the effect is 0
 *   or on the side that the alternative does not look at
 * @throws {DomainError} for a broken summary, one without denominators or variance, a lift without a baseline above 0,
 *   or a bad option
 * @example
 * ```ts
 * import { sampleSizeForRatios } from "microlift";
 * const past = {
 *   n: 10_000,
 *   numerator: { mean: 2.1, variance: 6.4 },
 *   denominator: { mean: 5.3, variance: 20.2 },
 *   covariance: 7.7,
 * };
 * sampleSizeForRatios({ past, lift: 0.05 }).control; // 4940
 * ```
 * Source: Deng, Knoblich and Lu (2018) for the variance; Guenther (1981) for the size.
 */
export function sampleSizeForRatios(options: RatioSampleSizeOptions): RatioSampleSize {
  checkObject("options", options);
  const metric = checkedRatioMetric(options);
  const effect = ratioEffect(options, metric);
  const { sizes, design } = solveSizes(
    (allocation) => plannedMeanTest(effect.difference, metric.spread, allocation),
    options,
  );
  return {
    kind: "ratio-sample-size",
    method: "delta",
    ...sizes,
    ...effect,
    warnings: [
      ...(sizes.status === "unbounded" ? [unreachable(effect.difference, design)] : []),
      ...liftCautions(effect),
    ],
    assumptions: [...RATIO_ASSUMPTIONS],
  };
}
