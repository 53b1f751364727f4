import type { BetaPrior } from "../models/beta-prior.ts";
import { type BetaDensity, betaDensity } from "../numerics/beta-density.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { checkSeen } from "./arm-ahead.ts";

/** Checks an arm, which may be empty, and updates its prior, which is checked already. */
export function updateRate(field: string, arm: Proportion, { alpha, beta }: BetaPrior): BetaDensity {
  checkSeen(field, arm);
  return betaDensity(alpha + arm.conversions, beta + (arm.n - arm.conversions));
}
