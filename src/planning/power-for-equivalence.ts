import { checkObject } from "../core/checks.ts";
import {
  checkedEquivalencePlan,
  type EquivalencePlan,
  type EquivalencePlanOptions,
} from "./equivalence-plan.ts";
import { plannedEquivalenceTest } from "./equivalence-test.ts";
import { countCautions, marginAssumptions, type MarginMethod } from "./margin-metric.ts";
import { type Power, type PowerOptions, solvePower } from "./power.ts";

export interface EquivalencePowerOptions
  extends EquivalencePlanOptions, Omit<PowerOptions, "alternative" | "adjustment"> {}

/** How probably two one-sided tests show that the effect of the treatment is too small to matter. */
export interface EquivalencePower
  extends Omit<Power<"equivalence-power">, "alternative" | "farTail">, EquivalencePlan {
  readonly method: MarginMethod;
}

/**
 * How probably two one-sided tests show that the effect of the treatment is too small to matter, at a given size.
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
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.test - for means `t` unless said, `welch` with a deviation for each arm, `z`; ratios have `delta`,
 *   proportions and counts `score`
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the probability that both tests reject
 * @throws {DomainError} for rates outside (0, 1), bounds on the wrong side of no effect or out of range, or a bad size
 * @example
 * ```ts
 * import { powerForEquivalence } from "microlift";
 * powerForEquivalence({ standardDeviation: 1, margin: 0.5, n: 100 }).power; // 0.9397
 * ```
 * Source: Schuirmann (1987); Phillips (1990) for the power of t-tests; Farrington and Manning (1990) for proportions.
 */
export function powerForEquivalence(options: EquivalencePowerOptions): EquivalencePower {
  checkObject("options", options);
  const { metric, plan, design } = checkedEquivalencePlan(options);
  const bounds = [plan.lower, plan.upper] as const;
  const {
    alternative: _,
    farTail: __,
    ...power
  } = solvePower((allocation) => plannedEquivalenceTest(metric, bounds, allocation), {
    ...options,
    ...design,
  });
  return {
    kind: "equivalence-power",
    ...power,
    ...plan,
    warnings: countCautions(metric, power),
    assumptions: marginAssumptions(metric),
  };
}
