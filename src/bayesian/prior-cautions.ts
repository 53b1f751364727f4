import type { Warning } from "../core/warning.ts";

/**
 * Whether an arm has no data, or fewer than its prior counts for.
 *
 * @param units units of each arm
 * @param weights for how many units each prior counts
 */
export function priorCautions<Arm extends string>(
  units: Readonly<Record<Arm, number>>,
  weights: Readonly<Record<Arm, number>>,
): Warning[] {
  const which = (holds: (n: number, weight: number) => boolean): string =>
    (Object.keys(units) as Arm[]).filter((arm) => holds(units[arm], weights[arm])).join(" and ");
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
