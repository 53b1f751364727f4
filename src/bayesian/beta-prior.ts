import { checkOneOf } from "../core/checks.ts";
import { type BetaPrior, checkedBetaPrior, UNIFORM_PRIOR } from "../models/beta-prior.ts";
import { checkedEachArm, type EachArm } from "./each-arm.ts";

/**
 * A Beta distribution, or the name of one: `uniform`, Beta(1, 1), under which every rate is as likely as any other, or
 * `jeffreys`, Beta(1/2, 1/2), which says the same about rates, odds and their logs.
 */
export type BetaPriorChoice = BetaPrior | "uniform" | "jeffreys";

/** One prior for each arm. */
export type BetaPriors = EachArm<BetaPrior>;

/** One prior for each arm, some of them by name. */
export type BetaPriorChoices = EachArm<BetaPriorChoice>;

const NAMED = { uniform: UNIFORM_PRIOR, jeffreys: { alpha: 0.5, beta: 0.5 } };

/** The prior of each arm, checked, in numbers. */
export function checkedPriors(prior: BetaPriorChoice | BetaPriorChoices): BetaPriors {
  return checkedEachArm("prior", prior, checkedPrior);
}

/** One prior, checked, in numbers. */
export function checkedPrior(field: string, prior: BetaPriorChoice): BetaPrior {
  if (typeof prior !== "string") return checkedBetaPrior(field, prior);
  checkOneOf(field, prior, ["uniform", "jeffreys"]);
  return NAMED[prior];
}
