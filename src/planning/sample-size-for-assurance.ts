import { checkObject } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { smallCounts, unreachable } from "./planning-cautions.ts";
import { effectOfLift } from "./proportion-effect.ts";
import { plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import { type SampleSize, type SampleSizeOptions, solveSizes } from "./sample-size.ts";
import {
  averagedTest,
  baselineAssumptions,
  baselineCautions,
  type BaselinePosterior,
  uncertainBaseline,
  type UncertainBaselineOptions,
} from "./uncertain-baseline.ts";

export interface AssuranceSampleSizeOptions
  extends UncertainBaselineOptions, Omit<SampleSizeOptions, "power"> {
  /** Power on average over the posterior, in (0, 1) and above the type I error in its tail; 0.8 unless said. */
  readonly assurance?: number | undefined;
}

/** How many units each arm needs, where the control's rate is known from data only. */
export interface ProportionAssuranceSampleSize extends Omit<
  SampleSize<"proportion-assurance-sample-size">,
  "power" | "targetPower"
> {
  readonly method: ProportionTest;
  /** Power at whole units, averaged over the posterior of the control's rate: at least the target. */
  readonly assurance: number;
  readonly targetAssurance: number;
  /** Unrounded units of the control arm that the ends of the posterior's interval would need for the same power. */
  readonly controlInterval: Interval;
  /** Unrounded units of the control arm that the posterior's median would need. */
  readonly controlAtMedian: number;
  readonly baseline: BaselinePosterior;
  readonly lift: number;
  /** The share of the posterior that is left out, since the lifted rate would be 1 or more there. */
  readonly excludedProbability: number;
}

/**
 * How many units each arm needs, so that a test of two conversion rates detects a lift with the probability asked for on
 * average over what past data leave open about the control's rate.
 *
 * H0: the two rates are equal. H1: the treatment's is the control's times 1 + lift. The rate of the control has a Beta
 * posterior; the lift is taken as given, whatever the rate. Takes a few milliseconds.
 *
 * @param options.baseline - past `{ conversions, n }`, n at least 1; may be left out where `prior` is given
 * @param options.prior - `{ alpha, beta }` of the rate before these data, shapes from 1e-6 to 1e15; uniform unless said
 * @param options.lift - treatment rate / control rate − 1, above −1
 * @param options.assurance - average power, in (0, 1) and above the type I error in the tail; 0.8 unless said
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0, or `optimal` for the one with the fewest units in
 *   all; 1 unless said
 * @param options.test - `score` (pooled z-test, the default), `yates` (with continuity correction), `wald` (unpooled) or
 *   `arcsine` (Cohen's h)
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @param options.varianceReduction - `{ covariateCorrelation }` (CUPED) or `{ explainedVariance }` (strata)
 * @param options.clusters - `{ size, intraclassCorrelation, sizeVariation }` where whole clusters are assigned
 * @returns whole units per arm with the unrounded numbers beside them, and what the median rate and both ends of the
 *   posterior's interval would need; Infinity with a warning where the lift is 0 or on the side not looked at
 * @throws {DomainError} for broken data, or a lift that takes the treatment rate above 1 over half of the posterior
 * @example
 * ```ts
 * import { sampleSizeForAssurance } from "microlift";
 * const plan = sampleSizeForAssurance({ baseline: { conversions: 25, n: 500 }, lift: 0.2 });
 * plan.control; // 8117
 * plan.controlInterval.upper; // 12155.0
 * ```
 * Source: O'Hagan, Stevens and Campbell (2005), Assurance in clinical trial design, for a nuisance parameter.
 */
export function sampleSizeForAssurance(options: AssuranceSampleSizeOptions): ProportionAssuranceSampleSize {
  checkObject("options", options);
  const known = uncertainBaseline(options);
  const { test, lift, posterior } = known;
  const { sizes, design } = solveSizes(
    (allocation) => averagedTest(known, allocation),
    { ...options, power: options.assurance },
    "assurance",
  );
  const { power: assurance, targetPower: targetAssurance, ...rest } = sizes;
  const effect = effectOfLift(posterior.median, lift);
  const controlAt = (rate: number): number =>
    plannedProportionTest(test, effectOfLift(rate, lift), sizes.allocation).requiredUnits(
      design,
      targetAssurance,
    ) * sizes.varianceFactor;
  const ends = [controlAt(posterior.interval.lower), controlAt(posterior.interval.upper)];
  return {
    kind: "proportion-assurance-sample-size",
    method: test,
    assurance,
    targetAssurance,
    ...rest,
    controlInterval: { ...posterior.interval, lower: Math.min(...ends), upper: Math.max(...ends) },
    controlAtMedian: controlAt(posterior.median),
    baseline: posterior,
    lift,
    excludedProbability: known.excludedProbability,
    warnings: [
      ...(sizes.status === "unbounded" ? [unreachable(lift, design)] : smallCounts(effect, sizes)),
      ...baselineCautions(known),
    ],
    assumptions: baselineAssumptions(known),
  };
}
