import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { wholeUnits } from "../models/whole-units.ts";
import type { EachArm } from "./each-arm.ts";

/** Whole units of both arms; the treatment's are rounded up. */
export function plannedUnits(control: number, allocation: number): EachArm<number> {
  return { control, treatment: control === 0 ? 0 : wholeUnits(control * allocation) };
}

/** Units of the control arm, so that those of both arms can be counted. */
export function checkedPlannedUnits(
  field: string,
  control: number,
  allocation: number,
  minimum: number,
): EachArm<number> {
  checkCount(field, control, minimum);
  const units = plannedUnits(control, allocation);
  if (!Number.isSafeInteger(units.treatment)) {
    throw new DomainError("allocation", allocation, `must leave whole units, not ${units.treatment}`);
  }
  return units;
}

/** An arm before the data. */
export const NOT_SEEN: { readonly n: number; readonly conversions: number } = { n: 0, conversions: 0 };
