import { DomainError } from "../core/domain-error.ts";
import { checkObject, checkOneOf } from "../core/checks.ts";
import { SUMMARY_MEASURES, SUMMARY_PARTS, type SummaryRow } from "./summary-row.ts";

/**
 * One row as an engine's client gives it, as numbers and texts: clients write whole numbers of 64 bits as `bigint` or as
 * text.
 *
 * @param field - path of the row as the caller knows it
 * @throws {DomainError} for a column that is missing or holds what it cannot
 */
export function readSummaryRow(row: unknown, field: string): SummaryRow {
  checkObject(field, row);
  const cells = row as Record<string, unknown>;
  const text = (column: string): string => {
    const value = cells[column];
    if (typeof value !== "string") throw new DomainError(`${field}.${column}`, value, "must be a text");
    return value;
  };
  const number = (column: string): number | null => {
    const value = cells[column];
    if (value === null) return null;
    const read = typeof value === "string" || typeof value === "bigint" ? Number(value) : value;
    if (typeof read !== "number" || !Number.isFinite(read) || value === "") {
      throw new DomainError(`${field}.${column}`, value, "must be a finite number or null");
    }
    return read;
  };
  const count = (column: string): number | null => {
    const read = number(column);
    if (read !== null && !Number.isSafeInteger(read)) {
      throw new DomainError(
        `${field}.${column}`,
        cells[column],
        "must be a whole number that a double holds exactly, or null",
      );
    }
    return read;
  };
  const part = text("part") as SummaryRow["part"];
  const measure = text("measure") as SummaryRow["measure"];
  checkOneOf(`${field}.part`, part, SUMMARY_PARTS);
  checkOneOf(`${field}.measure`, measure, SUMMARY_MEASURES);
  return {
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
    n: count("n"),
    sum: count("sum"),
    other_sum: count("other_sum"),
    both: count("both"),
    mean: number("mean"),
    variance: number("variance"),
    other_mean: number("other_mean"),
    other_variance: number("other_variance"),
    covariance: number("covariance"),
  };
}
