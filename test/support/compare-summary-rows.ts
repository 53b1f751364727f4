import { readSummaryRow } from "../../src/warehouse/read-summary-row.ts";
import type { SummaryRow } from "../../src/warehouse/summary-row.ts";

/**
 * The largest error of means, variances and covariances in rows as an engine's client gives them, and what else differs:
 * rows that are missing, unasked for or there twice, texts, and counts, which must be the same to the last digit.
 *
 * An error of a mean is relative to the mean and to the spread of all groups of the same number, that of a variance or a
 * covariance to the spread of both numbers: sums are taken about a centre that groups share.
 */
export function compareSummaryRows(
  given: readonly Record<string, unknown>[],
  expected: readonly SummaryRow[],
): { readonly differences: readonly string[]; readonly largestError: number } {
  const differences: string[] = [];
  let largestError = 0;
  const wanted = new Map(expected.map((row) => [keyOf(row), row]));
  const spreads = spreadsOf(expected);
  for (const [i, raw] of given.entries()) {
    const row = readSummaryRow(raw, `rows[${i}]`);
    const key = keyOf(row);
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
    const [first, second] = spreads.get(numberKey(row))!;
    const scales = {
      mean: first + Math.abs(other.mean ?? 0),
      other_mean: second + Math.abs(other.other_mean ?? 0),
      variance: first ** 2,
      other_variance: second ** 2,
      covariance: first * second,
    };
    for (const [column, scale] of Object.entries(scales)) {
      const [actual, right] = [row[column as keyof typeof scales], other[column as keyof typeof scales]];
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

function keyOf(row: SummaryRow): string {
  const { experiment, part, segmentation, segment, day, arm, measure, metric, other } = row;
  return JSON.stringify([experiment, part, segmentation, segment, day, arm, measure, metric, other]);
}

/** What rows of the same number in different groups have in common. */
function numberKey({ experiment, measure, metric, other }: SummaryRow): string {
  return JSON.stringify([experiment, measure, metric, other]);
}

/** The largest standard deviation of both numbers, with how far the means of groups are apart. */
function spreadsOf(rows: readonly SummaryRow[]): Map<string, [number, number]> {
  const groups = new Map<string, SummaryRow[]>();
  for (const row of rows) groups.set(numberKey(row), [...(groups.get(numberKey(row)) ?? []), row]);
  const spread = (means: (number | null)[], variances: (number | null)[]): number => {
    const known = means.filter((mean) => mean !== null);
    const apart = known.length === 0 ? 0 : Math.max(...known) - Math.min(...known);
    return apart + Math.sqrt(Math.max(0, ...variances.map((variance) => variance ?? 0)));
  };
  return new Map(
    [...groups].map(([key, group]) => [
      key,
      [
        spread(
          group.map(({ mean }) => mean),
          group.map(({ variance }) => variance),
        ),
        spread(
          group.map(({ other_mean: mean }) => mean),
          group.map(({ other_variance: variance }) => variance),
        ),
      ],
    ]),
  );
}
