import { checkFinite, checkOneOf, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log1p } from "../numerics/elementary/log1p.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** Functions that say which part of an error has been spent by a share of the information. */
export type SpendingFunctionName =
  "lan-demets-obrien-fleming" | "lan-demets-pocock" | "kim-demets" | "hwang-shih-decani";

/** A function of the share of the information, or the cumulative error at each look. */
export type UserSpending = ((information: number) => number) | readonly number[];

/** A spending function with its parameter. */
export interface SpendingFunction {
  readonly spending: SpendingFunctionName;
  /** Of `kim-demets`, above 0, and of `hwang-shih-decani`; null of the others. */
  readonly gamma: number | null;
}

export const SPENDING_FUNCTIONS: readonly SpendingFunctionName[] = [
  "lan-demets-obrien-fleming",
  "lan-demets-pocock",
  "kim-demets",
  "hwang-shih-decani",
];

export function isSpendingFunction(name: string): name is SpendingFunctionName {
  return (SPENDING_FUNCTIONS as readonly string[]).includes(name);
}

/**
 * A named spending function, with the parameter that it has and no other.
 *
 * @throws {DomainError} for an unknown name, a missing or surplus `gamma`, or one at or below 0 for `kim-demets`
 */
export function checkedSpendingFunction(
  path: string,
  spending: SpendingFunctionName,
  gamma: number | undefined,
): SpendingFunction {
  checkOneOf(`${path}spending`, spending, SPENDING_FUNCTIONS);
  const field = `${path}gamma`;
  if (spending === "kim-demets") checkPositive(field, gamma!);
  else if (spending === "hwang-shih-decani") checkFinite(field, gamma!);
  else checkNoParameter(field, gamma, spending);
  return { spending, gamma: gamma ?? null };
}

/** A parameter that a family does not have was meant for another. */
export function checkNoParameter(field: string, value: number | undefined, family: string): void {
  if (value !== undefined) {
    throw new DomainError(field, value, `must be left out, since ${family} has no such parameter`);
  }
}

/**
 * The error spent in one tail by a share of the information; all of it from 1 on.
 *
 * Lan and DeMets (1983); Kim and DeMets (1987); Hwang, Shih and DeCani (1990), linear at gamma = 0.
 *
 * @param tailError all that may be spent in that tail, in (0, 1)
 * @param information above 0
 */
export function spentError(
  { spending, gamma }: SpendingFunction,
  tailError: number,
  information: number,
): number {
  if (information >= 1) return tailError;
  switch (spending) {
    case "lan-demets-obrien-fleming":
      return 2 * normalSf(normalUpperQuantile(tailError / 2) / Math.sqrt(information));
    case "lan-demets-pocock":
      return tailError * log1p((Math.E - 1) * information);
    case "kim-demets":
      return tailError * pow(information, gamma!);
    case "hwang-shih-decani":
      return tailError * exponentialShare(gamma!, information);
  }
}

/** (1 − e^(−γt)) / (1 − e^(−γ)), written so that nothing overflows. */
function exponentialShare(gamma: number, information: number): number {
  // So near to a line a double shows no bend.
  if (Math.abs(gamma) < Number.EPSILON) return information;
  const share = expm1(-Math.abs(gamma) * information) / expm1(-Math.abs(gamma));
  return gamma > 0 ? share : share * exp(gamma * (1 - information));
}
