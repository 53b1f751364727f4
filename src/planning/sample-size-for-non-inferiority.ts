import { checkObject } from "../core/checks.ts";
import { type MarginSampleSize, marginSampleSize, type MarginSampleSizeOptions } from "./margin-plan.ts";

/** How many units each arm needs so that a test shows that the treatment is not worse than the control by a margin. */
export type NonInferioritySampleSize = MarginSampleSize<"non-inferiority-sample-size">;

/**
 * How many units each arm needs so that a test shows that the treatment is not worse than the control by a margin: a
 * guardrail.
 *
 * H0: the treatment is worse by the margin or more. H1: it is less worse than that, or better. The test is that of
 * `testNonInferiority`: the score test with restricted rates for proportions and counts, t-tests for
 * means, the delta method for ratios.
 *
 * @param options.metric - `ratio` where `past` is given, `count` where `dispersion` is, `mean` where `standardDeviation` is,
 *   and else `proportion`, unless said
 * @param options.baseline - of the control arm: rate in (0, 1), events per unit, mean or ratio; the latter two above 0
 *   where a lift is spoken of, else optional
 * @param options.standardDeviation - of a mean's metric between units, or √n times the standard error of an arm's ratio,
 *   above 0; one number, or `{ control, treatment }`
 * @param options.past - for ratios, instead: `{ n, numerator, denominator, covariance }` of past units
 * @param options.dispersion - for counts: variance of a unit's events over their mean, above 0; 1 (Poisson) unless said
 * @param options.lift - the true effect as treatment / control − 1; or `difference`; no effect unless said
 * @param options.difference - the true effect as treatment − control
 * @param options.margin - tolerated worsening on the scale of the effect, above 0; below 1 for a
 *   difference of rates, and for a ratio that may fall
 * @param options.scale - `difference` unless said; `lift`; `odds-ratio` for proportions
 * @param options.improvesWhen - `increase` unless said; `decrease` where less is better, such as refunds or load time
 * @param options.alpha - one-sided type I error, below 0.5; 0.05 unless said
 * @param options.power - in (0, 1) and above alpha; 0.8 unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` for the one with the fewest units in
 *   all; 1 unless said
 * @param options.test - for means `t` unless said, `welch` with a deviation for each arm, `z`; ratios have `delta`,
 *   proportions and counts `score`
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns whole units per arm with the unrounded numbers beside them; Infinity with a warning where the true effect
 *   lies at the margin or beyond it
 * @throws {DomainError} for rates outside (0, 1), a margin on the wrong side of 0 or out of range, or a bad option
 * @example
 * ```ts
 * import { sampleSizeForNonInferiority } from "microlift";
 * sampleSizeForNonInferiority({ baseline: 0.6, margin: 0.02, scale: "lift", power: 0.9 }).control; // 27982
 * ```
 * Source: Farrington and Manning (1990) for proportions; Chow, Shao, Wang and Lokhnygina (2017) for means.
 */
export function sampleSizeForNonInferiority(options: MarginSampleSizeOptions): NonInferioritySampleSize {
  checkObject("options", options);
  return marginSampleSize("non-inferiority-sample-size", options, "worse");
}
