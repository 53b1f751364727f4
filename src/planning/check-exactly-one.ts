import { DomainError } from "../core/domain-error.ts";

/** Checks that one of two ways to say the same thing was taken, and not both. */
export function checkExactlyOne(
  first: string,
  firstValue: unknown,
  second: string,
  secondValue: unknown,
): void {
  if (firstValue === undefined && secondValue === undefined) {
    throw new DomainError(first, firstValue, `must be given, or ${second} instead of it`);
  }
  if (firstValue !== undefined && secondValue !== undefined) {
    throw new DomainError(second, secondValue, `must be left out where ${first} is given`);
  }
}
