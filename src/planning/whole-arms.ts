import { DomainError } from "../core/domain-error.ts";
import { type ArmSizeOptions, type ArmSizes, armSizes } from "./arm-sizes.ts";

// n times an allocation such as 0.1 is a whole number but for rounding.
const ROUNDING = 4 * Number.EPSILON;

/** Both arms in whole units, no more than can be enumerated. */
export function wholeArms(options: ArmSizeOptions, most: number): ArmSizes {
  const { control, treatment, allocation } = armSizes(options);
  const nearest = Math.round(treatment);
  const isWhole = Math.abs(treatment - nearest) <= ROUNDING * treatment && nearest >= 1;
  const expected = `a whole number of at most ${most}`;
  if (!Number.isInteger(control) || control > most) {
    throw new DomainError(options.n === undefined ? "control" : "n", control, `must be ${expected}`);
  }
  if (options.n === undefined && !(isWhole && nearest <= most)) {
    throw new DomainError("treatment", treatment, `must be ${expected}`);
  }
  if (!(isWhole && nearest <= most)) {
    throw new DomainError("allocation", allocation, `must leave the treatment ${expected}, not ${treatment}`);
  }
  return { control, treatment: nearest, allocation };
}
