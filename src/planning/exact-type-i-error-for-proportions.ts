import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import { conditionalSizes } from "../models/conditional-sizes.ts";
import { criticalCounts } from "../models/critical-counts.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { nullSupremum } from "../models/null-supremum.ts";
import type { ArmSizeOptions, ArmSizes } from "./arm-sizes.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import { checkedExactTest, ENUMERATED, type ExactProportionTest, levelOf } from "./exact-test.ts";
import { testDesign, type TestDesignOptions } from "./test-design.ts";
import { wholeArms } from "./whole-arms.ts";
import { exp } from "../numerics/elementary/exp.ts";

export interface ExactTypeIErrorOptions extends ArmSizeOptions, TestDesignOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: ExactProportionTest | undefined;
}

/** The largest type I error of a test of two rates, whatever rate both arms share. */
export interface ExactTypeIError extends Result<"proportion-exact-type-i-error">, ArmSizes, DesignEcho {
  readonly method: ExactProportionTest;
  /** The supremum over the common rate of the probability of rejecting, on either side. */
  readonly size: number;
  /** A rate that has it. */
  readonly rate: number;
}

/** The conditional sizes of twice as many tables' margins are summed, for each of some hundred rates. */
const MOST_UNITS = 10_000;

/**
 * The largest type I error that a test of two conversion rates really has at given sizes: the size of the test.
 *
 * H0: the two rates are equal, whatever they are. A table is rejected at p <= alpha as `compareProportions` would.
 * The supremum over the common rate is found by branch and bound, so that no peak between points of a grid is missed.
 * Takes milliseconds at 100 units per arm, and about a second at 10,000.
 *
 * @param options.n - units of the control arm, a whole number up to 10,000; or `control` and `treatment`
 * @param options.allocation - treatment n over control n, beside `n`, which leaves whole units; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.test - `score` (pooled z-test, the default), `yates`, `wald`, `fisher` or `mid-p`
 * @param options.alternative - two-sided unless said
 * @param options.alpha - level of the test, in (0, 1); 0.05 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @returns the size of each treatment's test, and the rate that has it
 * @throws {DomainError} for arms that are no whole numbers, or a bad option
 * @example
 * ```ts
 * import { exactTypeIErrorForProportions } from "microlift";
 * exactTypeIErrorForProportions({ n: 20 }).size; // 0.0534
 * exactTypeIErrorForProportions({ n: 20, test: "fisher" }).size; // 0.0253
 * ```
 * Source: Suissa and Shuster (1985), Exact unconditional sample sizes for the 2 × 2 binomial trial, for the supremum.
 */
export function exactTypeIErrorForProportions(options: ExactTypeIErrorOptions): ExactTypeIError {
  checkObject("options", options);
  const method = checkedExactTest(options.test);
  const sizes = wholeArms(options, MOST_UNITS);
  const design = testDesign(options, sizes.allocation);
  const { control, treatment } = sizes;
  const rule = { level: levelOf(design), alternative: design.alternative };
  const sides = criticalCounts(method, control, treatment, rule, { first: 0, last: control + treatment });
  const { logValue, rate } = nullSupremum(conditionalSizes(sides));
  return {
    kind: "proportion-exact-type-i-error",
    method,
    size: exp(logValue),
    rate,
    ...sizes,
    ...designEcho(design, 1),
    warnings: [],
    assumptions: [INDEPENDENT_UNITS, ENUMERATED],
  };
}
