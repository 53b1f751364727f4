import { DEFAULT_ALARM_THRESHOLD } from "../core/defaults.ts";
import type { Warning } from "../core/warning.ts";
import type { ChiSquaredTest } from "./chi-squared-test.ts";
import type { StratifiedArm } from "./stratified-comparison.ts";

/** What to mind when reading a comparison of strata. */
export function stratifiedCautions({
  leftOut,
  fewestUnits,
  control,
  treatment,
  difference,
  shares,
}: {
  readonly leftOut: readonly string[];
  readonly fewestUnits: number;
  readonly control: StratifiedArm;
  readonly treatment: StratifiedArm;
  readonly difference: number | null;
  readonly shares: ChiSquaredTest | null;
}): Warning[] {
  const warnings: Warning[] = [];
  if (leftOut.length > 0) {
    warnings.push({
      code: "STRATA_LEFT_OUT",
      message: `Without ${fewestUnits === 1 ? "a unit" : `${fewestUnits} units`} in each arm these strata cannot be compared and are left out: ${leftOut.join(", ")}.`,
    });
  }
  if (difference !== null && isReversed(control.crudeMean, treatment.crudeMean, difference)) {
    warnings.push({
      code: "SIMPSON",
      message:
        "All units thrown together show the opposite effect: the arms hold different mixes of strata (Simpson's paradox). Find out why before reading either.",
    });
  }
  if (shares !== null && shares.pValue < DEFAULT_ALARM_THRESHOLD) {
    warnings.push({
      code: "SHARES_DIFFER",
      message:
        "The strata have different shares in the two arms, which randomisation does not do: check the assignment, and that a unit's stratum was fixed before it.",
    });
  }
  return warnings;
}

/** Whether the signs are opposite, rounding apart. */
function isReversed(control: number, treatment: number, difference: number): boolean {
  const crude = treatment - control;
  const rounding = 8 * Number.EPSILON * Math.max(Math.abs(control), Math.abs(treatment));
  return Math.abs(crude) > rounding && Math.abs(difference) > rounding && crude > 0 !== difference > 0;
}
