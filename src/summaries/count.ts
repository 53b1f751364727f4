import { checkCount, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { mergeMeans } from "./mean.ts";
import { mergeParts } from "./merge-parts.ts";

/** How many events an arm's units had, such as sessions or orders. */
export interface Count {
  /** Units of the arm, a whole number of at least 1. */
  readonly n: number;
  /** Events of all units together, a whole number. */
  readonly events: number;
  /** Sample variance of events between units (n − 1), if known. */
  readonly variance?: number | undefined;
}

// A variance computed from sums may pass the largest one by rounding; what passes it by more is a mistake.
const ROUNDING = 1e-9;

/**
 * Checks a count of events where it enters a public function.
 *
 * @param field - path of the argument as the caller wrote it, such as `control`
 * @throws {DomainError} for counts that are no whole numbers, an empty arm, or a variance that is negative or larger than
 * that of all events at one unit
 */
export function checkEventCount(field: string, value: Count): void {
  checkObject(field, value);
  const { n, events, variance } = value;
  checkCount(`${field}.n`, n, 1);
  checkCount(`${field}.events`, events);
  if (variance === undefined) return;
  checkNonNegative(`${field}.variance`, variance);
  // All events at one unit vary the most.
  const largest = n === 1 ? 0 : events * (events / n);
  if (variance > largest * (1 + ROUNDING)) {
    throw new DomainError(
      `${field}.variance`,
      variance,
      `must be at most ${largest}: ${events} events of ${n} units cannot vary more`,
    );
  }
}

/**
 * Merges counts of events of disjoint groups of units into one.
 *
 * @param parts - at least one; no unit may be in two of them
 * @returns units, events and, where every part has it, the variance of all units together
 * @throws {DomainError} for an empty list, a broken count, or a total above 2^53 − 1
 * @example
 * ```ts
 * import { mergeCounts } from "microlift";
 * mergeCounts([{ n: 100, events: 130 }, { n: 50, events: 61 }]); // { n: 150, events: 191 }
 * ```
 */
export function mergeCounts(parts: readonly Count[]): Count {
  return mergeParts("count", parts, checkEventCount, mergeTwo);
}

function mergeTwo(a: Count, b: Count): Count {
  const total = { n: a.n + b.n, events: a.events + b.events };
  if (a.variance === undefined || b.variance === undefined) return total;
  const { variance } = mergeMeans([
    { n: a.n, mean: a.events / a.n, variance: a.variance },
    { n: b.n, mean: b.events / b.n, variance: b.variance },
  ]);
  return { ...total, variance };
}
