import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import { UNIFORM_PRIOR } from "../models/beta-prior.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { type ArmAhead, checkRemaining } from "./arm-ahead.ts";
import { type BetaPriorChoice, type BetaPriorChoices, type BetaPriors, checkedPriors } from "./beta-prior.ts";
import type { EachArm } from "./each-arm.ts";
import { type CheckedCriterion, checkedCriterion, type SuccessCriterion } from "./success-criterion.ts";
import { type SuccessProbability, successProbability } from "./success-probability.ts";
import { checkSeen } from "./update-rate.ts";

export interface PredictiveProbabilityOptions {
  /** What was seen so far; n = 0 is legal. */
  readonly control: Proportion;
  readonly treatment: Proportion;
  /** Units to come of each arm. */
  readonly remaining: EachArm<number>;
  /** What makes the end a success; two-sided significance at 5 % unless said. */
  readonly criterion?: SuccessCriterion | undefined;
  /** Of both arms, or one for each; uniform, Beta(1, 1), unless said. */
  readonly prior?: BetaPriorChoice | BetaPriorChoices | undefined;
}

/** How likely an experiment is to end as a success, given the data so far. */
export interface PredictiveProbability extends Result<"predictive-probability">, SuccessProbability {
  readonly method: "enumeration";
  readonly criterion: CheckedCriterion;
  readonly prior: BetaPriors;
  readonly remaining: EachArm<number>;
}

/**
 * The probability, given the data so far, that the end of an experiment on two conversion rates will be a success: that
 * its test will be significant, one arm be believed the better one, or its choice cost no more than anyone cares about.
 *
 * The conversions to come of each arm are beta-binomial, by its posterior of now; all ends are listed, so that nothing is
 * approximated. Unlike the chance to be the better arm it asks whether the experiment will be able to say so, and so
 * whether running on is of use. Significance is taken as if it were tested at the end only. Time grows with the numbers
 * of conversions that may come: milliseconds for thousands, half a second for a million; tens of milliseconds more for
 * the criteria on posteriors.
 *
 * @param options.control - conversions and units of the control so far; n = 0 is legal
 * @param options.treatment - the same of the treatment
 * @param options.remaining - `{ control, treatment }`, units to come, whole numbers from 0
 * @param options.criterion - `{ kind: "significance", alpha, alternative }` (pooled z-test; the default, two-sided at 0.05),
 *   `{ kind: "posterior-probability", probability }` from 0.5 to below 1, 0.95 unless said, or
 *   `{ kind: "expected-loss", thresholdOfCaring }` in rates, above 0
 * @param options.prior - `{ alpha, beta }` with shapes from 1e-6 to 1e15, `"uniform"` (1 and 1, the default) or
 *   `"jeffreys"` (1/2 and 1/2), of both arms; or `{ control, treatment }` with one each
 * @returns the probability of success for either arm, and its sides: `greater` for the treatment, `less` for the control
 * @throws {DomainError} for broken arms or options, and for units to come that may bring more than 4 million numbers of
 *   conversions
 * @example
 * ```ts
 * import { predictiveProbability } from "microlift";
 * const ahead = predictiveProbability({
 *   control: { n: 1000, conversions: 50 },
 *   treatment: { n: 1000, conversions: 65 },
 *   remaining: { control: 1000, treatment: 1000 },
 * });
 * ahead.probability; // 0.5279
 * ahead.sides.less; // 3.457e-5
 * ```
 * Source: Spiegelhalter, Freedman and Blackburn (1986); Lee and Liu (2008), Clinical Trials 5, 93–106, for the enumeration.
 */
export function predictiveProbability(options: PredictiveProbabilityOptions): PredictiveProbability {
  checkObject("options", options);
  const { control, treatment, remaining, prior = UNIFORM_PRIOR } = options;
  checkSeen("control", control);
  checkSeen("treatment", treatment);
  checkObject("remaining", remaining);
  checkRemaining("remaining.control", remaining.control, control);
  checkRemaining("remaining.treatment", remaining.treatment, treatment);
  const criterion = checkedCriterion(options.criterion);
  const priors = checkedPriors(prior);
  const arms: EachArm<ArmAhead> = {
    control: { seen: control, prior: priors.control, remaining: remaining.control },
    treatment: { seen: treatment, prior: priors.treatment, remaining: remaining.treatment },
  };
  const fields = { control: "remaining.control", treatment: "remaining.treatment" };
  return {
    kind: "predictive-probability",
    method: "enumeration",
    ...successProbability(arms, criterion, fields),
    criterion,
    prior: priors,
    remaining: { control: remaining.control, treatment: remaining.treatment },
    warnings: [],
    assumptions: [...PREDICTION_ASSUMPTIONS],
  };
}

export const PREDICTION_ASSUMPTIONS: readonly string[] = [
  "Units are independent of each other, and those to come convert at the rates of those seen.",
  "The two rates are independent before the data.",
  "Only the end counts: nothing is decided before it.",
];
