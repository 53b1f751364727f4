import type { Warning } from "../core/warning.ts";
import { countDispersion, isOverdispersed } from "../models/count-dispersion.ts";
import type { EachArm } from "./each-arm.ts";
import { type ExposedCount, updateGamma } from "./gamma-posterior.ts";
import { checkedGammaPriors, type GammaPrior, type GammaPriorChoice } from "./gamma-prior.ts";
import { priorCautions } from "./prior-cautions.ts";

/** Two arms and what is held about their rates of events before the data. */
export interface CountsToCompare {
  readonly control: ExposedCount;
  readonly treatment: ExposedCount;
  /** Of both arms, or one for each; `jeffreys` unless said. */
  readonly prior?: GammaPriorChoice | EachArm<GammaPriorChoice> | undefined;
}

/** The posteriors of both rates, with what is to be said about them. */
export interface CountsCompared extends EachArm<GammaPrior> {
  readonly prior: EachArm<GammaPrior>;
  readonly warnings: Warning[];
  readonly assumptions: string[];
}

export function countsCompared({ control, treatment, prior = "jeffreys" }: CountsToCompare): CountsCompared {
  const priors = checkedGammaPriors(prior);
  return {
    prior: priors,
    control: updateGamma("control", control, priors.control),
    treatment: updateGamma("treatment", treatment, priors.treatment),
    warnings: cautions({ control, treatment }, priors),
    assumptions: [
      "Units are independent of each other, and the events of each come at one rate for all units of an arm, none of them bringing about another: their counts are Poisson.",
      `Before the data the two rates are independent, ${gammaText(priors.treatment)} for the treatment and ${gammaText(priors.control)} for the control.`,
    ],
  };
}

function gammaText({ shape, rate }: GammaPrior): string {
  return `Gamma(${shape}, ${rate})`;
}

function cautions({ control, treatment }: EachArm<ExposedCount>, prior: EachArm<GammaPrior>): Warning[] {
  const exposures = { control: control.exposure ?? control.n, treatment: treatment.exposure ?? treatment.n };
  const warnings = priorCautions(exposures, { control: prior.control.rate, treatment: prior.treatment.rate });
  const isPerUnit = control.exposure === undefined && treatment.exposure === undefined;
  const known = isPerUnit ? countDispersion(control, treatment) : null;
  if (isOverdispersed(known)) {
    const dispersion = known!.dispersion!;
    warnings.push({
      code: "OVERDISPERSED",
      message: `The units' counts vary ${dispersion.toPrecision(3)} times as much as Poisson ones, so the posteriors are too narrow, by a factor of about ${Math.sqrt(dispersion).toPrecision(3)}: compareNormal on events per unit takes the variance from the data.`,
    });
  }
  return warnings;
}
