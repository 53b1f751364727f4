import type { EachArm } from "./each-arm.ts";
import type { NormalPrior } from "./normal-prior.ts";
import type { ArmEvidence } from "./rate-pair.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Where the posterior of the log odds ratio is about, from normal approximations of prior and likelihood. */
export function guessLogOddsRatio(
  { control, treatment }: EachArm<ArmEvidence>,
  { mean, standardDeviation }: NormalPrior,
): { readonly start: number; readonly width: number } {
  const variance = 1 / control.information + 1 / treatment.information;
  const seen = logOdds(treatment) - logOdds(control);
  const share = standardDeviation ** 2 / (standardDeviation ** 2 + variance);
  return { start: mean + share * (seen - mean), width: Math.sqrt(share * variance) };
}

function logOdds({ reference }: ArmEvidence): number {
  return ln(reference.rate / reference.rest);
}
