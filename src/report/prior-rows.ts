import type { BetaPriors } from "../bayesian/beta-prior.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import type { CheckedRateEffectPrior } from "../bayesian/rate-effect-prior.ts";
import type { EachArm } from "../bayesian/each-arm.ts";
import { amount } from "./figures.ts";

/** The priors of both arms, as rows of details: one row where they are the same. */
export function priorRows<T>(
  { control, treatment }: EachArm<T>,
  name: (prior: T) => string,
): [name: string, value: string][] {
  return name(control) === name(treatment)
    ? [["Prior of each arm", name(control)]]
    : [
        ["Prior of the control", name(control)],
        ["Prior of the treatment", name(treatment)],
      ];
}

/** The same of two rates. */
export function betaPriorRows(priors: BetaPriors): [name: string, value: string][] {
  return priorRows(priors, betaName);
}

export function betaName({ alpha, beta }: BetaPrior): string {
  return `Beta(${amount(alpha)}, ${amount(beta)})`;
}

/** A prior of the effect on a rate. */
export function rateEffectPriorName({ scale, mean, standardDeviation }: CheckedRateEffectPrior): string {
  const of = scale === "log-lift" ? "log lift" : "log odds ratio";
  return `${of} ~ Normal(${amount(mean)}, ${amount(standardDeviation)})`;
}
