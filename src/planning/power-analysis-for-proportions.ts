import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { ArmSizeOptions } from "./arm-sizes.ts";
import type { Direction } from "./detectable-effect.ts";
import { leftOut } from "./left-out.ts";
import {
  type DetectableLift,
  type DetectableLiftOptions,
  minimumDetectableLift,
} from "./minimum-detectable-lift.ts";
import { PROPORTION_ASSUMPTIONS, smallCounts } from "./planning-cautions.ts";
import {
  powerForProportions,
  type ProportionPower,
  type ProportionPowerOptions,
} from "./power-for-proportions.ts";
import { type ProportionEffect, proportionEffect } from "./proportion-effect.ts";
import { checkedProportionTest, plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import { type RequiredAlpha, solveAlpha } from "./required-alpha.ts";
import { type RequiredBaseline, type RequiredBaselineOptions, solveBaseline } from "./required-baseline.ts";
import {
  type ProportionSampleSize,
  type ProportionSampleSizeOptions,
  sampleSizeForProportions,
} from "./sample-size-for-proportions.ts";
import type { TestDesignOptions } from "./test-design.ts";
import type { VarianceOptions } from "./variance-factor.ts";

/** All quantities of a plan on rates but the one that is solved for. */
export interface ProportionPowerAnalysisOptions
  extends TestDesignOptions, VarianceOptions, Omit<ArmSizeOptions, "allocation"> {
  /** Rate of the control arm, in (0, 1). */
  readonly baseline?: number | undefined;
  /** Treatment rate / control rate − 1. */
  readonly lift?: number | undefined;
  /** Treatment rate − control rate, instead of `lift`. */
  readonly difference?: number | undefined;
  /** Probability of detecting the effect, in (0, 1). */
  readonly power?: number | undefined;
  /** Treatment n over control n, above 0, or `optimal` where n is solved for; 1 unless said. */
  readonly allocation?: number | "optimal" | undefined;
  /** Where the effect is solved for: above the control or below it. */
  readonly direction?: Direction | undefined;
  /** The test that will be used; `score` unless said. */
  readonly test?: ProportionTest | undefined;
}

/** The level of a test of two rates. */
export interface ProportionRequiredAlpha
  extends RequiredAlpha<"proportion-required-alpha">, ProportionEffect {
  readonly method: ProportionTest;
}

/** The quantity that was left out of a plan on rates, as the function for it alone gives it. */
export type ProportionPowerAnalysis =
  ProportionSampleSize | DetectableLift | ProportionPower | RequiredBaseline | ProportionRequiredAlpha;

/**
 * Solves a plan on conversion rates for the one quantity that is left out: the sample size, the effect, the power or the
 * baseline; or alpha, where all four are given. Where another one is left out alpha is 0.05 unless said.
 *
 * H0: the two rates are equal. H1: they differ by the effect. `kind` tells what was solved for; sample size, effect and
 * power come as `sampleSizeForProportions`, `minimumDetectableLift` and `powerForProportions` give them. A baseline is
 * solved for beside a lift, never beside a difference, which two baselines may fit.
 *
 * @param options.baseline - rate of the control arm, in (0, 1)
 * @param options.lift - treatment rate / control rate − 1; or `difference`
 * @param options.difference - treatment rate − control rate, in (−1, 1)
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said or solved for
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` where n is solved for; 1 unless said
 * @param options.direction - `up` or `down`, where the effect is solved for
 * @param options.test - `score` (pooled z-test, the default), `yates` (with continuity correction), `wald` (unpooled) or
 *   `arcsine` (Cohen's h)
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the result of the quantity solved for; Infinity, or null with the status `undetermined`, and a warning that
 *   says why where there is no solution
 * @throws {DomainError} for two quantities left out, for none, or for a bad one
 * @example
 * ```ts
 * import { powerAnalysisForProportions } from "microlift";
 * const plan = { baseline: 0.05, lift: 0.2, n: 8158, power: 0.8 };
 * powerAnalysisForProportions({ ...plan, n: undefined }).kind; // "proportion-sample-size"
 * powerAnalysisForProportions({ ...plan, lift: undefined }).lift; // 0.19999…
 * powerAnalysisForProportions(plan).alpha; // 0.04999…
 * ```
 * Source: Fleiss, Tytun and Ury (1980); Cohen (1988), chapter 6, for arcsine.
 */
export function powerAnalysisForProportions(
  options: ProportionPowerAnalysisOptions,
): ProportionPowerAnalysis {
  checkObject("options", options);
  const { baseline, lift, difference, n, control, power } = options;
  const unknown = leftOut({ baseline, n: n ?? control, lift: lift ?? difference, power }, options.alpha);
  // What is left out is what the type of each delegate leaves out.
  switch (unknown) {
    case "n":
      return sampleSizeForProportions(options as ProportionSampleSizeOptions);
    case "lift":
      return minimumDetectableLift(options as DetectableLiftOptions);
    case "power":
      return powerForProportions(options as ProportionPowerOptions);
    case "baseline":
      if (lift === undefined) {
        throw new DomainError(
          "baseline",
          baseline,
          "must be given beside a difference, which two baselines may fit",
        );
      }
      return solveBaseline(options as RequiredBaselineOptions);
    case "alpha":
      return requiredAlpha(options as ProportionPowerOptions, power as number);
  }
}

function requiredAlpha(options: ProportionPowerOptions, power: number): ProportionRequiredAlpha {
  const effect = proportionEffect(options);
  const method = checkedProportionTest(options.test);
  const { warnings, ...solved } = solveAlpha(
    (allocation) => plannedProportionTest(method, effect, allocation),
    effect.difference,
    power,
    options,
  );
  return {
    kind: "proportion-required-alpha",
    method,
    ...solved,
    ...effect,
    warnings: [...warnings, ...smallCounts(effect, solved)],
    assumptions: [...PROPORTION_ASSUMPTIONS],
  };
}
