import type { Warning } from "../core/warning.ts";
import { tableMargins } from "../models/table-margins.ts";
import { hypergeometricSupport } from "../numerics/hypergeometric-tails.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { StratifiedEffects } from "./stratified-effects.ts";

/** Nearer to an end of what the margins allow the normal approximation is rough: Mantel and Fleiss (1980). */
const SMALLEST_ROOM = 5;

/** What to mind where strata of rates leave an effect unknown or without an end. */
export function stratifiedRateCautions({ difference, lift, oddsRatio }: StratifiedEffects): Warning[] {
  const warnings: Warning[] = [];
  if (difference.estimate !== null && difference.status === "undetermined") {
    warnings.push({
      code: "NO_VARIANCE",
      message: "No arm holds both outcomes, so the difference has no variance to judge it by.",
    });
  }
  if (lift.estimate === Infinity) {
    warnings.push({
      code: "ZERO_CONTROL_RATE",
      message: "No unit of the control converted, so the lift is infinite; read the difference instead.",
    });
  }
  if (lift.estimate === null) {
    warnings.push({
      code: "UNDETERMINED_LIFT",
      message: "No stratum that counts holds conversions enough for a lift; read the difference instead.",
    });
  }
  if (oddsRatio?.estimate === null) {
    warnings.push({
      code: "UNDETERMINED_ODDS_RATIO",
      message: "No stratum that counts holds both outcomes in a way that tells the odds ratio.",
    });
  }
  return warnings;
}

/** The rule of Mantel and Fleiss: the expected conversions must lie 5 off both ends of what the margins allow. */
export function mantelFleissCautions(strata: readonly TwoArms<Proportion>[]): Warning[] {
  let below = 0;
  let above = 0;
  for (const stratum of strata) {
    const margins = tableMargins(stratum);
    const expected = margins.successes * (margins.draws / margins.population);
    const { lowest, highest } = hypergeometricSupport(margins);
    below += expected - lowest;
    above += highest - expected;
  }
  if (Math.min(below, above) >= SMALLEST_ROOM) return [];
  return [
    {
      code: "SMALL_COUNTS",
      message:
        "Over all strata the margins leave the conversions too little room for a normal approximation: the p-value is rough, the exact test is not.",
    },
  ];
}
