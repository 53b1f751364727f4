import { checkBetween } from "../core/checks.ts";

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

/** The same as a magnitude, or nothing at all. */
export function checkMagnitudeOrZero(field: string, value: number): void {
  checkBetween(field, value, 0, LARGEST_MAGNITUDE);
}
