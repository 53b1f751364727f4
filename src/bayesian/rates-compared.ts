import { checkObject } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { UNIFORM_PRIOR } from "../models/beta-prior.ts";
import { type BetaDensity, betaDensity } from "../numerics/beta-density.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { type BetaPriorChoice, type BetaPriorChoices, type BetaPriors, checkedPriors } from "./beta-prior.ts";
import { logBetaCumulants } from "./cumulants.ts";

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
  checkArm("control", control);
  checkArm("treatment", treatment);
  const priors = checkedPriors(prior);
  return {
    prior: priors,
    control: updated(priors.control, control),
    treatment: updated(priors.treatment, treatment),
    warnings: cautions(control, treatment, priors),
    assumptions: [
      "Units are independent of each other, and all units of an arm convert at the same rate.",
      priorAssumption(priors),
    ],
  };
}

function checkArm(field: string, arm: Proportion): void {
  checkObject(field, arm);
  const isEmpty = arm.n === 0 && arm.conversions === 0;
  if (!isEmpty) checkProportion(field, arm);
}

function updated({ alpha, beta }: BetaPriors["control"], { n, conversions }: Proportion): BetaDensity {
  return betaDensity(alpha + conversions, beta + (n - conversions));
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

function cautions(control: Proportion, treatment: Proportion, priors: BetaPriors): Warning[] {
  const arms = { control, treatment };
  const which = (holds: (n: number, weight: number) => boolean): string =>
    (["control", "treatment"] as const)
      .filter((arm) => holds(arms[arm].n, priors[arm].alpha + priors[arm].beta))
      .join(" and ");
  const warnings: Warning[] = [];
  const empty = which((n) => n === 0);
  if (empty !== "") {
    warnings.push({
      code: "NO_DATA",
      message: `There are no data of the ${empty}: what is said of it is the prior.`,
    });
  }
  const outweighed = which((n, weight) => n > 0 && weight > n);
  if (outweighed !== "") {
    warnings.push({
      code: "PRIOR_OUTWEIGHS_DATA",
      message: `The prior counts for more units than there are data (${outweighed}): the result is mostly the prior.`,
    });
  }
  return warnings;
}
