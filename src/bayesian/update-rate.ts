import { checkObject } from "../core/checks.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import { type BetaDensity, betaDensity } from "../numerics/beta-density.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";

/** Checks an arm, which may be empty, and updates its prior, which is checked already. */
export function updateRate(field: string, arm: Proportion, { alpha, beta }: BetaPrior): BetaDensity {
  checkObject(field, arm);
  const { n, conversions } = arm;
  const isEmpty = n === 0 && conversions === 0;
  if (!isEmpty) checkProportion(field, arm);
  return betaDensity(alpha + conversions, beta + (n - conversions));
}
