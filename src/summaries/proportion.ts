import { checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { mergeParts } from "./merge-parts.ts";

/** How many of an arm's units converted. */
export interface Proportion {
  /** Units of the arm, a whole number of at least 1. */
  readonly n: number;
  /** Units that converted, a whole number from 0 to `n`. */
  readonly conversions: number;
}

/**
 * Checks a proportion where it enters a public function.
 *
 * @param field - path of the argument as the caller wrote it, such as `control`
 * @throws {DomainError} for counts that are no whole numbers, an empty arm, or conversions above n
 */
export function checkProportion(field: string, value: Proportion): void {
  checkObject(field, value);
  const { n, conversions } = value;
  // Names are put together for an error alone: they take longer than the checks.
  if (isCount(n) && n > 0 && isCount(conversions) && conversions <= n) return;
  checkConversions(`${field}.`, value);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Checks the counts of a proportion; `path` stands before their names, empty where they are options of their own. */
export function checkConversions(path: string, { n, conversions }: Proportion): void {
  checkCount(`${path}n`, n, 1);
  checkCount(`${path}conversions`, conversions);
  if (conversions > n) {
    throw new DomainError(`${path}conversions`, conversions, `must be at most n = ${n}`);
  }
}

/**
 * Merges proportions of disjoint groups of units, such as days of first exposure, into one.
 *
 * @param parts - at least one proportion; no unit may be in two of them
 * @returns the proportion of all units together
 * @throws {DomainError} for an empty list, a broken proportion, or a total above 2^53 − 1
 * @example
 * ```ts
 * import { mergeProportions } from "microlift";
 * mergeProportions([{ n: 1000, conversions: 21 }, { n: 1200, conversions: 30 }]); // { n: 2200, conversions: 51 }
 * ```
 */
export function mergeProportions(parts: readonly Proportion[]): Proportion {
  return mergeParts("proportion", parts, checkProportion, (a, b) => ({
    n: a.n + b.n,
    conversions: a.conversions + b.conversions,
  }));
}
