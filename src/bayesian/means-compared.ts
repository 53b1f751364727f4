import type { Warning } from "../core/warning.ts";
import type { Mean } from "../summaries/mean.ts";
import { ARMS, type EachArm } from "./each-arm.ts";
import {
  checkedNormalInverseGammaPriors,
  isImproper,
  type NormalInverseGammaPrior,
  type NormalInverseGammaPriorChoice,
} from "./normal-inverse-gamma-prior.ts";
import { updateNormal } from "./normal-posterior.ts";
import { priorCautions } from "./prior-cautions.ts";

/** Two arms and what is held about their means and variances before the data. */
export interface MeansToCompare {
  readonly control: Mean;
  readonly treatment: Mean;
  /** Of both arms, or one for each; `reference` unless said. */
  readonly prior?: NormalInverseGammaPriorChoice | EachArm<NormalInverseGammaPriorChoice> | undefined;
}

/** The posteriors of both means, with what is to be said about them. */
export interface MeansCompared extends EachArm<NormalInverseGammaPrior> {
  readonly prior: EachArm<NormalInverseGammaPrior>;
  readonly warnings: Warning[];
  readonly assumptions: string[];
}

export function meansCompared({ control, treatment, prior = "reference" }: MeansToCompare): MeansCompared {
  const priors = checkedNormalInverseGammaPriors(prior);
  return {
    prior: priors,
    control: updateNormal("control", control, priors.control),
    treatment: updateNormal("treatment", treatment, priors.treatment),
    warnings: cautions({ control, treatment }, priors),
    assumptions: [
      "Units are independent of each other, and each arm's are normal with a mean and a variance of their own; with many units their mean is close to normal whatever they are.",
      `Before the data the arms are independent, ${priorText(priors.treatment)} for the treatment and ${priorText(priors.control)} for the control.`,
    ],
  };
}

function priorText(prior: NormalInverseGammaPrior): string {
  if (isImproper(prior)) return "with the reference density 1/σ²";
  const { mu, kappa, alpha, beta } = prior;
  return `normal–inverse-gamma with mu ${mu}, kappa ${kappa}, alpha ${alpha} and beta ${beta}`;
}

function cautions(arms: EachArm<Mean>, prior: EachArm<NormalInverseGammaPrior>): Warning[] {
  const weightOf = ({ kappa, alpha }: NormalInverseGammaPrior): number => Math.max(kappa, 2 * alpha);
  const warnings = priorCautions(
    { control: arms.control.n, treatment: arms.treatment.n },
    { control: weightOf(prior.control), treatment: weightOf(prior.treatment) },
  );
  const flat = ARMS.filter((arm) => arms[arm].n > 1 && arms[arm].variance === 0);
  if (flat.length > 0) {
    warnings.push({
      code: "NO_VARIANCE",
      message: `All units of the ${flat.join(" and ")} are equal: what is said of their variance is mostly the prior.`,
    });
  }
  return warnings;
}
