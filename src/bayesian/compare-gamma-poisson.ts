import { checkObject } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { comparedArms } from "./compared-arms.ts";
import { countsCompared, type CountsToCompare } from "./counts-compared.ts";
import { checkedComparison, type ComparisonOptions } from "./comparison-options.ts";
import type { EachArm } from "./each-arm.ts";
import { effectPosterior, type KnownEffectPosterior } from "./effect-posterior.ts";
import { DIFFERENCE_SCALE, LIFT_SCALE } from "./effect-scale.ts";
import {
  betterGamma,
  gammaDifference,
  gammaDifferenceMoments,
  gammaLiftMoments,
  gammaLogRatio,
} from "./gamma-effects.ts";
import { type GammaPosterior, gammaPosterior } from "./gamma-posterior.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import type { PosteriorComparison } from "./posterior-comparison.ts";

export interface CompareGammaPoissonOptions extends CountsToCompare, ComparisonOptions {}

/** What `compareGammaPoisson` finds. */
export interface GammaPoissonComparison extends PosteriorComparison<
  "gamma-poisson-comparison",
  GammaPosterior
> {
  readonly prior: EachArm<GammaPrior>;
  readonly difference: KnownEffectPosterior;
  readonly lift: KnownEffectPosterior;
}

/**
 * Compares the rates of events per unit, such as sessions per user, of two arms by their posterior distributions: how
 * probably the treatment's rate is the higher one, what either choice is expected to lose or gain, and the difference
 * and the lift with credible intervals.
 *
 * Each rate has a gamma prior and, events being Poisson, a gamma posterior, independent of the other's. Probabilities,
 * losses and the lift have closed forms; the difference is integrated. Nothing is simulated.
 *
 * @param options.control - units and events of the control arm; their `exposure` where events are counted per something
 *   else, such as user-days; the `variance` between units, if known in both arms, to check the model; n = 0 is legal
 *   under a proper prior
 * @param options.treatment - the same of the treatment arm
 * @param options.prior - `{ shape, rate }` with a shape from 1e-6 to 1e15 and a rate of 0 or from 1e-15 to 1e15,
 *   `"jeffreys"` (1/2 and 0, the default) or `"uniform"` (1 and 0), for both arms; or `{ control, treatment }` with one
 *   of these each
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.thresholdOfCaring - a difference of rates at or above 0: an arm that is expected to lose no more may be
 *   chosen
 * @param options.quantileLevels - levels in (0, 1) at which every posterior is read
 * @returns probabilities, losses, effects with equal-tailed and highest-density intervals, and the posterior of each arm
 * @throws {DomainError} for a broken arm, a prior out of range, an empty arm under a prior with rate 0, a level outside
 *   (0, 1) or a threshold below 0
 * @example
 * ```ts
 * import { compareGammaPoisson } from "microlift";
 * const result = compareGammaPoisson({
 *   control: { n: 1000, events: 120 },
 *   treatment: { n: 1010, events: 150 },
 *   prior: { shape: 1, rate: 1 },
 * });
 * result.probabilityToBeat; // 0.9592
 * result.lift.estimate; // 0.2363
 * ```
 * Gelman et al. (2013), Bayesian Data Analysis, 2.6; of the lift Johnson, Kotz and Balakrishnan (1994), 17.8.
 */
export function compareGammaPoisson(options: CompareGammaPoissonOptions): GammaPoissonComparison {
  checkObject("options", options);
  const { prior, control, treatment, warnings, assumptions } = countsCompared(options);
  const { confidenceLevel, thresholdOfCaring, quantileLevels } = checkedComparison(options);
  return {
    kind: "gamma-poisson-comparison",
    method: "gamma-poisson",
    confidenceLevel,
    prior,
    posterior: {
      control: gammaPosterior(control, confidenceLevel, quantileLevels),
      treatment: gammaPosterior(treatment, confidenceLevel, quantileLevels),
    },
    ...comparedArms(betterGamma(control, treatment), thresholdOfCaring),
    difference: effectPosterior(
      gammaDifference(control, treatment),
      DIFFERENCE_SCALE,
      gammaDifferenceMoments(control, treatment),
      "mean",
      confidenceLevel,
      quantileLevels,
    ),
    lift: effectPosterior(
      gammaLogRatio(control, treatment),
      LIFT_SCALE,
      gammaLiftMoments(control, treatment),
      "median",
      confidenceLevel,
      quantileLevels,
    ),
    status: "ok",
    warnings: control.shape <= 2 ? [...warnings, HEAVY_TAIL] : warnings,
    assumptions,
  };
}

const HEAVY_TAIL: Warning = {
  code: "LIFT_HEAVY_TAIL",
  message:
    "The control has so few events that the lift has no finite standard deviation: read its median and interval.",
};
