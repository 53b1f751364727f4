import { checkObject } from "../core/checks.ts";
import type { ArmSizeOptions } from "./arm-sizes.ts";
import type { Direction } from "./detectable-effect.ts";
import { leftOut } from "./left-out.ts";
import { liftCautions, type MeanEffect, meanEffect } from "./mean-effect.ts";
import {
  checkedMeanSpread,
  meanAssumptions,
  type MeanTest,
  type MeanTestOptions,
  plannedMeanTest,
} from "./mean-test.ts";
import {
  type DetectableMeanLift,
  type DetectableMeanLiftOptions,
  minimumDetectableLiftForMeans,
} from "./minimum-detectable-lift-for-means.ts";
import { type MeanPower, type MeanPowerOptions, powerForMeans } from "./power-for-means.ts";
import { type RequiredAlpha, solveAlpha } from "./required-alpha.ts";
import {
  type MeanSampleSize,
  type MeanSampleSizeOptions,
  sampleSizeForMeans,
} from "./sample-size-for-means.ts";
import type { TestDesignOptions } from "./test-design.ts";
import type { VarianceOptions } from "./variance-factor.ts";

/** All quantities of a plan on means but the one that is solved for. */
export interface MeanPowerAnalysisOptions
  extends MeanTestOptions, TestDesignOptions, VarianceOptions, Omit<ArmSizeOptions, "allocation"> {
  /** Mean of the control arm; above 0 where `lift` is given, and may be left out where `difference` is. */
  readonly baseline?: number | undefined;
  /** Treatment mean / control mean − 1. */
  readonly lift?: number | undefined;
  /** Treatment mean − control mean, instead of `lift`. */
  readonly difference?: number | undefined;
  /** Probability of detecting the effect, in (0, 1). */
  readonly power?: number | undefined;
  /** Treatment n over control n, above 0, or `optimal` where n is solved for; 1 unless said. */
  readonly allocation?: number | "optimal" | undefined;
  /** Where the effect is solved for: above the control or below it. */
  readonly direction?: Direction | undefined;
}

/** The level of a test of two means. */
export interface MeanRequiredAlpha extends RequiredAlpha<"mean-required-alpha">, MeanEffect {
  readonly method: MeanTest;
}

/** The quantity that was left out of a plan on means, as the function for it alone gives it. */
export type MeanPowerAnalysis = MeanSampleSize | DetectableMeanLift | MeanPower | MeanRequiredAlpha;

/**
 * Solves a plan on means for the one quantity that is left out: the sample size, the effect or the power; or alpha, where
 * all three are given. Where another one is left out alpha is 0.05 unless said.
 *
 * H0: the two means are equal. H1: they differ by the effect. `kind` tells what was solved for; sample size, effect and
 * power come as `sampleSizeForMeans`, `minimumDetectableLiftForMeans` and `powerForMeans` give them.
 *
 * @param options.standardDeviation - between units, above 0; one number, or `{ control, treatment }`
 * @param options.baseline - mean of the control arm; above 0 where `lift` is given, optional otherwise
 * @param options.lift - treatment mean / control mean − 1; or `difference`
 * @param options.difference - treatment mean − control mean
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said or solved for
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` where n is solved for; 1 unless said
 * @param options.direction - `up` or `down`, where the effect is solved for
 * @param options.test - unless said `t` (Student's) with one standard deviation and `welch` with one for each arm; `z` is
 *   the normal formula
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the result of the quantity solved for; Infinity, or null with the status `undetermined`, and a warning that
 *   says why where there is no solution
 * @throws {DomainError} for two quantities left out, for none, or for a bad one
 * @example
 * ```ts
 * import { powerAnalysisForMeans } from "microlift";
 * const plan = { baseline: 20, standardDeviation: 30, lift: 0.05 };
 * powerAnalysisForMeans({ ...plan, n: 10_000 }).kind; // "mean-power"
 * powerAnalysisForMeans({ ...plan, n: 10_000, power: 0.8 }).alpha; // 0.1296
 * ```
 * Source: as `sampleSizeForMeans`, solved for each quantity.
 */
export function powerAnalysisForMeans(options: MeanPowerAnalysisOptions): MeanPowerAnalysis {
  checkObject("options", options);
  const { lift, difference, n, control, power } = options;
  const unknown = leftOut({ n: n ?? control, lift: lift ?? difference, power }, options.alpha);
  // What is left out is what the type of each delegate leaves out.
  switch (unknown) {
    case "n":
      return sampleSizeForMeans(options as MeanSampleSizeOptions);
    case "lift":
      return minimumDetectableLiftForMeans(options as DetectableMeanLiftOptions);
    case "power":
      return powerForMeans(options as MeanPowerOptions);
    case "alpha":
      return requiredAlpha(options as MeanPowerOptions, power as number);
  }
}

function requiredAlpha(options: MeanPowerOptions, power: number): MeanRequiredAlpha {
  const effect = meanEffect(options);
  const spread = checkedMeanSpread(options);
  const { warnings, ...solved } = solveAlpha(
    (allocation) => plannedMeanTest(effect.difference, spread, allocation),
    effect.difference,
    power,
    options,
  );
  return {
    kind: "mean-required-alpha",
    method: spread.test,
    ...solved,
    ...effect,
    warnings: [...warnings, ...liftCautions(effect)],
    assumptions: meanAssumptions(spread.test),
  };
}
