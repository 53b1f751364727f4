import type { Warning } from "../core/warning.ts";
import { type BetaPrior, UNIFORM_PRIOR } from "../models/beta-prior.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { type BetaPriorChoice, type BetaPriorChoices, type BetaPriors, checkedPriors } from "./beta-prior.ts";
import { logBetaCumulants } from "./cumulants.ts";
import { priorCautions } from "./prior-cautions.ts";
import { updateRate } from "./update-rate.ts";

/** Two arms and what is held about their rates before the data. */
export interface RatesToCompare {
  readonly control: Proportion;
  readonly treatment: Proportion;
  /** Of both arms, or one for each; uniform, Beta(1, 1), unless said. */
  readonly prior?: BetaPriorChoice | BetaPriorChoices | undefined;
}

/** The posteriors of both rates, with what is to be said about them. */
export interface RatesCompared {
  readonly prior: BetaPriors;
  readonly control: BetaDensity;
  readonly treatment: BetaDensity;
  readonly warnings: Warning[];
  readonly assumptions: string[];
}

export function ratesCompared({ control, treatment, prior = UNIFORM_PRIOR }: RatesToCompare): RatesCompared {
  const priors = checkedPriors(prior);
  return {
    prior: priors,
    control: updateRate("control", control, priors.control),
    treatment: updateRate("treatment", treatment, priors.treatment),
    warnings: priorCautions(
      { control: control.n, treatment: treatment.n },
      { control: weightOf(priors.control), treatment: weightOf(priors.treatment) },
    ),
    assumptions: [
      "Units are independent of each other, and all units of an arm convert at the same rate.",
      priorAssumption(priors),
    ],
  };
}

function priorAssumption({ control, treatment }: BetaPriors): string {
  const variance =
    logBetaCumulants(treatment.alpha, treatment.beta).variance +
    logBetaCumulants(control.alpha, control.beta).variance;
  return (
    `Before the data the two rates are independent, Beta(${treatment.alpha}, ${treatment.beta}) for the treatment and ` +
    `Beta(${control.alpha}, ${control.beta}) for the control. That lets the log of their ratio vary with a standard ` +
    `deviation of ${Math.sqrt(variance).toPrecision(2)}, where most changes one tests move it by less than 0.1: large ` +
    "lifts are believed too easily while there are few conversions."
  );
}

function weightOf({ alpha, beta }: BetaPrior): number {
  return alpha + beta;
}
