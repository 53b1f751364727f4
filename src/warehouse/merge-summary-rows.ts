import { checkNonNegative } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMean, mergeMeans } from "../summaries/mean.ts";
import { checkRatio, mergeRatios, type Ratio } from "../summaries/ratio.ts";
import { readSummaryRow } from "./read-summary-row.ts";
import type { SummaryRow } from "./summary-row.ts";

/**
 * Merges partial summaries of disjoint units, such as those of shards or of days of entry, into those of all units.
 *
 * Counts add up exactly, means and variances to the digits that the means of the parts have, and the clock runs from the earliest first exposure
 * to the latest reading. Every part must come from the same description. Three things are not seen here, and must not be:
 *
 * - a unit in two parts: it would count twice. Split exposures and events by a hash of the unit, or by the day of first
 *   exposure; never by the day of an event
 * - parts without a common `readAt`, or the rule by which each day was read: a part counts the units that were mature when
 *   it was read
 * - rows of nobody (events without a unit, events of others) in several parts: they count in each
 *
 * Caps that are quantiles differ between parts, and are refused: give them as numbers.
 *
 * @param parts - the rows of each part, as the engine's client gives them; of one experiment or of many
 * @returns the rows of all units, those of an experiment one after the other, for `parseSummaryRows`
 * @throws {DomainError} for a row that `summarySql` did not make, a row that a part has twice, parts of different
 * descriptions, and caps that differ
 * @example
 * ```ts
 * import { mergeSummaryRows } from "microlift";
 * const row = {
 *   experiment: "checkout", part: "all", segmentation: "", segment: "", day: null, arm: "A", measure: "result",
 *   metric: "revenue", other: "", kind: "mean", role: "macro", attribution_days: 7, n: 2, sum: null, other_sum: null,
 *   both: null, mean: 1, variance: 2, other_mean: null, other_variance: null, covariance: null,
 * };
 * const [merged] = mergeSummaryRows([[row], [{ ...row, mean: 5 }]]);
 * merged.n; // 4
 * merged.mean; // 3
 * ```
 * Chan, Golub and LeVeque (1979), pairwise update of the sums of squares and products.
 */
export function mergeSummaryRows(parts: Iterable<Iterable<unknown>>): SummaryRow[] {
  checkList("parts", parts);
  const merged = new Map<string, SummaryRow>();
  const descriptions = new Map<string, Description>();
  let i = 0;
  for (const part of parts) {
    const field = `parts[${i}]`;
    i += 1;
    const own = readPart(part, field);
    checkDescriptions(own, field, descriptions);
    for (const [key, { row, at }] of own) {
      const before = merged.get(key);
      merged.set(key, before === undefined ? row : mergeTwo(before, row, at));
    }
  }
  if (i === 0) throw new DomainError("parts", [], "must be a list of at least one part");
  // Sorting keeps the lines of a group in the order of the statement.
  return [...merged.values()].toSorted(byGroup);
}

interface PlacedRow {
  readonly row: SummaryRow;
  /** Path of the row as the caller wrote it. */
  readonly at: string;
}

function checkList(field: string, list: unknown): void {
  if (typeof list !== "object" || list === null || !(Symbol.iterator in list)) {
    throw new DomainError(field, list, "must be a list");
  }
}

function readPart(part: Iterable<unknown>, field: string): Map<string, PlacedRow> {
  checkList(field, part);
  const rows = new Map<string, PlacedRow>();
  let i = 0;
  for (const given of part) {
    const at = `${field}[${i}]`;
    i += 1;
    const row = readSummaryRow(given, at);
    checkMoments(row, at);
    const key = keyOf(row);
    if (rows.has(key)) throw new DomainError(at, describe(row), "must not be there twice in a part");
    rows.set(key, { row, at });
  }
  return rows;
}

const GROUP = ["experiment", "part", "segmentation", "segment", "day", "arm"] as const;
const LINE = ["measure", "metric", "other"] as const;

function keyOf(row: SummaryRow): string {
  return JSON.stringify([...GROUP, ...LINE].map((column) => row[column]));
}

function describe({ arm, measure, metric, other }: SummaryRow): string {
  return [measure, metric, other, arm].filter((word) => word !== "").join(", ");
}

function byGroup(a: SummaryRow, b: SummaryRow): number {
  for (const column of GROUP) {
    const [first, second] = [a[column] ?? -Infinity, b[column] ?? -Infinity];
    if (first !== second) return first < second ? -1 : 1;
  }
  return 0;
}

/** The lines of an experiment, and the part that they were first seen in. */
interface Description {
  readonly lines: readonly string[];
  readonly field: string;
}

/** Parts that lack a line of others are no parts of one whole: their units would be missing from it. */
function checkDescriptions(
  rows: ReadonlyMap<string, PlacedRow>,
  field: string,
  descriptions: Map<string, Description>,
): void {
  const found = new Map<string, Set<string>>();
  for (const { row } of rows.values()) {
    if (row.part !== "all") continue;
    // The lines of the whole and those of arms apart: a part need not hold a unit of the test.
    const key = JSON.stringify([row.experiment, row.arm === ""]);
    const lines = found.get(key) ?? new Set();
    found.set(
      key,
      lines.add(
        LINE.map((column) => row[column])
          .filter((word) => word !== "")
          .join(", "),
      ),
    );
  }
  for (const [key, set] of found) {
    const lines = [...set];
    const first = descriptions.get(key);
    if (first === undefined) {
      descriptions.set(key, { lines, field });
      continue;
    }
    const missing = first.lines.find((line) => !set.has(line));
    const strange = lines.find((line) => !first.lines.includes(line));
    if (missing === undefined && strange === undefined) continue;
    const [value, expected] =
      strange === undefined
        ? [lines.join("; "), `must hold "${missing}" as ${first.field} does`]
        : [strange, `must not hold "${strange}", which ${first.field} does not`];
    throw new DomainError(field, value, expected);
  }
}

function mergeTwo(a: SummaryRow, b: SummaryRow, at: string): SummaryRow {
  for (const column of ["kind", "role", "attribution_days"] as const) {
    if (a[column] === b[column]) continue;
    throw new DomainError(
      `${at}.${column}`,
      b[column],
      `must be ${String(a[column])} as in the parts before`,
    );
  }
  if (a.measure === "clock") {
    return { ...a, sum: least(a.sum, b.sum), other_sum: greatest(a.other_sum, b.other_sum) };
  }
  const counts = {
    n: added(a.n, b.n),
    sum: added(a.sum, b.sum),
    other_sum: added(a.other_sum, b.other_sum),
    both: added(a.both, b.both),
  };
  if (a.measure === "quality") return { ...a, ...counts, mean: sameCap(a, b, at) };
  return { ...a, ...counts, ...mergedMoments(a, b) };
}

const added = (a: number | null, b: number | null): number | null => (a === null ? b : a + (b ?? 0));
const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
const greatest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

function sameCap(a: SummaryRow, b: SummaryRow, at: string): number | null {
  if (a.mean === null || b.mean === null || a.mean === b.mean) return a.mean ?? b.mean;
  const expected = `must be the cap ${a.mean} of the parts before: give caps as numbers, quantiles differ between parts`;
  throw new DomainError(`${at}.mean`, b.mean, expected);
}

type MomentColumns = Pick<SummaryRow, "mean" | "variance" | "other_mean" | "other_variance" | "covariance">;

function mergedMoments(a: SummaryRow, b: SummaryRow): MomentColumns {
  const [filled, other] = a.mean === null ? [b, a] : [a, b];
  const { mean, variance, other_mean: otherMean, other_variance: otherVariance, covariance } = filled;
  if (other.mean === null) {
    return { mean, variance, other_mean: otherMean, other_variance: otherVariance, covariance };
  }
  if (otherMean === null) {
    const merged = mergeMeans([meanOf(a), meanOf(b)]);
    return {
      mean: merged.mean,
      variance: merged.variance,
      other_mean: null,
      other_variance: null,
      covariance: null,
    };
  }
  const merged = mergeRatios([pairOf(a), pairOf(b)]);
  return {
    mean: merged.numerator.mean,
    variance: merged.numerator.variance,
    other_mean: merged.denominator.mean,
    other_variance: merged.denominator.variance,
    covariance: merged.covariance,
  };
}

function meanOf({ n, mean, variance }: SummaryRow): { n: number; mean: number; variance: number } {
  return { n: n!, mean: mean!, variance: variance! };
}

/** Two numbers of each unit: a ratio's, or those of two metrics. */
function pairOf(row: SummaryRow): Ratio {
  return {
    n: row.n!,
    numerator: { mean: row.mean!, variance: row.variance! },
    denominator: { mean: row.other_mean!, variance: row.other_variance! },
    covariance: row.covariance!,
  };
}

/** Checks what will be merged, so that a fault is named where it stands. */
function checkMoments(row: SummaryRow, at: string): void {
  if (row.n !== null) checkNonNegative(`${at}.n`, row.n);
  if (row.measure === "quality" || row.mean === null) return;
  checkMean(at, meanOf(row));
  if (row.other_mean !== null) checkRatio(at, pairOf(row));
}
