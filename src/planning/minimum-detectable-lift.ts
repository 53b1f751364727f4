import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { findRoot } from "../numerics/find-root.ts";
import {
  type DetectableEffect,
  type DetectableEffectOptions,
  type EffectSearch,
  solveEffect,
} from "./detectable-effect.ts";
import { distanceBeyond } from "./normal-test.ts";
import { PROPORTION_ASSUMPTIONS, smallCounts } from "./planning-cautions.ts";
import { checkedProportionTest, normalProportionTest, type ProportionTest } from "./proportion-test.ts";

export interface DetectableLiftOptions extends DetectableEffectOptions {
  /** Rate of the control arm, in (0, 1). */
  readonly baseline: number;
  /** The test that will be used; `score` unless said. */
  readonly test?: ProportionTest | undefined;
}

/** The smallest effect on a rate that a test detects with the power asked for. */
export interface DetectableLift extends DetectableEffect<"proportion-minimum-detectable-effect"> {
  readonly method: ProportionTest;
  readonly baseline: number;
  readonly treatmentRate: number | null;
}

/**
 * The smallest lift of a conversion rate that a test detects with the power asked for at a given size.
 *
 * H0: the two rates are equal. H1: they differ by the lift returned. The variance under H1 is that of the lifted rate,
 * so that an increase and a decrease have different answers.
 *
 * @param options.baseline - rate of the control arm, in (0, 1)
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.direction - `up` for an increase, `down` for a decrease; unless said, the side of the alternative, and
 *   `up` where it has none
 * @param options.test - `score` (pooled z-test, the default), `yates` (with continuity correction), `wald` (unpooled) or
 *   `arcsine` (Cohen's h)
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns lift, difference and treatment rate; null with the status `undetermined` where even the largest effect is
 *   not detected, or where the alternative looks the other way
 * @throws {DomainError} for a baseline outside (0, 1), or a bad size or option
 * @example
 * ```ts
 * import { minimumDetectableLift } from "microlift";
 * minimumDetectableLift({ baseline: 0.05, n: 10_000 }).lift; // 0.1799
 * ```
 * Source: the equations of Fleiss, Tytun and Ury (1980), solved for the treatment rate.
 */
export function minimumDetectableLift(options: DetectableLiftOptions): DetectableLift {
  checkObject("options", options);
  const { baseline } = options;
  checkOpenUnit("baseline", baseline);
  const method = checkedProportionTest(options.test);
  const { difference, echo, warnings } = solveEffect(
    (search) => smallestSize(method, baseline, search),
    options,
  );
  const common = { kind: "proportion-minimum-detectable-effect", method, ...echo, baseline } as const;
  const assumptions = [...PROPORTION_ASSUMPTIONS];
  if (difference === null) {
    return { ...common, treatmentRate: null, difference, lift: null, warnings, assumptions };
  }
  const effect = { baseline, treatmentRate: baseline + difference, difference, lift: difference / baseline };
  return { ...common, ...effect, warnings: smallCounts(effect, echo), assumptions };
}

function smallestSize(
  method: ProportionTest,
  baseline: number,
  { sign, n, allocation, design, power }: EffectSearch,
): number | null {
  // How far a difference is beyond the one that is just detected. It has one root where the power asked for is at
  // least one half: it is below 0 at 0 and convex, as the effect is linear and the deviations concave in the rate (the
  // arcsine's effect rises and its deviation stands still).
  const excess = (size: number): number => {
    const rates = { baseline, treatmentRate: baseline + sign * size, difference: sign * size };
    return distanceBeyond(normalProportionTest(method, rates, allocation), design, n, power);
  };
  const largest = sign === 1 ? 1 - baseline : baseline;
  if (!(excess(largest) > 0)) return null;
  // At 0 it is above 0 only by rounding, where the power asked for is the type I error.
  const size = excess(0) < 0 ? findRoot(excess, 0, largest) : 0;
  const treatmentRate = baseline + sign * size;
  return treatmentRate > 0 && treatmentRate < 1 ? size : null;
}
