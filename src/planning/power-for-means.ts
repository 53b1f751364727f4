import { checkObject } from "../core/checks.ts";
import { liftCautions, type MeanEffect, meanEffect, type MeanEffectOptions } from "./mean-effect.ts";
import {
  checkedMeanSpread,
  meanAssumptions,
  type MeanTest,
  type MeanTestOptions,
  plannedMeanTest,
} from "./mean-test.ts";
import { type Power, type PowerOptions, solvePower } from "./power.ts";

export interface MeanPowerOptions extends MeanEffectOptions, MeanTestOptions, PowerOptions {}

/** How probably a test of two means detects an effect. */
export interface MeanPower extends Power<"mean-power">, MeanEffect {
  readonly method: MeanTest;
}

/**
 * How probably a test of two means detects a planned effect at a given size.
 *
 * H0: the two means are equal. H1: they differ by the planned effect. Arms too small for a t-test have the power 0.
 *
 * @param options.baseline - mean of the control arm; above 0 where `lift` is given, optional beside `difference`
 * @param options.standardDeviation - between units, above 0; one number, or `{ control, treatment }`
 * @param options.lift - treatment mean / control mean − 1; or `difference`, and exactly one of the two
 * @param options.difference - treatment mean − control mean
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.alternative - two-sided unless said
 * @param options.test - unless said `t` (Student's) with one standard deviation and `welch` with one for each arm; `z` is
 *   the normal formula
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the power in the near tail, and the probability of rejecting in the far one, which is no success
 * @throws {DomainError} for a standard deviation that is not above 0, a lift without a baseline, or a bad size
 * @example
 * ```ts
 * import { powerForMeans } from "microlift";
 * powerForMeans({ baseline: 20, standardDeviation: 30, lift: 0.05, n: 10_000 }).power; // 0.6543
 * ```
 * Source: Guenther (1981) for z; Johnson, Kotz and Balakrishnan (1995), ch. 31, for t; Moser, Stevens and Watts (1989)
 * for welch, whose power is that of the noncentral t distribution with Satterthwaite's degrees of freedom.
 */
export function powerForMeans(options: MeanPowerOptions): MeanPower {
  checkObject("options", options);
  const effect = meanEffect(options);
  const spread = checkedMeanSpread(options);
  return {
    kind: "mean-power",
    method: spread.test,
    ...solvePower((allocation) => plannedMeanTest(effect.difference, spread, allocation), options),
    ...effect,
    warnings: [...liftCautions(effect)],
    assumptions: meanAssumptions(spread.test),
  };
}
