import { checkNonNegative, checkObject, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { observedFraction } from "./conversion-delay.ts";

/**
 * When a conversion is read: `attributionDays` after each unit entered, on mature cohorts only; or at once, while
 * conversions still come in after an exponential delay of mean `meanDays`.
 */
export type ConversionDelay = { readonly attributionDays: number } | { readonly meanDays: number };

/**
 * Checks a delay where it enters a public function.
 *
 * @throws {DomainError} for a negative window, a mean that is not above 0, or for both or neither of the two
 */
export function checkConversionDelay(field: string, delay: ConversionDelay): void {
  checkObject(field, delay);
  if ("attributionDays" in delay === "meanDays" in delay) {
    throw new DomainError(field, delay, "must have exactly one of attributionDays and meanDays");
  }
  if ("meanDays" in delay) checkPositive(`${field}.meanDays`, delay.meanDays);
  else checkNonNegative(`${field}.attributionDays`, delay.attributionDays);
}

/**
 * Days until the units that entered are enough, at `unitsPerDay` new ones a day.
 *
 * @param unitsNeeded - units that are enough while this share of their eventual conversions has been observed, in
 *   (0, 1]; falls with the share
 */
export function readOutDays(
  delay: ConversionDelay,
  unitsPerDay: number,
  unitsNeeded: (observedShare: number) => number,
): number {
  const enrolmentDays = unitsNeeded(1) / unitsPerDay;
  if ("attributionDays" in delay) return enrolmentDays + delay.attributionDays;
  if (!(enrolmentDays > 0 && enrolmentDays < Infinity)) return enrolmentDays;
  const missing = (days: number): number => {
    const share = observedFraction(delay.meanDays, days);
    // Nothing observed yet, to the last bit: no number of units is enough.
    return days * unitsPerDay - (share > 0 ? unitsNeeded(share) : Infinity);
  };
  const bracket = bracketRoot(missing, enrolmentDays, 2 * enrolmentDays, { minimum: enrolmentDays });
  return bracket === null ? Infinity : findRoot(missing, bracket[0], bracket[1]);
}
