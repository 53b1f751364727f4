import { DomainError } from "../core/domain-error.ts";
import { checkNonNegative, checkObject, checkOneOf } from "../core/checks.ts";
import { METRIC_KINDS, type MetricKind } from "../core/metric-kind.ts";
import { METRIC_ROLES, type MetricRole } from "../core/metric-role.ts";
import { SUMMARY_MEASURES, SUMMARY_PARTS, type SummaryMeasure, type SummaryRow } from "./summary-row.ts";

type NumberColumn =
  "n" | "sum" | "other_sum" | "both" | "mean" | "variance" | "other_mean" | "other_variance" | "covariance";

/**
 * One row as an engine's client gives it, as numbers and texts: clients write whole numbers of 64 bits as `bigint` or as
 * text.
 *
 * @param field - path of the row as the caller knows it
 * @throws {DomainError} for a column that is missing or holds what it cannot, and a number that its measure needs
 */
export function readSummaryRow(row: unknown, field: string): SummaryRow {
  checkObject(field, row);
  const cells = row as Record<string, unknown>;
  const cell = (column: string): unknown => {
    try {
      return cells[column];
    } catch {
      // An accessor of the engine's client that throws.
      throw new DomainError(`${field}.${column}`, undefined, "must be a cell that can be read");
    }
  };
  const text = (column: string): string => {
    const value = cell(column);
    if (typeof value !== "string") throw new DomainError(`${field}.${column}`, value, "must be a text");
    return value;
  };
  const number = (column: string): number | null => {
    const value = cell(column);
    if (value === null) return null;
    const read = typeof value === "string" || typeof value === "bigint" ? Number(value) : value;
    const isBlank = typeof value === "string" && value.trim() === "";
    if (typeof read !== "number" || !Number.isFinite(read) || isBlank) {
      throw new DomainError(`${field}.${column}`, value, "must be a finite number or null");
    }
    return read;
  };
  const count = (column: string): number | null => {
    const read = number(column);
    if (read !== null && !Number.isSafeInteger(read)) {
      throw new DomainError(
        `${field}.${column}`,
        cell(column),
        "must be a whole number that a double holds exactly, or null",
      );
    }
    return read;
  };
  const size = (column: string): number | null => {
    const read = count(column);
    if (read !== null) checkNonNegative(`${field}.${column}`, read);
    return read;
  };
  const part = text("part") as SummaryRow["part"];
  const measure = text("measure") as SummaryRow["measure"];
  checkOneOf(`${field}.part`, part, SUMMARY_PARTS);
  checkOneOf(`${field}.measure`, measure, SUMMARY_MEASURES);
  if (measure === "result") {
    checkOneOf(`${field}.kind`, text("kind") as MetricKind, METRIC_KINDS);
    checkOneOf(`${field}.role`, text("role") as MetricRole, METRIC_ROLES);
  }
  const read: SummaryRow = {
    experiment: text("experiment"),
    part,
    segmentation: text("segmentation"),
    segment: text("segment"),
    day: count("day"),
    arm: text("arm"),
    measure,
    metric: text("metric"),
    other: text("other"),
    kind: text("kind"),
    role: text("role"),
    attribution_days: number("attribution_days"),
    n: size("n"),
    sum: count("sum"),
    other_sum: count("other_sum"),
    both: count("both"),
    mean: number("mean"),
    variance: number("variance"),
    other_mean: number("other_mean"),
    other_variance: number("other_variance"),
    covariance: number("covariance"),
  };
  for (const column of neededColumns(read)) {
    if (read[column] !== null) continue;
    throw new DomainError(`${field}.${column}`, null, `must be a number in a row of measure "${measure}"`);
  }
  return read;
}

const ONE = ["mean", "variance"] as const;
const TWO = [...ONE, "other_mean", "other_variance", "covariance"] as const;
const OF_KIND: Readonly<Record<MetricKind, readonly NumberColumn[]>> = {
  proportion: ["sum"],
  count: ["sum", "variance"],
  mean: ONE,
  ratio: TWO,
};

/** The numbers that a row must hold; of no units there are no means. */
function neededColumns({ measure, kind, n }: SummaryRow): NumberColumn[] {
  if (measure === "clock") return [];
  const others: Readonly<Record<Exclude<SummaryMeasure, "clock">, readonly NumberColumn[]>> = {
    quality: [],
    arm: [],
    result: OF_KIND[kind as MetricKind],
    joint: ["sum", "other_sum", "both"],
    moments: TWO,
    covariate: TWO,
  };
  const isMean = (column: NumberColumn): boolean => column === "mean" || column === "other_mean";
  return ["n", ...others[measure].filter((column) => n !== 0 || !isMean(column))];
}
