import type { DataQualityCheck } from "../experiment/data-quality.ts";
import type { SqlWriter } from "./sql-writer.ts";
import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { ExposureTable, SegmentationColumn } from "./summary-options.ts";

/** Why a row of exposure is left out; its `flaw` is the place in this list, counted from 1, and 0 where it is sound. */
export const EXPOSURE_FLAWS: readonly DataQualityCheck[] = [
  "exposures-without-unit",
  "exposures-without-arm",
  "exposures-in-other-arms",
  "exposures-without-time",
  "exposures-after-reading",
];

/** Condition that a row belongs to nobody: its id is NULL or blank. */
export function hasNoUnit(sql: SqlWriter, unit: string): string {
  return `${unit} IS NULL OR TRIM(CAST(${unit} AS ${sql.syntax.textType})) = ${sql.text("")}`;
}

/** A case expression: the first flaw that a row of exposure `r` has. */
export function exposureFlaw(
  { options, sql, readAt }: SummaryContext,
  unit: string | null,
  time: string | null,
): string {
  const { control, treatments } = options;
  const arm = sql.label("r", options.arm, "arm");
  const named = [
    sql.text(control, "control"),
    ...(treatments ?? []).map((name, i) => sql.text(name, `treatments[${i}]`)),
  ];
  const conditions = [
    unit === null ? null : hasNoUnit(sql, unit),
    `${arm} IS NULL`,
    treatments === undefined ? null : `${arm} NOT IN (${named.join(", ")})`,
    time === null ? null : `${time} IS NULL`,
    time === null || readAt === null ? null : `${time} > ${readAt}`,
  ];
  const cases = conditions.flatMap((condition, i) =>
    condition === null ? [] : [`WHEN ${condition} THEN ${i + 1}`],
  );
  return `CASE ${cases.join(" ")} ELSE 0 END`;
}

/** The segment that a row is in; empty where it is in none. */
export function segmentLabel({ sql }: SummaryContext, { column }: SegmentationColumn, i: number): string {
  return `COALESCE(${sql.label("r", column, `segmentations[${i}].column`)}, ${sql.text("")})`;
}

// Added to a moment it makes a number of 19 digits, so that texts that start with it sort by time.
const NINETEEN_DIGITS = "2000000000000000000";

/**
 * The first exposure of each unit: `assigned` has a row for each unit, and one without a unit for the rows that are left
 * out. `arm` is NULL where a unit was seen in several.
 */
export function exposureTables(context: SummaryContext, table: ExposureTable): TableExpression[] {
  const { options, sql } = context;
  const { name: q } = sql;
  const { segmentations = [], experiment } = options;
  const field = "source.exposures";
  const unit = sql.column(
    "r",
    table.unit ?? options.unit!,
    table.unit === undefined ? "unit" : `${field}.unit`,
  );
  const time = sql.instant(
    "r",
    table.time ?? options.time!,
    table.time === undefined ? "time" : `${field}.time`,
  );
  const named =
    experiment === undefined
      ? context.experiment
      : `COALESCE(${sql.label("r", experiment, "experiment")}, ${context.experiment})`;
  const rows = [
    `SELECT ${named} AS ${q("experiment")},`,
    `  ${unit} AS ${q("unit")},`,
    `  ${sql.label("r", options.arm, "arm")} AS ${q("arm")},`,
    `  ${time} AS ${q("moment")},`,
    ...segmentations.map(
      (segmentation, i) => `  ${segmentLabel(context, segmentation, i)} AS ${q(`segment${i}`)},`,
    ),
    `  ${exposureFlaw(context, unit, time)} AS ${q("flaw")}`,
    `FROM ${sql.table(table.table, `${field}.table`)} AS r`,
    ...(table.where === undefined ? [] : [`WHERE ${sql.filter("r", table.where, `${field}.where`)}`]),
  ];
  const sound = `CASE WHEN r.${q("flaw")} = 0 THEN r.${q("unit")} END`;
  const assigned = [
    `SELECT r.${q("experiment")} AS ${q("experiment")},`,
    `  ${sound} AS ${q("unit")},`,
    `  CASE WHEN MAX(r.${q("flaw")}) = 0 AND MIN(r.${q("arm")}) = MAX(r.${q("arm")}) THEN MIN(r.${q("arm")}) END AS ${q("arm")},`,
    `  MIN(r.${q("moment")}) AS ${q("entered")},`,
    ...segmentations.map((_, i) => {
      const first = `MIN(CONCAT(CAST(r.${q("moment")} + ${NINETEEN_DIGITS} AS ${sql.syntax.textType}), r.${q(`segment${i}`)}))`;
      return `  SUBSTR(${first}, ${NINETEEN_DIGITS.length + 1}) AS ${q(`segment${i}`)},`;
    }),
    ...EXPOSURE_FLAWS.map(
      (_, i) => `  COUNT(CASE WHEN r.${q("flaw")} = ${i + 1} THEN 1 END) AS ${q(`flaw${i + 1}`)},`,
    ),
    `  COUNT(*) AS ${q("exposures")}`,
    `FROM ${sql.step("exposures")} AS r`,
    `GROUP BY r.${q("experiment")}, ${sound}`,
  ];
  return [
    { name: "exposures", query: rows.join("\n") },
    { name: "assigned", query: assigned.join("\n") },
  ];
}
