import { checkObject } from "../core/checks.ts";
import { type DetectableEffect, type DetectableEffectOptions, solveEffect } from "./detectable-effect.ts";
import { checkLevel, liftCautions, type RelativeMeanEffect, relativeMeanEffect } from "./mean-effect.ts";
import {
  checkedMeanSpread,
  meanAssumptions,
  type MeanTest,
  type MeanTestOptions,
  smallestDifference,
} from "./mean-test.ts";

export interface DetectableMeanLiftOptions extends DetectableEffectOptions, MeanTestOptions {
  /** Mean of the control arm; above 0, or there is no lift but only a difference. */
  readonly baseline?: number | undefined;
}

/** The smallest effect on a mean that a test detects with the power asked for. */
export interface DetectableMeanLift
  extends DetectableEffect<"mean-minimum-detectable-effect">, RelativeMeanEffect {
  readonly method: MeanTest;
  readonly lift: number | null;
}

/**
 * The smallest lift of a mean that a test detects with the power asked for at a given size.
 *
 * H0: the two means are equal. H1: they differ by the lift returned.
 *
 * @param options.baseline - mean of the control arm; where it is left out or not above 0, only the difference is known
 * @param options.standardDeviation - between units, above 0; one number, or `{ control, treatment }`
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.direction - `up` for an increase, `down` for a decrease; unless said, the side of the alternative, and
 *   `up` where it has none
 * @param options.test - unless said `t` (Student's) with one standard deviation and `welch` with one for each arm; `z` is
 *   the normal formula
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns lift, difference and treatment mean; null with the status `undetermined` where the alternative looks the
 *   other way, or the arms are too small for a t-test
 * @throws {DomainError} for a standard deviation that is not above 0, or a bad size or option
 * @example
 * ```ts
 * import { minimumDetectableLiftForMeans } from "microlift";
 * minimumDetectableLiftForMeans({ baseline: 20, standardDeviation: 30, n: 14_128 }).lift; // 0.05
 * ```
 * Source: Guenther (1981) for z; Johnson, Kotz and Balakrishnan (1995), ch. 31, for t; Moser, Stevens and Watts (1989)
 * for welch, whose power is that of the noncentral t distribution with Satterthwaite's degrees of freedom.
 */
export function minimumDetectableLiftForMeans(options: DetectableMeanLiftOptions): DetectableMeanLift {
  checkObject("options", options);
  const { baseline } = options;
  if (baseline !== undefined) checkLevel("baseline", baseline);
  const spread = checkedMeanSpread(options);
  const { difference, echo, warnings } = solveEffect((search) => smallestDifference(spread, search), options);
  const common = {
    kind: "mean-minimum-detectable-effect",
    method: spread.test,
    ...echo,
    difference,
  } as const;
  const assumptions = meanAssumptions(spread.test);
  if (difference === null) {
    const unknown = { baseline: baseline ?? null, treatmentMean: null, lift: null } as const;
    return { ...common, ...unknown, liftStatus: "undetermined", warnings, assumptions };
  }
  const effect = relativeMeanEffect(baseline, difference);
  return { ...common, ...effect, warnings: [...liftCautions(effect)], assumptions };
}
