import { didYouMean, expectOneOf } from "./did-you-mean.ts";
import { DomainError } from "./domain-error.ts";

// Cheap argument checks: solvers reach them thousands of times, so each is one comparison on the good path.
// `field` is the path as the caller wrote it. Every check refuses NaN, and strings that look like numbers.

/** Any finite number. */
export function checkFinite(field: string, value: number): void {
  if (!Number.isFinite(value)) throw new DomainError(field, value, "must be a finite number");
}

/** Largest size of a value that is subtracted from others or multiplied by standard errors without a second thought. */
const LARGEST_MODERATE = 1e300;

/** A number within ±1e300, so that differences and intervals stay within the range of doubles. */
export function checkModerate(field: string, value: number): void {
  checkBetween(field, value, -LARGEST_MODERATE, LARGEST_MODERATE);
}

/** A number that is not NaN; infinities pass. */
export function checkNumber(field: string, value: number): void {
  if (typeof value !== "number" || Number.isNaN(value))
    throw new DomainError(field, value, "must be a number");
}

/** A finite number above 0. */
export function checkPositive(field: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0))
    throw new DomainError(field, value, "must be a finite number above 0");
}

/** A finite number at or above 0. */
export function checkNonNegative(field: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw new DomainError(field, value, "must be a finite number at or above 0");
  }
}

/** A rate strictly between 0 and 1. */
export function checkOpenUnit(field: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0 && value < 1))
    throw new DomainError(field, value, "must lie strictly between 0 and 1");
}

/** A probability, 0 and 1 included. */
export function checkProbability(field: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0 && value <= 1))
    throw new DomainError(field, value, "must lie between 0 and 1");
}

/** A finite number from `lower` to `upper`, both included. */
export function checkBetween(field: string, value: number, lower: number, upper: number): void {
  if (!(Number.isFinite(value) && value >= lower && value <= upper)) {
    throw new DomainError(field, value, `must lie between ${lower} and ${upper}`);
  }
}

/** A correlation, −1 and 1 included. */
export function checkCorrelation(field: string, value: number): void {
  if (!(Number.isFinite(value) && value >= -1 && value <= 1))
    throw new DomainError(field, value, "must lie between -1 and 1");
}

/** A whole number at or above `minimum` that a double holds exactly. */
export function checkCount(field: string, value: number, minimum = 0): void {
  if (!(Number.isSafeInteger(value) && value >= minimum)) {
    throw new DomainError(field, value, `must be a whole number at or above ${minimum}`);
  }
}

/** In UTF-16 units. Names stand in every sentence about what they name: a longer one would make a page of each. */
export const LONGEST_TEXT = 10_000;

/** A name, or another text that says something. */
export function checkText(field: string, value: string): void {
  if (typeof value !== "string" || value.trim() === "")
    throw new DomainError(field, value, "must be a text that is not empty");
  if (value.length > LONGEST_TEXT)
    throw new DomainError(field, value, `must be a text of at most ${LONGEST_TEXT} characters`);
}

/** Yes or no, and nothing that could be taken for either. */
export function checkBoolean(field: string, value: boolean): void {
  if (typeof value !== "boolean") throw new DomainError(field, value, "must be true or false");
}

/** One of a list of names. */
export function checkOneOf<T extends string>(field: string, value: T, allowed: readonly T[]): void {
  if (!allowed.includes(value)) {
    throw new DomainError(field, value, expectOneOf(value, allowed));
  }
}

/** An object at all: the door for callers without a compiler, so that a missing arm is named and does not crash. */
export function checkObject(field: string, value: unknown): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DomainError(field, value, "must be an object");
  }
}

/** A list of at least `least` things, and of no more than a person would write. */
export function checkList(field: string, value: unknown, what: string, least = 1, most = 1000): void {
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    const size = least === 0 ? `at most ${most}` : `${least} to ${most}`;
    throw new DomainError(field, value, `must be a list of ${size} ${what}`);
  }
}

/**
 * No field but those that are known: one that is misspelt would be left out of account without a word.
 *
 * @param field - path of the object; empty where it is the options themselves
 */
export function checkKnownFields(field: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const path = field === "" ? unknown : `${field}.${unknown}`;
  const given = (value as Record<string, unknown>)[unknown];
  throw new DomainError(path, given, `is not a known field here${didYouMean(unknown, known)}`);
}
