import { checkObject } from "../core/checks.ts";
import { PROPORTION_ASSUMPTIONS, smallCounts, unreachable } from "./planning-cautions.ts";
import {
  type ProportionEffect,
  proportionEffect,
  type ProportionEffectOptions,
} from "./proportion-effect.ts";
import { checkedProportionTest, plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import { type SampleSize, type SampleSizeOptions, solveSizes } from "./sample-size.ts";

export interface ProportionSampleSizeOptions extends ProportionEffectOptions, SampleSizeOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: ProportionTest | undefined;
}

/** How many units each arm needs to detect an effect on a rate. */
export interface ProportionSampleSize extends SampleSize<"proportion-sample-size">, ProportionEffect {
  readonly method: ProportionTest;
}

/**
 * How many units each arm needs to detect an effect on a conversion rate.
 *
 * H0: the two rates are equal. H1: they differ by the planned effect. Power counts the near tail only, as R's
 * `power.prop.test` does, of which the default is the generalisation to unequal arms. With several treatments it is the
 * power of each treatment's test, not of all of them or of any. Where an arm expects fewer than about 30 conversions the
 * formula may miss by some units, and `exactSampleSizeForProportions` does not.
 *
 * @param options.baseline - rate of the control arm, in (0, 1)
 * @param options.lift - treatment rate / control rate − 1; or `difference`, and exactly one of the two
 * @param options.difference - treatment rate − control rate, in (−1, 1)
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` for the one with the fewest units in
 *   all; 1 unless said
 * @param options.test - `score` (pooled z-test, the default), `yates` (with continuity correction), `wald` (unpooled) or
 *   `arcsine` (Cohen's h)
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns whole units per arm with the unrounded numbers beside them; Infinity with a warning where the effect is 0
 *   or on the side that the alternative does not look at
 * @throws {DomainError} for rates outside (0, 1), a lift that takes the treatment rate out of it, or a bad option
 * @example
 * ```ts
 * import { sampleSizeForProportions } from "microlift";
 * const plan = sampleSizeForProportions({ baseline: 0.05, lift: 0.2 });
 * plan.control; // 8158
 * plan.exact.control; // 8157.73…
 * ```
 * Source: Fleiss, Tytun and Ury (1980), without and with continuity correction; Cohen (1988), chapter 6, for arcsine.
 */
export function sampleSizeForProportions(options: ProportionSampleSizeOptions): ProportionSampleSize {
  checkObject("options", options);
  const effect = proportionEffect(options);
  const method = checkedProportionTest(options.test);
  const { sizes, design } = solveSizes(
    (allocation) => plannedProportionTest(method, effect, allocation),
    options,
  );
  return {
    kind: "proportion-sample-size",
    method,
    ...sizes,
    ...effect,
    warnings:
      sizes.status === "unbounded" ? [unreachable(effect.difference, design)] : smallCounts(effect, sizes),
    assumptions: [...PROPORTION_ASSUMPTIONS],
  };
}
