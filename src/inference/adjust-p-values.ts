import { checkOneOf, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** How p-values of several tests are adjusted. The first five control the family-wise error rate, the last two the false discovery rate. */
export type AdjustmentMethod =
  "bonferroni" | "sidak" | "holm" | "hochberg" | "hommel" | "benjamini-hochberg" | "benjamini-yekutieli";

const METHODS: readonly AdjustmentMethod[] = [
  "bonferroni",
  "sidak",
  "holm",
  "hochberg",
  "hommel",
  "benjamini-hochberg",
  "benjamini-yekutieli",
];

/**
 * Adjusts the p-values of several tests, so that each can be compared with alpha itself.
 *
 * Bonferroni, Holm and Benjamini–Yekutieli hold whatever the dependence of the tests; Šidák, Hochberg, Hommel and
 * Benjamini–Hochberg ask for independence or positive dependence.
 *
 * @param pValues - p-values in [0, 1], in any order
 * @param method - `holm` unless said
 * @returns the adjusted p-values in the order given, each at most 1
 * @throws {DomainError} for a p-value outside [0, 1] or an unknown method
 * @example
 * ```ts
 * import { adjustPValues } from "microlift";
 * adjustPValues([0.01, 0.04, 0.03], "holm"); // [0.03, 0.06, 0.06]
 * ```
 * Holm (1979); Hochberg (1988); Hommel (1988); Benjamini and Hochberg (1995); Benjamini and Yekutieli (2001).
 */
export function adjustPValues(pValues: readonly number[], method: AdjustmentMethod = "holm"): number[] {
  if (!Array.isArray(pValues)) throw new DomainError("pValues", pValues, "must be a list of numbers");
  pValues.forEach((p: number, i) => checkProbability(`pValues[${i}]`, p));
  checkOneOf("method", method, METHODS);
  const m = pValues.length;
  const order = pValues.map((_, i) => i).toSorted((i, j) => pValues[i]! - pValues[j]!);
  const sorted = order.map((i) => pValues[i]!);
  const adjusted = adjustSorted(sorted, method, m);
  const result = Array.from<number>({ length: m });
  order.forEach((original, rank) => {
    result[original] = Math.min(1, adjusted[rank]!);
  });
  return result;
}

// `sorted` ascends; rank 0 is the smallest p-value.
function adjustSorted(sorted: readonly number[], method: AdjustmentMethod, m: number): number[] {
  switch (method) {
    case "bonferroni":
      return sorted.map((p) => m * p);
    case "sidak":
      return sorted.map((p) => -Math.expm1(m * Math.log1p(-p)));
    case "holm":
      return stepDown(sorted.map((p, rank) => (m - rank) * p));
    case "hochberg":
      return stepUp(sorted.map((p, rank) => (m - rank) * p));
    case "hommel":
      return hommel(sorted, m);
    case "benjamini-hochberg":
      return stepUp(sorted.map((p, rank) => (m / (rank + 1)) * p));
    case "benjamini-yekutieli": {
      const harmonic = sorted.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0);
      return stepUp(sorted.map((p, rank) => harmonic * (m / (rank + 1)) * p));
    }
  }
}

/** Running maximum from the smallest p-value up. */
function stepDown(values: readonly number[]): number[] {
  let running = 0;
  return values.map((value) => (running = Math.max(running, value)));
}

/** Running minimum from the largest p-value down. */
function stepUp(values: readonly number[]): number[] {
  let running = Infinity;
  return values
    .toReversed()
    .map((value) => (running = Math.min(running, value)))
    .toReversed();
}

// Hommel's closed test by the algorithm of Wright (1992), as R's p.adjust has it: for each size k of an
// intersection, the Simes p-value of its largest members bounds the adjusted values from below.
function hommel(sorted: readonly number[], m: number): number[] {
  if (m === 0) return [];
  const adjusted = Array.from<number>({ length: m }).fill(
    Math.min(...sorted.map((p, rank) => (m * p) / (rank + 1))),
  );
  for (let k = m - 1; k >= 2; k--) {
    const split = m - k + 1;
    let simes = Infinity;
    for (let rank = split; rank < m; rank++)
      simes = Math.min(simes, (k * sorted[rank]!) / (rank - split + 2));
    for (let rank = 0; rank < split; rank++) {
      adjusted[rank] = Math.max(adjusted[rank]!, Math.min(k * sorted[rank]!, simes));
    }
    const last = Math.min(k * sorted[split - 1]!, simes);
    for (let rank = split; rank < m; rank++) adjusted[rank] = Math.max(adjusted[rank]!, last);
  }
  return adjusted.map((p, rank) => Math.max(p, sorted[rank]!));
}
