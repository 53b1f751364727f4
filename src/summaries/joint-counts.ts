import { checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Proportion } from "./proportion.ts";

/** One arm's table of micro × macro conversion: how many units did neither, one, or both. */
export interface JointCounts {
  readonly neither: number;
  readonly macroOnly: number;
  readonly microOnly: number;
  readonly both: number;
}

/**
 * Checks a joint table where it enters a public function.
 *
 * @param field - path of the argument as the caller wrote it, such as `control`
 * @throws {DomainError} for counts that are no whole numbers, or an empty arm
 */
export function checkJointCounts(field: string, value: JointCounts): void {
  checkObject(field, value);
  checkCount(`${field}.neither`, value.neither);
  checkCount(`${field}.macroOnly`, value.macroOnly);
  checkCount(`${field}.microOnly`, value.microOnly);
  checkCount(`${field}.both`, value.both);
  const n = jointN(value);
  if (n === 0) throw new DomainError(field, value, "must count at least one unit");
  checkCount(`${field} (its total)`, n, 1);
}

/** Units of the arm. */
export function jointN(table: JointCounts): number {
  return table.neither + table.macroOnly + table.microOnly + table.both;
}

/** The micro conversion's margin. */
export function microProportion(table: JointCounts): Proportion {
  return { n: jointN(table), conversions: table.microOnly + table.both };
}

/** The macro conversion's margin. */
export function macroProportion(table: JointCounts): Proportion {
  return { n: jointN(table), conversions: table.macroOnly + table.both };
}
