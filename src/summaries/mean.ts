import { checkCount, checkFinite, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** Mean and sample variance of a metric over an arm's units. */
export interface Mean {
  /** Units of the arm, a whole number of at least 1. */
  readonly n: number;
  readonly mean: number;
  /** Sample variance between units, with n − 1 in the denominator; 0 for a single unit. */
  readonly variance: number;
}

/**
 * Checks a mean where it enters a public function.
 *
 * @param field - path of the argument as the caller wrote it, such as `control`
 * @throws {DomainError} for an empty arm, a mean that is not finite, a negative variance, or a variance of one unit
 */
export function checkMean(field: string, value: Mean): void {
  checkObject(field, value);
  checkCount(`${field}.n`, value.n, 1);
  checkFinite(`${field}.mean`, value.mean);
  checkNonNegative(`${field}.variance`, value.variance);
  if (value.n === 1 && value.variance !== 0) {
    throw new DomainError(
      `${field}.variance`,
      value.variance,
      "must be 0 where n = 1: one unit has no variance",
    );
  }
}

/**
 * Merges means of disjoint groups of units into one, without losing digits to the subtraction of large sums.
 *
 * @param parts - at least one mean; no unit may be in two of them
 * @returns the mean and sample variance of all units together
 * @throws {DomainError} for an empty list, a broken mean, or a total n above 2^53 − 1
 * @example
 * ```ts
 * import { mergeMeans } from "microlift";
 * mergeMeans([{ n: 2, mean: 1, variance: 2 }, { n: 2, mean: 5, variance: 2 }]); // { n: 4, mean: 3, variance: 6.67 }
 * ```
 * Chan, Golub and LeVeque (1979), pairwise update of the sum of squares.
 */
export function mergeMeans(parts: readonly Mean[]): Mean {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new DomainError("parts", parts, "must be a list of at least one mean");
  }
  parts.forEach((part: Mean, i) => checkMean(`parts[${i}]`, part));
  const total = parts.reduce(mergeTwo);
  checkMean("total", total);
  return total;
}

function mergeTwo(a: Mean, b: Mean): Mean {
  const n = a.n + b.n;
  const step = b.mean - a.mean;
  const squares = a.variance * (a.n - 1) + b.variance * (b.n - 1) + step * step * (a.n / n) * b.n;
  return { n, mean: a.mean + step * (b.n / n), variance: squares / (n - 1) };
}
