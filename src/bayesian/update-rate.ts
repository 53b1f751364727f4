import { checkObject } from "../core/checks.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import { type BetaDensity, betaDensity } from "../numerics/beta-density.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";

/** Checks an arm that may be empty. */
export function checkSeen(field: string, seen: Proportion): void {
  checkObject(field, seen);
  const isEmpty = seen.n === 0 && seen.conversions === 0;
  if (!isEmpty) checkProportion(field, seen);
}

/** The posterior of a rate from its prior and what was seen, both checked already. */
export function rateGiven({ alpha, beta }: BetaPrior, { n, conversions }: Proportion): BetaDensity {
  return betaDensity(alpha + conversions, beta + (n - conversions));
}

/** The same of an arm that is still to be checked and may be empty. */
export function updateRate(field: string, arm: Proportion, prior: BetaPrior): BetaDensity {
  checkSeen(field, arm);
  return rateGiven(prior, arm);
}
