import { checkBetween } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { wholeUnits } from "../models/whole-units.ts";

/** Enough for a smooth line, and few enough to be read as numbers. */
const MOST_POINTS = 40;

/** Beyond the size or the day that is asked about the curve shows what more would bring. */
const MARGIN = 1.2;

/** No test has so many units, or takes so many days. */
const LARGEST_END = 1e15;

/** Whole sizes up to the last, evenly in their square root: that is how power and detectable effects move. */
export function curveSizes(last: number): number[] {
  return rising((k) => wholeUnits(last * (k / MOST_POINTS) ** 2));
}

/** Whole days up to the last, evenly. */
export function curveDays(last: number): number[] {
  return rising((k) => wholeUnits((last * k) / MOST_POINTS));
}

/** Each number once, in order. */
function rising(valueAt: (k: number) => number): number[] {
  return [...new Set(Array.from({ length: MOST_POINTS }, (_, k) => valueAt(k + 1)))];
}

/**
 * Where a curve ends: where the caller says, or beyond the last of what is finite.
 *
 * @param field - what the caller may say
 * @param reached - where each metric reaches its power; Infinity where it never does
 */
export function curveEnd(field: string, asked: number | undefined, reached: readonly number[]): number {
  if (asked !== undefined) {
    checkBetween(field, asked, 1, LARGEST_END);
    return asked;
  }
  const last = Math.max(0, ...reached.filter((end) => end < Infinity));
  const end = beyond(last);
  if (!(last > 0 && end <= LARGEST_END)) {
    throw new DomainError(field, asked, `must be given where no metric reaches its power by ${LARGEST_END}`);
  }
  return end;
}

/** The end of a curve that shows what happens at a size or on a day. */
export function beyond(last: number): number {
  return wholeUnits(last * MARGIN);
}
