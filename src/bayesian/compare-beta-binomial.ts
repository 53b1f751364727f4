import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { type BetaPrior, UNIFORM_PRIOR } from "../models/beta-prior.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { type BetaDensity, betaDensity } from "../numerics/beta-density.ts";
import { differencePosterior, liftPosterior } from "./beta-effects.ts";
import { type BetaPosterior, betaPosterior } from "./beta-posterior.ts";
import { type BetaPriors, checkedPriors } from "./beta-prior.ts";
import type { KnownEffectPosterior } from "./effect-posterior.ts";
import { betterArm } from "./better-arm.ts";
import { logBetaCumulants } from "./cumulants.ts";

export interface CompareBetaBinomialOptions {
  readonly control: Proportion;
  readonly treatment: Proportion;
  /** Of both arms, or one for each; uniform, Beta(1, 1), unless said. */
  readonly prior?: BetaPrior | BetaPriors | undefined;
  /** Posterior probability of each interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What `compareBetaBinomial` finds. */
export interface BetaBinomialComparison extends Result<"beta-binomial-comparison"> {
  readonly confidenceLevel: number;
  readonly prior: BetaPriors;
  readonly posterior: { readonly control: BetaPosterior; readonly treatment: BetaPosterior };
  /** P(treatment rate > control rate). */
  readonly probabilityToBeat: number;
  /** Its natural log, finite far below 1e-308. */
  readonly logProbabilityToBeat: number;
  /** P(treatment rate < control rate), computed as a tail of its own. */
  readonly probabilityToLose: number;
  /** Its natural log, finite far below 1e-308. */
  readonly logProbabilityToLose: number;
  /**
   * By which rate the arm is expected to fall short of the other where the other is better: `treatment` is what
   * choosing the treatment is expected to lose, E max(control rate − treatment rate, 0).
   */
  readonly expectedLoss: { readonly control: number; readonly treatment: number };
  /** Treatment rate − control rate; the estimate is the posterior mean. */
  readonly difference: KnownEffectPosterior;
  /** Treatment rate / control rate − 1; the estimate is the posterior median, since the mean may be infinite. */
  readonly lift: KnownEffectPosterior;
  readonly status: Status;
}

/**
 * Compares the conversion rates of two arms by their posterior distributions: how probably the treatment's rate is the
 * higher one, what either choice is expected to lose, and the difference and the lift with credible intervals.
 *
 * Each rate has a Beta prior, and so a Beta posterior, independent of the other's. All results are exact for these, by
 * deterministic quadrature; there is no Monte Carlo error, at any size and however small a probability.
 *
 * @param options.control - conversions and units of the control arm; n = 0 is legal and leaves the prior
 * @param options.treatment - the same of the treatment arm
 * @param options.prior - `{ alpha, beta }` of both arms, or `{ control, treatment }` with one each; shapes from 1e-6 to
 *   1e15, uniform (1 and 1) unless said
 * @param options.confidenceLevel - posterior probability of the equal-tailed intervals, in (0, 1); 0.95 unless said
 * @returns probabilities, losses, effects with intervals, and the posterior of each arm
 * @throws {DomainError} for a broken arm, a prior shape out of range, or a level outside (0, 1)
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
  const { control, treatment, prior = UNIFORM_PRIOR, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  checkArm("control", control);
  checkArm("treatment", treatment);
  const priors = checkedPriors(prior);
  checkOpenUnit("confidenceLevel", confidenceLevel);

  const ofControl = posteriorDensity(control, priors.control);
  const ofTreatment = posteriorDensity(treatment, priors.treatment);
  const { logProbabilityToBeat, logProbabilityToLose, expectedLoss } = betterArm(ofControl, ofTreatment);
  return {
    kind: "beta-binomial-comparison",
    method: "quadrature",
    confidenceLevel,
    prior: priors,
    posterior: {
      control: betaPosterior(ofControl, confidenceLevel),
      treatment: betaPosterior(ofTreatment, confidenceLevel),
    },
    probabilityToBeat: Math.exp(logProbabilityToBeat),
    logProbabilityToBeat,
    probabilityToLose: Math.exp(logProbabilityToLose),
    logProbabilityToLose,
    expectedLoss,
    difference: differencePosterior(ofControl, ofTreatment, confidenceLevel),
    lift: liftPosterior(ofControl, ofTreatment, confidenceLevel),
    status: "ok",
    warnings: cautions(ofControl, control, treatment, priors),
    assumptions: [
      "Units are independent of each other, and all units of an arm convert at the same rate.",
      priorAssumption(priors),
    ],
  };
}

function checkArm(field: string, arm: Proportion): void {
  checkObject(field, arm);
  const isEmpty = arm.n === 0 && arm.conversions === 0;
  if (!isEmpty) checkProportion(field, arm);
}

function posteriorDensity({ n, conversions }: Proportion, { alpha, beta }: BetaPrior): BetaDensity {
  return betaDensity(alpha + conversions, beta + (n - conversions));
}

function priorAssumption({ control, treatment }: BetaPriors): string {
  const variance =
    logBetaCumulants(treatment.alpha, treatment.beta).variance +
    logBetaCumulants(control.alpha, control.beta).variance;
  return (
    `Before the data the two rates are independent, Beta(${treatment.alpha}, ${treatment.beta}) for the treatment and ` +
    `Beta(${control.alpha}, ${control.beta}) for the control. That lets the log of their ratio vary with a standard ` +
    `deviation of ${Math.sqrt(variance).toPrecision(2)}, where most changes one tests move it by less than 0.1: large ` +
    "lifts are believed too easily while there are few conversions."
  );
}

function cautions(
  ofControl: BetaDensity,
  control: Proportion,
  treatment: Proportion,
  priors: BetaPriors,
): Warning[] {
  const warnings: Warning[] = [];
  const outweighed = (["control", "treatment"] as const).filter(
    (arm) => priors[arm].alpha + priors[arm].beta > { control, treatment }[arm].n,
  );
  if (outweighed.length > 0) {
    warnings.push({
      code: "PRIOR_OUTWEIGHS_DATA",
      message: `The prior counts for more units than there are data (${outweighed.join(" and ")}): the result is mostly the prior.`,
    });
  }
  if (ofControl.a <= 2) {
    warnings.push({
      code: "LIFT_HEAVY_TAIL",
      message:
        "The control has so few conversions that the lift has no finite standard deviation: read its median and interval.",
    });
  }
  return warnings;
}
