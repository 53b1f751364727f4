import type { NormalMixture } from "../numerics/normal-mixture.ts";
import { type AssistedDecisionRule, caseForShipping } from "./assisted-decision-rule.ts";
import { type MacroPosterior, readMacroPosterior } from "./macro-posterior.ts";

/** The posterior of the macro effect, and the decision it leads to. */
export interface AssistedPosterior extends MacroPosterior {
  readonly ships: boolean;
}

/** The least favourable of several posteriors: the one that speaks least for shipping. */
export function worstPosterior(
  mixtures: readonly NormalMixture[],
  confidenceLevel: number,
  rule: AssistedDecisionRule,
): AssistedPosterior {
  let least = 0;
  let own = caseForShipping(rule, mixtures[0]!);
  for (let i = 1; i < mixtures.length; i++) {
    const other = caseForShipping(rule, mixtures[i]!);
    if (other.strength < own.strength) [least, own] = [i, other];
  }
  return { ...readMacroPosterior(mixtures[least]!, confidenceLevel), ships: own.ships };
}
