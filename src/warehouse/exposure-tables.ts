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

/** A case expression: the first flaw of a row of exposure with `arm`, and with unit and time where they are known. */
export function exposureFlaw(
  { options, sql, readAt }: SummaryContext,
  { arm, unit, time }: { arm: string; unit: string | null; time: string | null },
): string {
  const { control, treatments } = options;
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

/** The experiment of a row with a comma behind it, where a column names it. */
export function experimentColumn({ options, sql, experiment }: SummaryContext): string {
  if (options.experiment === undefined) return "";
  const given = sql.label("r", options.experiment, "experiment");
  return `COALESCE(${given}, ${experiment}) AS ${sql.name("experiment")}, `;
}

/** The segment that a row is in; empty where it is in none. */
export function segmentLabel({ sql }: SummaryContext, { column }: SegmentationColumn, i: number): string {
  return `COALESCE(${sql.label("r", column, `segmentations[${i}].column`)}, ${sql.text("")})`;
}

// Added to a moment it makes a number of 19 digits, so that texts that start with it sort by time.
const NINETEEN_DIGITS = "2000000000000000000";

// More letters than any text of an engine that asks how many are meant.
const LONGEST_SEGMENT = 1_000_000;

/**
 * The first exposure of each unit: `assigned` has a row for each unit, and one without a unit for each flaw of the rows
 * that are left out. `arm` is NULL where a unit was seen in several.
 */
export function exposureTables(context: SummaryContext, table: ExposureTable): TableExpression[] {
  const { options, sql, keys } = context;
  const { name: q } = sql;
  const { segmentations = [] } = options;
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
  const segments = segmentations.map((_, i) => `segment${i}`);
  const rows = [
    `SELECT ${experimentColumn(context)}${unit} AS ${q("unit")},`,
    `  ${sql.label("r", options.arm, "arm")} AS ${q("arm")},`,
    ...segmentations.map(
      (segmentation, i) => `  ${segmentLabel(context, segmentation, i)} AS ${q(`segment${i}`)},`,
    ),
    `  ${time} AS ${q("moment")}`,
    `FROM ${sql.table(table.table, `${field}.table`)} AS r`,
    ...(table.where === undefined ? [] : [`WHERE ${sql.filter("r", table.where, `${field}.where`)}`]),
  ];
  const [arm, moment, flaw] = ["arm", "moment", "flaw"].map((column) => `r.${q(column)}`) as [
    string,
    string,
    string,
  ];
  const flawed = [
    `SELECT ${[...keys, "unit", "arm", "moment", ...segments].map((column) => `r.${q(column)} AS ${q(column)}`).join(", ")},`,
    `  ${exposureFlaw(context, { arm, unit: `r.${q("unit")}`, time: moment })} AS ${q("flaw")}`,
    `FROM (\n${rows.join("\n")}\n) AS r`,
  ];
  const sound = `CASE WHEN ${flaw} = 0 THEN r.${q("unit")} END`;
  const groups = [...keys.map((key) => `r.${q(key)}`), sound, flaw];
  const assigned = [
    `SELECT ${keys.map((key) => `r.${q(key)} AS ${q(key)}, `).join("")}${sound} AS ${q("unit")}, ${flaw} AS ${q("flaw")},`,
    `  CASE WHEN ${flaw} = 0 AND MIN(${arm}) = MAX(${arm}) THEN MIN(${arm}) END AS ${q("arm")},`,
    `  MIN(${moment}) AS ${q("entered")},`,
    ...segments.map((segment) => {
      const first = `MIN(CONCAT(CAST(${moment} + ${NINETEEN_DIGITS} AS ${sql.syntax.textType}), r.${q(segment)}))`;
      return `  SUBSTR(${first}, ${NINETEEN_DIGITS.length + 1}, ${LONGEST_SEGMENT}) AS ${q(segment)},`;
    }),
    `  COUNT(*) AS ${q("exposures")}`,
    `FROM ${sql.step("exposures")} AS r`,
    `GROUP BY ${groups.join(", ")}`,
  ];
  return [
    { name: "exposures", query: flawed.join("\n") },
    { name: "assigned", query: assigned.join("\n") },
  ];
}
