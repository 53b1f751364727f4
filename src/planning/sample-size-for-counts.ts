import { checkObject } from "../core/checks.ts";
import { type CountEffect, countEffect, type CountEffectOptions } from "./count-effect.ts";
import {
  checkedCountTest,
  COUNT_ASSUMPTIONS,
  type CountTest,
  fewEvents,
  normalCountTest,
} from "./count-test.ts";
import { plannedNormalTest } from "./normal-test.ts";
import { unreachable } from "./planning-cautions.ts";
import { type SampleSize, type SampleSizeOptions, solveSizes } from "./sample-size.ts";

export interface CountSampleSizeOptions extends CountEffectOptions, SampleSizeOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: CountTest | undefined;
}

/** How many units each arm needs to detect an effect on a rate of events. */
export interface CountSampleSize extends SampleSize<"count-sample-size">, CountEffect {
  readonly method: CountTest;
}

/**
 * How many units each arm needs to detect an effect on events per unit, such as orders per user.
 *
 * H0: the two rates of events are equal. H1: they differ by the planned effect. The test is that of `compareCounts`, for
 * Poisson counts or with their dispersion.
 *
 * @param options.baseline - events per unit (and unit of exposure) in the control arm, above 0
 * @param options.exposure - of each unit, such as weeks, above 0; 1 unless said
 * @param options.dispersion - variance of a unit's events over their mean, above 0; 1 (Poisson) unless said
 * @param options.lift - treatment rate / control rate − 1, above −1; or `difference`, and exactly one of the two
 * @param options.difference - treatment rate − control rate
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` for the one with the fewest units in
 *   all; 1 unless said
 * @param options.test - `score` (pooled, the default), `wald` (a rate for each arm) or `log` (of the ratio)
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns whole units per arm with the unrounded numbers beside them; Infinity with a warning where the effect is 0
 *   or on the side that the alternative does not look at
 * @throws {DomainError} for rates, an exposure or a dispersion outside 1e-60 to 1e60, or a bad option
 * @example
 * ```ts
 * import { sampleSizeForCounts } from "microlift";
 * sampleSizeForCounts({ baseline: 2.3, lift: 0.03, dispersion: 2.2 }).control; // 16934
 * ```
 * Source: Gu, Ng, Tang and Schucany (2008) for Poisson counts; Zhu and Lakkis (2014) for dispersed ones.
 */
export function sampleSizeForCounts(options: CountSampleSizeOptions): CountSampleSize {
  checkObject("options", options);
  const effect = countEffect(options);
  const method = checkedCountTest(options.test);
  const { sizes, design } = solveSizes(
    (allocation) => plannedNormalTest(normalCountTest(method, effect, allocation)),
    options,
  );
  return {
    kind: "count-sample-size",
    method,
    ...sizes,
    ...effect,
    warnings:
      sizes.status === "unbounded" ? [unreachable(effect.difference, design)] : fewEvents(effect, sizes),
    assumptions: [...COUNT_ASSUMPTIONS],
  };
}
