import { readSummaryRow } from "../../src/warehouse/read-summary-row.ts";
import { summaryRowKey } from "../../src/warehouse/summary-row-key.ts";
import type { SummaryRow } from "../../src/warehouse/summary-row.ts";
import type { PlainRow } from "./aggregate-rows.ts";

/**
 * The largest error of means, variances and covariances in rows as an engine's client gives them, and what else differs:
 * rows that are missing, unasked for or there twice, texts, and counts, which must be the same to the last digit.
 *
 * Engines add up squares about the mean of all units. So the error of a variance is relative to the largest of those
 * squares, that of a covariance to the largest of both, and that of a mean to the mean itself and the largest distance.
 * Where a variance has lost its digits, so far is the group from that mean, the covariance is held within what is left.
 */
export function compareSummaryRows(
  given: readonly Record<string, unknown>[],
  expected: readonly PlainRow[],
): { readonly differences: readonly string[]; readonly largestError: number } {
  const differences: string[] = [];
  let largestError = 0;
  const wanted = new Map(expected.map((row) => [summaryRowKey(row), row]));
  for (const [i, raw] of given.entries()) {
    const row = readSummaryRow(raw, `rows[${i}]`);
    const key = summaryRowKey(row);
    const other = wanted.get(key);
    if (other === undefined) {
      differences.push(`${key}: not expected, or there twice`);
      continue;
    }
    wanted.delete(key);
    for (const column of EXACT) {
      if (row[column] !== other[column]) {
        differences.push(`${key}: ${column} is ${row[column]}, not ${other[column]}`);
      }
    }
    const { reach, otherReach } = other;
    const scales = {
      mean: reach + Math.abs(other.mean ?? 0),
      other_mean: otherReach + Math.abs(other.other_mean ?? 0),
      variance: reach ** 2,
      other_variance: otherReach ** 2,
      covariance: reach * otherReach,
    };
    for (const [column, scale] of Object.entries(scales)) {
      const actual = row[column as keyof typeof scales];
      const right =
        column === "covariance" ? bounded(other.covariance, row) : other[column as keyof typeof scales];
      if (actual === right) continue;
      if (actual === null || right === null) {
        differences.push(`${key}: ${column} is ${actual}, not ${right}`);
      } else largestError = Math.max(largestError, Math.abs(actual - right) / scale);
    }
  }
  return {
    differences: [...differences, ...[...wanted.keys()].map((key) => `${key}: missing`)],
    largestError,
  };
}

const EXACT = ["kind", "role", "attribution_days", "n", "sum", "other_sum", "both"] as const;

function bounded(
  covariance: number | null,
  { variance, other_variance: otherVariance }: SummaryRow,
): number | null {
  if (covariance === null || variance === null || otherVariance === null) return covariance;
  const most = Math.sqrt(variance) * Math.sqrt(otherVariance);
  return Math.min(most, Math.max(-most, covariance));
}
