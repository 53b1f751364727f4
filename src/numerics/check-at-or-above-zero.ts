import { DomainError } from "../core/domain-error.ts";

/** A point of [0, Infinity], where a positive variable lives; Infinity passes. */
export function checkAtOrAboveZero(field: string, value: number): void {
  if (!(typeof value === "number" && value >= 0))
    throw new DomainError(field, value, "must be a number at or above 0");
}
