import { checkObject } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { smallCounts } from "./planning-cautions.ts";
import { type Power, type PowerOptions, solvePower } from "./power.ts";
import { effectOfLift } from "./proportion-effect.ts";
import { plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import {
  averagedTest,
  baselineAssumptions,
  baselineCautions,
  type BaselinePosterior,
  uncertainBaseline,
  type UncertainBaselineOptions,
} from "./uncertain-baseline.ts";

export interface ProportionAssuranceOptions extends UncertainBaselineOptions, PowerOptions {}

/** How probably a test of two rates detects a lift, where the control's rate is known from data only. */
export interface ProportionAssurance extends Omit<Power<"proportion-assurance">, "power"> {
  readonly method: ProportionTest;
  /** Power averaged over the posterior of the control's rate. */
  readonly assurance: number;
  /** Power at the ends of the posterior's interval. */
  readonly powerInterval: Interval;
  /** Power at the posterior's median. */
  readonly powerAtMedian: number;
  readonly baseline: BaselinePosterior;
  readonly lift: number;
  /** The share of the posterior that is left out, since the lifted rate would be 1 or more there. */
  readonly excludedProbability: number;
}

/**
 * How probably a test of two conversion rates detects a lift, averaged over what past data leave open about the
 * control's rate.
 *
 * H0: the two rates are equal. H1: the treatment's is the control's times 1 + lift. The rate of the control has a Beta
 * posterior; the lift is taken as given, whatever the rate. Takes about a millisecond.
 *
 * @param options.baseline - past `{ conversions, n }`, n at least 1; may be left out where `prior` is given
 * @param options.prior - `{ alpha, beta }` of the rate before these data, shapes from 1e-6 to 1e15; uniform unless said
 * @param options.lift - treatment rate / control rate − 1, above −1
 * @param options.n - units of the control arm, above 0 (fractions allowed); or `control` and `treatment`
 * @param options.allocation - treatment n over control n, above 0, beside `n`; 1 unless said
 * @param options.control - units of the control arm, together with `treatment` and instead of `n`
 * @param options.treatment - units of the treatment arm
 * @param options.test - `score` (pooled z-test, the default), `yates` (with continuity correction), `wald` (unpooled) or
 *   `arcsine` (Cohen's h)
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.alternative - two-sided unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns the average power, and the power at the median and at both ends of the posterior's interval
 * @throws {DomainError} for broken data, or a lift that takes the treatment rate above 1 over half of the posterior
 * @example
 * ```ts
 * import { assuranceForProportions } from "microlift";
 * const known = assuranceForProportions({ baseline: { conversions: 25, n: 500 }, lift: 0.2, n: 8000 });
 * known.assurance; // 0.7946
 * known.powerInterval.lower; // 0.6228
 * ```
 * Source: O'Hagan, Stevens and Campbell (2005), Assurance in clinical trial design, for a nuisance parameter.
 */
export function assuranceForProportions(options: ProportionAssuranceOptions): ProportionAssurance {
  checkObject("options", options);
  const known = uncertainBaseline(options);
  const { test, lift, posterior } = known;
  const { power: assurance, ...rest } = solvePower((allocation) => averagedTest(known, allocation), options);
  const powerAt = (rate: number): number =>
    solvePower((allocation) => plannedProportionTest(test, effectOfLift(rate, lift), allocation), options)
      .power;
  const ends = [powerAt(posterior.interval.lower), powerAt(posterior.interval.upper)];
  return {
    kind: "proportion-assurance",
    method: test,
    assurance,
    powerInterval: { ...posterior.interval, lower: Math.min(...ends), upper: Math.max(...ends) },
    powerAtMedian: powerAt(posterior.median),
    ...rest,
    baseline: posterior,
    lift,
    excludedProbability: known.excludedProbability,
    warnings: [...smallCounts(effectOfLift(posterior.median, lift), rest), ...baselineCautions(known)],
    assumptions: baselineAssumptions(known),
  };
}
