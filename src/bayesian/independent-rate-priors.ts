import { checkObject } from "../core/checks.ts";
import { type BetaPrior, checkedBetaPrior, UNIFORM_PRIOR } from "../models/beta-prior.ts";
import type { EachArm } from "./each-arm.ts";

/** Priors of independent rates where they differ, and of the one rate where they do not. */
export interface IndependentRatePriors extends EachArm<BetaPrior> {
  readonly null: BetaPrior;
}

export function checkedIndependentPriors(
  prior: BetaPrior | IndependentRatePriors = UNIFORM_PRIOR,
): IndependentRatePriors {
  checkObject("prior", prior);
  if ("null" in prior) {
    return {
      control: checkedBetaPrior("prior.control", prior.control),
      treatment: checkedBetaPrior("prior.treatment", prior.treatment),
      null: checkedBetaPrior("prior.null", prior.null),
    };
  }
  const each = checkedBetaPrior("prior", prior);
  return { control: each, treatment: each, null: each };
}
