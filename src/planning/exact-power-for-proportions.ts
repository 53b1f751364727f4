import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { ArmSizeOptions, ArmSizes } from "./arm-sizes.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import {
  checkedExactTest,
  EXACT_POWER_ASSUMPTIONS,
  type ExactProportionTest,
  exactRejections,
  type ExactRejections,
} from "./exact-test.ts";
import {
  type ProportionEffect,
  proportionEffect,
  type ProportionEffectOptions,
} from "./proportion-effect.ts";
import { testDesign, type TestDesignOptions } from "./test-design.ts";
import { wholeArms } from "./whole-arms.ts";

export interface ExactPowerOptions extends ProportionEffectOptions, ArmSizeOptions, TestDesignOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: ExactProportionTest | undefined;
}

/** How probably a test of two rates detects an effect, table by table. */
export interface ExactProportionPower
  extends Result<"proportion-exact-power">, ExactRejections, ProportionEffect, ArmSizes, DesignEcho {
  readonly method: ExactProportionTest;
}

/** Conditional distributions are listed for each number of conversions in all; other tests need one statistic each. */
const MOST_UNITS: Readonly<Record<ExactProportionTest, number>> = {
  score: 1e6,
  yates: 1e6,
  wald: 1e6,
  fisher: 1e5,
  "mid-p": 1e5,
};

/**
 * How probably a test of two conversion rates detects a planned effect at a given size, by adding up the probabilities
 * of all tables that it rejects: right where few conversions are expected and the normal formula is not.
 *
 * H0: the two rates are equal. H1: they differ by the planned effect. A table is rejected at p <= alpha as
 * `compareProportions` would; where it finds no p-value (the Wald test of rates 0 and 1, which have no variance) nothing
 * is rejected. With several treatments it is the power of each treatment's test.
 *
 * Time grows with the number of conversions that may be seen: below a millisecond at hundreds of units, about 10 ms at
 * 100,000 and 0.1 s at a million; a third of a second at 100,000 for `fisher` and `mid-p`, which take no more.
 *
 * @param options.baseline - rate of the control arm, in (0, 1)
 * @param options.lift - treatment rate / control rate − 1; or `difference`, and exactly one of the two
 * @param options.difference - treatment rate − control rate, in (−1, 1)
 * @param options.n - units of the control arm, a whole number up to 1e6; or `control` and `treatment`
 * @param options.allocation - treatment n over control n, beside `n`, which leaves whole units; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.test - `score` (pooled z-test, the default), `yates`, `wald`, `fisher` or `mid-p`
 * @param options.alternative - two-sided unless said
 * @param options.alpha - level of the test, in (0, 1); 0.05 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @returns the power in the direction of the effect, the probability of rejecting in the other one, and `typeIError`: the type
 *   I error that the test really has at the baseline
 * @throws {DomainError} for rates outside (0, 1), arms that are no whole numbers, or a bad option
 * @example
 * ```ts
 * import { exactPowerForProportions } from "microlift";
 * const exact = exactPowerForProportions({ baseline: 0.1, difference: 0.2, n: 20, test: "fisher" });
 * exact.power; // 0.2417
 * exact.typeIError; // 0.0118
 * ```
 * Source: Lydersen, Fagerland and Laake (2009), Recommended tests for association in 2 × 2 tables, for enumeration.
 */
export function exactPowerForProportions(options: ExactPowerOptions): ExactProportionPower {
  checkObject("options", options);
  const effect = proportionEffect(options);
  const method = checkedExactTest(options.test);
  const sizes = wholeArms(options, MOST_UNITS[method]);
  const design = testDesign(options, sizes.allocation);
  return {
    kind: "proportion-exact-power",
    method,
    ...exactRejections(method, effect, sizes, design),
    ...sizes,
    ...effect,
    ...designEcho(design, 1),
    warnings: [],
    assumptions: [...EXACT_POWER_ASSUMPTIONS],
  };
}
