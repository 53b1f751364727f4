import type { HypergeometricParameters } from "../numerics/hypergeometric-tails.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";

/** The margins of two arms' 2×2 table: given them, the treatment's conversions are hypergeometric under equal rates. */
export function tableMargins({ control, treatment }: TwoArms<Proportion>): HypergeometricParameters {
  return {
    population: control.n + treatment.n,
    successes: control.conversions + treatment.conversions,
    draws: treatment.n,
  };
}
