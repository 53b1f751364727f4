import { checkObject } from "../core/checks.ts";
import { liftCautions, type MeanEffect, meanEffect, type MeanEffectOptions } from "./mean-effect.ts";
import {
  checkedMeanSpread,
  meanAssumptions,
  type MeanTest,
  type MeanTestOptions,
  plannedMeanTest,
} from "./mean-test.ts";
import { unreachable } from "./planning-cautions.ts";
import { type SampleSize, type SampleSizeOptions, solveSizes } from "./sample-size.ts";

export interface MeanSampleSizeOptions extends MeanEffectOptions, MeanTestOptions, SampleSizeOptions {}

/** How many units each arm needs to detect an effect on a mean. */
export interface MeanSampleSize extends SampleSize<"mean-sample-size">, MeanEffect {
  readonly method: MeanTest;
}

/**
 * How many units each arm needs to detect an effect on a mean, such as revenue per visitor.
 *
 * H0: the two means are equal. H1: they differ by the planned effect. Power counts the near tail only, as R's
 * `power.t.test` does, of which the default is the generalisation to unequal and to several arms. No plan is smaller
 * than the smallest test, which has one degree of freedom.
 *
 * @param options.baseline - mean of the control arm; above 0 where `lift` is given, optional beside `difference`
 * @param options.standardDeviation - between units, above 0; one number, or `{ control, treatment }`
 * @param options.lift - treatment mean / control mean − 1; or `difference`, and exactly one of the two
 * @param options.difference - treatment mean − control mean
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` for the one with the fewest units in
 *   all; 1 unless said
 * @param options.test - unless said `t` (Student's) with one standard deviation and `welch` with one for each arm; `z` is
 *   the normal formula
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns whole units per arm with the unrounded numbers beside them; Infinity with a warning where the effect is 0
 *   or on the side that the alternative does not look at
 * @throws {DomainError} for a standard deviation that is not above 0, a lift without a baseline, or a bad option
 * @example
 * ```ts
 * import { sampleSizeForMeans } from "microlift";
 * sampleSizeForMeans({ baseline: 20, standardDeviation: 30, lift: 0.05 }).control; // 14129
 * ```
 * Source: Guenther (1981) for z; Johnson, Kotz and Balakrishnan (1995), ch. 31, for t; Moser, Stevens and Watts (1989)
 * for welch, whose power is that of the noncentral t distribution with Satterthwaite's degrees of freedom.
 */
export function sampleSizeForMeans(options: MeanSampleSizeOptions): MeanSampleSize {
  checkObject("options", options);
  const effect = meanEffect(options);
  const spread = checkedMeanSpread(options);
  const { sizes, design } = solveSizes(
    (allocation) => plannedMeanTest(effect.difference, spread, allocation),
    options,
  );
  return {
    kind: "mean-sample-size",
    method: spread.test,
    ...sizes,
    ...effect,
    warnings: [
      ...(sizes.status === "unbounded" ? [unreachable(effect.difference, design)] : []),
      ...liftCautions(effect),
    ],
    assumptions: meanAssumptions(spread.test),
  };
}
