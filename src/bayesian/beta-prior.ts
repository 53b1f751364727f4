import { checkObject } from "../core/checks.ts";
import { type BetaPrior, checkedBetaPrior } from "../models/beta-prior.ts";

/** One prior for each arm. */
export interface BetaPriors {
  readonly control: BetaPrior;
  readonly treatment: BetaPrior;
}

/** The prior of each arm, checked. */
export function checkedPriors(prior: BetaPrior | BetaPriors): BetaPriors {
  checkObject("prior", prior);
  if ("control" in prior) {
    return {
      control: checkedBetaPrior("prior.control", prior.control),
      treatment: checkedBetaPrior("prior.treatment", prior.treatment),
    };
  }
  const both = checkedBetaPrior("prior", prior);
  return { control: both, treatment: both };
}
