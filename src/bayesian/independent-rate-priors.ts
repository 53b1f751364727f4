import type { BetaPrior } from "../models/beta-prior.ts";
import { type BetaPriorChoice, checkedPrior } from "./beta-prior.ts";
import type { EachArm } from "./each-arm.ts";

/** Priors of independent rates where they differ, and of the one rate where they do not. */
export interface IndependentRatePriors extends EachArm<BetaPrior> {
  readonly null: BetaPrior;
}

/** The same, some of them by name. */
export interface IndependentRatePriorChoices extends EachArm<BetaPriorChoice> {
  readonly null: BetaPriorChoice;
}

export function checkedIndependentPriors(
  prior: BetaPriorChoice | IndependentRatePriorChoices = "uniform",
): IndependentRatePriors {
  if (typeof prior === "object" && prior !== null && "null" in prior) {
    return {
      control: checkedPrior("prior.control", prior.control),
      treatment: checkedPrior("prior.treatment", prior.treatment),
      null: checkedPrior("prior.null", prior.null),
    };
  }
  const each = checkedPrior("prior", prior);
  return { control: each, treatment: each, null: each };
}
