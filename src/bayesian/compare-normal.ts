import { checkObject } from "../core/checks.ts";
import { betterMean } from "./better-mean.ts";
import { comparedArms } from "./compared-arms.ts";
import { checkedComparison, type ComparisonOptions } from "./comparison-options.ts";
import type { EachArm } from "./each-arm.ts";
import { type EffectPosterior, effectPosterior, type KnownEffectPosterior } from "./effect-posterior.ts";
import { DIFFERENCE_SCALE } from "./effect-scale.ts";
import { meansCompared, type MeansToCompare } from "./means-compared.ts";
import { normalDifference, normalDifferenceMoments } from "./normal-effects.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import { normalLift } from "./normal-lift.ts";
import { type NormalPosterior, normalPosterior } from "./normal-posterior.ts";
import type { PosteriorComparison } from "./posterior-comparison.ts";
import { undeterminedEffect } from "./undetermined-effect.ts";

export interface CompareNormalOptions extends MeansToCompare, ComparisonOptions {}

/** What `compareNormal` finds. */
export interface NormalComparison extends PosteriorComparison<"normal-comparison", NormalPosterior> {
  readonly prior: EachArm<NormalInverseGammaPrior>;
  /**
   * Treatment mean − control mean. The estimate is where its distribution is centred; `mean` is infinite with at most
   * one degree of freedom in an arm.
   */
  readonly difference: KnownEffectPosterior;
  /**
   * Treatment / control − 1 given a control mean above 0. It has no moments, since a normal mean may lie next to 0,
   * however seldom: `mean` and `standardError` are infinite, and the estimate is the median.
   */
  readonly lift: EffectPosterior;
}

/**
 * Compares the means of a metric, such as revenue per user, of two arms by their posterior distributions: how probably
 * the treatment's mean is the higher one, what either choice is expected to lose or gain, and the difference and the
 * lift with credible intervals.
 *
 * The units of each arm are normal with a mean and a variance of their own, both unknown, under a normal–inverse-gamma
 * prior; each mean is then Student's t, and their difference has the distribution of Behrens and Fisher, integrated and
 * not approximated. With many units the same holds of metrics that are not normal. The lift is that given a control mean
 * above 0, and `undetermined` where that is not sure enough for the interval.
 *
 * @param options.control - units, mean and sample variance of the control arm; under the prior `reference` at least 2
 *   units and a variance from 1e-300; n = 0 is legal under a proper prior
 * @param options.treatment - the same of the treatment arm
 * @param options.prior - `{ mu, kappa, alpha, beta }`, with kappa from 1e-12, alpha from 0.1 and beta above 0, or
 *   `"reference"` (density 1/σ², the default), for both arms; or `{ control, treatment }` with one of these each
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.thresholdOfCaring - a difference of means at or above 0: an arm that is expected to lose no more may be
 *   chosen
 * @param options.quantileLevels - levels in (0, 1) at which every posterior is read
 * @returns probabilities, losses, effects with equal-tailed and highest-density intervals, and the posterior of each arm
 * @throws {DomainError} for a broken arm, too few units or no variance under `reference`, a prior out of range, a level
 *   outside (0, 1) or a threshold below 0
 * @example
 * ```ts
 * import { compareNormal } from "microlift";
 * const result = compareNormal({
 *   control: { n: 1000, mean: 10.2, variance: 16.8 },
 *   treatment: { n: 1020, mean: 10.6, variance: 17.4 },
 * });
 * result.probabilityToBeat; // 0.985
 * result.lift.estimate; // 0.0392
 * ```
 * Gelman et al. (2013), Bayesian Data Analysis, 3.2 and 3.3; of the difference Behrens (1929) and Fisher (1935).
 */
export function compareNormal(options: CompareNormalOptions): NormalComparison {
  checkObject("options", options);
  const { prior, control, treatment, warnings, assumptions } = meansCompared(options);
  const { confidenceLevel, thresholdOfCaring, quantileLevels } = checkedComparison(options);
  const lift = normalLift(control, treatment, confidenceLevel);
  const difference = normalDifference(control, treatment);
  const moments = normalDifferenceMoments(control, treatment);
  return {
    kind: "normal-comparison",
    method: "normal-inverse-gamma",
    confidenceLevel,
    prior,
    posterior: {
      control: normalPosterior(control, confidenceLevel, quantileLevels),
      treatment: normalPosterior(treatment, confidenceLevel, quantileLevels),
    },
    ...comparedArms(betterMean(control, treatment), thresholdOfCaring),
    difference: {
      ...effectPosterior(
        difference.contrast,
        difference.scale,
        moments,
        "median",
        confidenceLevel,
        quantileLevels,
      ),
      estimate: treatment.mu - control.mu,
      median: treatment.mu - control.mu,
    },
    lift:
      lift.contrast === null
        ? undeterminedEffect(confidenceLevel)
        : effectPosterior(
            lift.contrast,
            DIFFERENCE_SCALE,
            { mean: Infinity, standardDeviation: Infinity },
            "median",
            confidenceLevel,
            quantileLevels,
          ),
    status: "ok",
    warnings: [...warnings, ...lift.warnings],
    assumptions,
  };
}
