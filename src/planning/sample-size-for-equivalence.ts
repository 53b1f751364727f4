import { checkObject } from "../core/checks.ts";
import { isWithin } from "./contrast.ts";
import {
  checkedEquivalencePlan,
  type EquivalencePlan,
  type EquivalencePlanOptions,
} from "./equivalence-plan.ts";
import { plannedEquivalenceTest } from "./equivalence-test.ts";
import { countCautions, marginAssumptions, type MarginMethod } from "./margin-metric.ts";
import { beyondMargin } from "./planning-cautions.ts";
import { type SampleSize, type SampleSizeOptions, solveSizes } from "./sample-size.ts";

export interface EquivalenceSampleSizeOptions
  extends EquivalencePlanOptions, Omit<SampleSizeOptions, "alternative" | "adjustment"> {}

/** How many units each arm needs to show that the effect of the treatment is too small to matter. */
export interface EquivalenceSampleSize
  extends Omit<SampleSize<"equivalence-sample-size">, "alternative">, EquivalencePlan {
  readonly method: MarginMethod;
}

/**
 * How many units each arm needs to show that the effect of the treatment is too small to matter, by two one-sided
 * tests.
 *
 * H0: the effect lies at or below the lower bound, or at or above the upper one. H1: it lies between them. The tests
 * are those of `testEquivalence`; the power is that both reject.
 *
 * @param options.metric - `ratio` where `past` is given, `count` where `dispersion` is, `mean` where `standardDeviation` is,
 *   and else `proportion`, unless said
 * @param options.baseline - of the control arm: rate in (0, 1), events per unit, mean or ratio; the latter two above 0
 *   where a lift is spoken of, else optional
 * @param options.standardDeviation - of a mean's metric between units, or √n times the standard error of an arm's ratio,
 *   above 0; one number, or `{ control, treatment }`
 * @param options.past - for ratios, instead: `{ n, numerator, denominator, covariance }` of past units
 * @param options.dispersion - for counts: variance of a unit's events over their mean, above 0; 1 (Poisson) unless said
 * @param options.lift - the true effect as treatment / control − 1; or `difference`; no effect unless said
 * @param options.difference - the true effect as treatment − control
 * @param options.margin - largest distance from no effect that does not matter, above 0 (below 1 for rates and ratios);
 *   instead of `lower` and `upper`
 * @param options.lower - lower bound, on the side of no effect where effects are negative; together with `upper`
 * @param options.upper - upper bound, on the other side: odds ratios from 0.8 to 1.25, lifts from −0.2 to 0.25
 * @param options.scale - `difference` unless said; `lift`; `odds-ratio` for proportions
 * @param options.alpha - type I error of each of the two tests, and of both together, below 0.5; 0.05 unless said
 * @param options.power - in (0, 1) and above alpha; 0.8 unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` for the one with the fewest units in
 *   all; 1 unless said
 * @param options.test - for means `t` unless said, `welch` with a deviation for each arm, `z`; ratios have `delta`,
 *   proportions and counts `score`
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns whole units per arm with the unrounded numbers beside them; Infinity with a warning where the true effect
 *   does not lie between the bounds
 * @throws {DomainError} for rates outside (0, 1), bounds on the wrong side of no effect or out of range, or a bad
 *   option
 * @example
 * ```ts
 * import { sampleSizeForEquivalence } from "microlift";
 * sampleSizeForEquivalence({ baseline: 0.2, margin: 0.02 }).control; // 6855
 * ```
 * Source: Schuirmann (1987); Phillips (1990) for the power of t-tests; Farrington and Manning (1990) for proportions.
 */
export function sampleSizeForEquivalence(options: EquivalenceSampleSizeOptions): EquivalenceSampleSize {
  checkObject("options", options);
  const { metric, plan, design } = checkedEquivalencePlan(options);
  const bounds = [plan.lower, plan.upper] as const;
  const { alternative: _, ...sizes } = solveSizes(
    (allocation) => plannedEquivalenceTest(metric, bounds, allocation),
    { ...options, ...design },
  ).sizes;
  const within = isWithin(metric, plan.lower, "greater") && isWithin(metric, plan.upper, "less");
  return {
    kind: "equivalence-sample-size",
    ...sizes,
    ...plan,
    warnings: sizes.status === "unbounded" ? [beyondMargin(within)] : countCautions(metric, sizes),
    assumptions: marginAssumptions(metric),
  };
}
