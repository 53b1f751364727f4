import { checkObject } from "../core/checks.ts";
import { PROPORTION_ASSUMPTIONS, smallCounts } from "./planning-cautions.ts";
import { type Power, type PowerOptions, solvePower } from "./power.ts";
import {
  type ProportionEffect,
  proportionEffect,
  type ProportionEffectOptions,
} from "./proportion-effect.ts";
import { checkedProportionTest, plannedProportionTest, type ProportionTest } from "./proportion-test.ts";

export interface ProportionPowerOptions extends ProportionEffectOptions, PowerOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: ProportionTest | undefined;
}

/** How probably a test of two rates detects an effect. */
export interface ProportionPower extends Power<"proportion-power">, ProportionEffect {
  readonly method: ProportionTest;
}

/**
 * How probably a test of two conversion rates detects a planned effect at a given size.
 *
 * H0: the two rates are equal. H1: they differ by the planned effect, which may be 0 here: then the power is the type
 * I error in the tail.
 *
 * @param options.baseline - rate of the control arm, in (0, 1)
 * @param options.lift - treatment rate / control rate − 1; or `difference`, and exactly one of the two
 * @param options.difference - treatment rate − control rate, in (−1, 1)
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.alternative - two-sided unless said
 * @param options.test - `score` (pooled z-test, the default), `yates` (with continuity correction), `wald` (unpooled) or
 *   `arcsine` (Cohen's h)
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the power in the near tail, and the probability of rejecting in the far one, which is no success; of each
 *   treatment's test, where there are several
 * @throws {DomainError} for rates outside (0, 1), a lift that takes the treatment rate out of it, or a bad size
 * @example
 * ```ts
 * import { powerForProportions } from "microlift";
 * powerForProportions({ baseline: 0.05, lift: 0.2, n: 8000 }).power; // 0.7923
 * ```
 * Source: Fleiss, Tytun and Ury (1980), without and with continuity correction; Cohen (1988), chapter 6, for arcsine.
 */
export function powerForProportions(options: ProportionPowerOptions): ProportionPower {
  checkObject("options", options);
  const effect = proportionEffect(options);
  const method = checkedProportionTest(options.test);
  const power = solvePower((allocation) => plannedProportionTest(method, effect, allocation), options);
  return {
    kind: "proportion-power",
    method,
    ...power,
    ...effect,
    warnings: smallCounts(effect, power),
    assumptions: [...PROPORTION_ASSUMPTIONS],
  };
}
