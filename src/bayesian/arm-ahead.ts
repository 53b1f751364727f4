import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import { type BetaDensity, betaDensity } from "../numerics/beta-density.ts";
import { betaBinomialCounts, type CountProbabilities } from "../numerics/beta-binomial-counts.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { rateGiven } from "./update-rate.ts";

/** One arm of an experiment that goes on: what was seen of it, and how many units are to come. */
export interface ArmAhead {
  readonly seen: Proportion;
  readonly prior: BetaPrior;
  readonly remaining: number;
}

/** Counts of one arm that are listed at most. */
const MOST_COUNTS = 4e6;

export function checkRemaining(field: string, remaining: number, { n }: Proportion): void {
  checkCount(field, remaining);
  if (n + remaining === 0)
    throw new DomainError(field, remaining, "must be at least 1 for an arm of no units");
  checkCount(field, n + remaining);
}

/** The posterior of the arm's rate as it is now. */
export function posteriorNow({ seen, prior }: ArmAhead): BetaDensity {
  return rateGiven(prior, seen);
}

/** The posterior after `conversions` more, not necessarily a whole number of them. */
export function posteriorAfter({ seen, prior, remaining }: ArmAhead, conversions: number): BetaDensity {
  return betaDensity(
    prior.alpha + seen.conversions + conversions,
    prior.beta + (seen.n - seen.conversions) + (remaining - conversions),
  );
}

/** The arm at its end, after `conversions` more. */
export function armAfter({ seen, remaining }: ArmAhead, conversions: number): Proportion {
  return { n: seen.n + remaining, conversions: seen.conversions + conversions };
}

/** How probable each number of conversions to come is; null where there are too many to list. */
export function likelyCounts(arm: ArmAhead, logNegligible?: number): CountProbabilities | null {
  const { a, b } = posteriorNow(arm);
  return betaBinomialCounts(arm.remaining, a, b, MOST_COUNTS, logNegligible);
}

/** What is wrong with units whose conversions are too many to list. */
export const TOO_MANY_COUNTS: string = `must leave at most ${MOST_COUNTS} numbers of conversions possible: plan with fewer units, or after more data`;
