import { checkBetween } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** Products of a few sizes up to this, and of their inverses, stay far inside the range of doubles. */
export const LARGEST_MAGNITUDE = 1e30;

/** A spread, a variance or a number of units: above 0, and of a size that has a meaning. */
export function checkMagnitude(field: string, value: number): void {
  checkBetween(field, value, 1 / LARGEST_MAGNITUDE, LARGEST_MAGNITUDE);
}

/** An effect or a coefficient of either sign, of a size that has a meaning. */
export function checkEffectSize(field: string, value: number): void {
  checkBetween(field, value, -LARGEST_MAGNITUDE, LARGEST_MAGNITUDE);
}

/** The same, or nothing at all. */
export function checkMagnitudeOrZero(field: string, value: number): void {
  if (value === 0) return;
  if (!(Number.isFinite(value) && value >= 1 / LARGEST_MAGNITUDE && value <= LARGEST_MAGNITUDE)) {
    throw new DomainError(
      field,
      value,
      `must be 0, or lie between ${1 / LARGEST_MAGNITUDE} and ${LARGEST_MAGNITUDE}`,
    );
  }
}
