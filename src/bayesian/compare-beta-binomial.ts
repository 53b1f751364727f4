import { checkObject } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { differencePosterior, liftPosterior, oddsRatioPosterior } from "./beta-effects.ts";
import { type BetaPosterior, betaPosterior } from "./beta-posterior.ts";
import type { BetaPriors } from "./beta-prior.ts";
import { betterArm } from "./better-arm.ts";
import { comparedArms } from "./compared-arms.ts";
import { checkedComparison, type ComparisonOptions } from "./comparison-options.ts";
import type { KnownEffectPosterior } from "./effect-posterior.ts";
import type { PosteriorComparison } from "./posterior-comparison.ts";
import { ratesCompared, type RatesToCompare } from "./rates-compared.ts";

/** The threshold of caring is a difference of rates. */
export interface CompareBetaBinomialOptions extends RatesToCompare, ComparisonOptions {}

/** What `compareBetaBinomial` finds. */
export interface BetaBinomialComparison extends PosteriorComparison<
  "beta-binomial-comparison",
  BetaPosterior
> {
  readonly prior: BetaPriors;
  readonly difference: KnownEffectPosterior;
  readonly lift: KnownEffectPosterior;
  /** Treatment odds / control odds; the estimate is the posterior median, since the mean may be infinite. */
  readonly oddsRatio: KnownEffectPosterior;
}

/**
 * Compares the conversion rates of two arms by their posterior distributions: how probably the treatment's rate is the
 * higher one, what either choice is expected to lose or gain, and the difference, the lift and the odds ratio with
 * credible intervals.
 *
 * Each rate has a Beta prior, and so a Beta posterior, independent of the other's. All results are exact for these, by
 * deterministic quadrature; there is no Monte Carlo error, at any size and however small a probability.
 *
 * @param options.control - conversions and units of the control arm; n = 0 is legal and leaves the prior
 * @param options.treatment - the same of the treatment arm
 * @param options.prior - `{ alpha, beta }` with shapes from 1e-6 to 1e15, `"uniform"` (1 and 1, the default) or
 *   `"jeffreys"` (1/2 and 1/2), for both arms; or `{ control, treatment }` with one of these each
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.thresholdOfCaring - a difference of rates at or above 0: an arm that is expected to lose no more may be
 *   chosen
 * @param options.quantileLevels - levels in (0, 1) at which every posterior is read
 * @returns probabilities, losses, effects with equal-tailed and highest-density intervals, and the posterior of each arm
 * @throws {DomainError} for a broken arm, a prior shape out of range, a level outside (0, 1) or a threshold below 0
 * @example
 * ```ts
 * import { compareBetaBinomial } from "microlift";
 * const result = compareBetaBinomial({
 *   control: { n: 1000, conversions: 50 },
 *   treatment: { n: 1000, conversions: 65 },
 * });
 * result.probabilityToBeat; // 0.924
 * result.expectedLoss.treatment; // 0.00035
 * ```
 * Quadrature: Trefethen and Weideman (2014), SIAM Review 56, 385–458. Expected loss as the criterion: Stucchi (2015).
 */
export function compareBetaBinomial(options: CompareBetaBinomialOptions): BetaBinomialComparison {
  checkObject("options", options);
  const { control, treatment, prior, warnings, assumptions } = ratesCompared(options);
  const { confidenceLevel, thresholdOfCaring, quantileLevels } = checkedComparison(options);

  return {
    kind: "beta-binomial-comparison",
    method: "quadrature",
    confidenceLevel,
    prior,
    posterior: {
      control: betaPosterior(control, confidenceLevel, quantileLevels),
      treatment: betaPosterior(treatment, confidenceLevel, quantileLevels),
    },
    ...comparedArms(betterArm(control, treatment), thresholdOfCaring),
    difference: differencePosterior(control, treatment, confidenceLevel, quantileLevels),
    lift: liftPosterior(control, treatment, confidenceLevel, quantileLevels),
    oddsRatio: oddsRatioPosterior(control, treatment, confidenceLevel, quantileLevels),
    status: "ok",
    warnings: control.a <= 2 ? [...warnings, HEAVY_TAIL] : warnings,
    assumptions,
  };
}

const HEAVY_TAIL: Warning = {
  code: "LIFT_HEAVY_TAIL",
  message:
    "The control has so few conversions that the lift has no finite standard deviation: read its median and interval.",
};
