import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import { betaDensity } from "../numerics/beta-density.ts";
import { type BetaPriorChoice, type BetaPriorChoices, type BetaPriors, checkedPriors } from "./beta-prior.ts";
import { betterArm } from "./better-arm.ts";
import type { EachArm } from "./each-arm.ts";
import { checkedPlannedUnits, NOT_SEEN } from "./planned-arms.ts";
import { PREDICTION_ASSUMPTIONS } from "./predictive-probability.ts";
import { type CheckedCriterion, checkedCriterion, type SuccessCriterion } from "./success-criterion.ts";
import { type SuccessProbability, successProbability } from "./success-probability.ts";
import { exp } from "../numerics/elementary/exp.ts";

export interface BetaBinomialAssuranceOptions {
  /** Of both arms, or one for each. */
  readonly prior: BetaPriorChoice | BetaPriorChoices;
  /** Units of the control arm. */
  readonly n: number;
  /** Treatment n over control n; 1 unless said. */
  readonly allocation?: number | undefined;
  /** What makes the end a success; two-sided significance at 5 % unless said. */
  readonly criterion?: SuccessCriterion | undefined;
}

/** How probably an experiment on two rates will be a success, before any data. */
export interface BetaBinomialAssurance extends Result<"beta-binomial-assurance">, SuccessProbability {
  readonly method: "enumeration";
  readonly criterion: CheckedCriterion;
  readonly prior: BetaPriors;
  readonly units: EachArm<number>;
  /** P(treatment rate > control rate) by the priors: what `sides.greater` tends to as an experiment grows. */
  readonly probabilityOfBenefit: number;
}

/**
 * The assurance of an experiment on two conversion rates: the probability that it will be a success, averaged over Beta
 * priors of both rates.
 *
 * It is `predictiveProbability` with no data so far: all ends are listed, and nothing is approximated. The priors are those
 * of the analysis too. For a prior on the effect itself, which is what most people have, see `assurance`; for a lift taken
 * as given over an uncertain baseline, `assuranceForProportions`. Time and limits are those of `predictiveProbability`.
 *
 * @param options.prior - `{ alpha, beta }` with shapes from 1e-6 to 1e15, `"uniform"` (1 and 1) or `"jeffreys"` (1/2 and 1/2), of
 *   both arms; or `{ control, treatment }` with one each
 * @param options.n - units of the control arm, a whole number of at least 1
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.criterion - as `predictiveProbability` takes it; two-sided significance at 0.05 unless said
 * @returns the probability of success for either arm, its sides, and the probability of a benefit
 * @throws {DomainError} for a prior or sizes out of range, and for sizes that may bring more than 4 million numbers of
 *   conversions
 * @example
 * ```ts
 * import { assuranceForBetaBinomial } from "microlift";
 * const planned = assuranceForBetaBinomial({
 *   prior: { control: { alpha: 500, beta: 9500 }, treatment: { alpha: 52, beta: 948 } },
 *   n: 10_000,
 * });
 * planned.sides.greater; // 0.2921
 * planned.probabilityOfBenefit; // 0.5942
 * ```
 * Source: O'Hagan, Stevens and Campbell (2005), Pharmaceutical Statistics 4, 187–201.
 */
export function assuranceForBetaBinomial(options: BetaBinomialAssuranceOptions): BetaBinomialAssurance {
  checkObject("options", options);
  const priors = checkedPriors(options.prior);
  const units = checkedPlannedUnits("n", options.n, checkedAllocation(options.allocation), 1);
  const criterion = checkedCriterion(options.criterion);
  const arms = {
    control: { seen: NOT_SEEN, prior: priors.control, remaining: units.control },
    treatment: { seen: NOT_SEEN, prior: priors.treatment, remaining: units.treatment },
  };
  const density = ({ alpha, beta }: BetaPrior): ReturnType<typeof betaDensity> => betaDensity(alpha, beta);
  const { logProbabilityToBeat } = betterArm(density(priors.control), density(priors.treatment));
  return {
    kind: "beta-binomial-assurance",
    method: "enumeration",
    ...successProbability(arms, criterion, { control: "n", treatment: "n" }),
    criterion,
    prior: priors,
    units,
    probabilityOfBenefit: exp(logProbabilityToBeat),
    warnings: [],
    assumptions: [...PREDICTION_ASSUMPTIONS],
  };
}
