import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { checkedEachArm, type EachArm } from "./each-arm.ts";

/**
 * A normal–inverse-gamma distribution of a mean μ and the variance σ² of units: σ² is inverse gamma of shape `alpha` and
 * scale `beta`, and μ given σ² is normal about `mu` with variance σ² / `kappa`.
 */
export interface NormalInverseGammaPrior {
  readonly mu: number;
  /** Counts like units seen before, as far as the mean goes. */
  readonly kappa: number;
  /** Counts like half as many units seen before, as far as the variance goes. */
  readonly alpha: number;
  readonly beta: number;
}

/**
 * A normal–inverse-gamma distribution, or `reference`, the density 1/σ²: improper, and proper after two units that
 * differ.
 */
export type NormalInverseGammaPriorChoice = NormalInverseGammaPrior | "reference";

/** The reference prior is the limit of normal–inverse-gamma ones, with parameters that none of them has. */
const REFERENCE_PRIOR: NormalInverseGammaPrior = { mu: 0, kappa: 0, alpha: -0.5, beta: 0 };

/** So that squares of deviations are doubles, and no fewer digits than those. */
export const LARGEST_MEAN = 1e150;
export const LARGEST_SQUARE = 1e300;
export const SMALLEST_SQUARE = 1e-300;
/** A prior nearer to 0 says nothing that `reference` does not, and its tails leave the doubles. */
const SMALLEST_KAPPA = 1e-12;
const SMALLEST_ALPHA = 0.1;
const LARGEST_WEIGHT = 1e15;

/** The prior of each arm, checked. */
export function checkedNormalInverseGammaPriors(
  prior: NormalInverseGammaPriorChoice | EachArm<NormalInverseGammaPriorChoice>,
): EachArm<NormalInverseGammaPrior> {
  return checkedEachArm("prior", prior, checkedNormalInverseGammaPrior);
}

/** One prior, checked, in numbers. */
export function checkedNormalInverseGammaPrior(
  field: string,
  prior: NormalInverseGammaPriorChoice,
): NormalInverseGammaPrior {
  if (typeof prior === "string") {
    checkOneOf(field, prior, ["reference"]);
    return REFERENCE_PRIOR;
  }
  checkObject(field, prior);
  const { mu, kappa, alpha, beta } = prior;
  checkBetween(`${field}.mu`, mu, -LARGEST_MEAN, LARGEST_MEAN);
  checkBetween(`${field}.kappa`, kappa, SMALLEST_KAPPA, LARGEST_WEIGHT);
  checkBetween(`${field}.alpha`, alpha, SMALLEST_ALPHA, LARGEST_WEIGHT);
  checkBetween(`${field}.beta`, beta, SMALLEST_SQUARE, LARGEST_SQUARE);
  return { mu, kappa, alpha, beta };
}

export function isImproper({ kappa }: NormalInverseGammaPrior): boolean {
  return kappa === 0;
}
