import { type Activity, type QualityCount, sumWhere } from "./activity.ts";
import { EXPOSURE_FLAWS, experimentColumn, exposureFlaw, segmentLabel } from "./exposure-tables.ts";
import { notFinite } from "./not-finite.ts";
import type { SummaryContext, TableExpression } from "./summary-context.ts";
import type { RowFilter, TableName } from "./summary-options.ts";
import type { UnitValue } from "./unit-values.ts";

interface WideTable {
  readonly units: TableName;
  readonly where?: readonly RowFilter[] | undefined;
}

// What a row is, behind the flaws of exposures; 0 is a unit of the test.
const FIRST_OF_SPLIT = EXPOSURE_FLAWS.length + 1;
const OTHER_OF_SPLIT = EXPOSURE_FLAWS.length + 2;
const DUPLICATE = EXPOSURE_FLAWS.length + 3;

/** What units did, from one wide table with a row for each of them. */
export function unitActivity(context: SummaryContext, source: WideTable): Activity {
  const { options, metrics } = context;
  return {
    tables: [rowTable(context, source), sortedTable(context), activityTable(context)],
    classes: ["sort"],
    tallies: metrics.map((_, i) => `missing${i}`),
    quality: qualityCounts(context),
    hasTime: options.time !== undefined,
    hasLast: false,
  };
}

function rowTable(context: SummaryContext, source: WideTable): TableExpression {
  const { sql, values, options, keys } = context;
  const { name: q } = sql;
  const { segmentations = [], unit, time, arm } = options;
  const rows = [
    `SELECT ${experimentColumn(context)}${unit === undefined ? "" : `${sql.column("r", unit, "unit")} AS ${q("unit")}, `}${sql.label("r", arm, "arm")} AS ${q("arm")},`,
    ...segmentations.map(
      (segmentation, i) => `  ${segmentLabel(context, segmentation, i)} AS ${q(`segment${i}`)},`,
    ),
    ...values.map(({ type, measure, field, alias }) => {
      const number = sql[type === "flag" ? "flag" : "number"]("r", measure.column!, `${field}.column`);
      return `  ${number} AS ${q(alias)},`;
    }),
    `  ${time === undefined ? sql.integer("NULL") : sql.instant("r", time, "time")} AS ${q("entered")}`,
    `FROM ${sql.table(source.units, "source.units")} AS r`,
    ...(source.where === undefined ? [] : [`WHERE ${sql.filter("r", source.where, "source.where")}`]),
  ];
  const columns = [
    ...keys,
    ...(unit === undefined ? [] : ["unit"]),
    "arm",
    ...segmentations.map((_, i) => `segment${i}`),
    "entered",
  ];
  const flaw = exposureFlaw(context, {
    arm: `r.${q("arm")}`,
    unit: unit === undefined ? null : `r.${q("unit")}`,
    time: time === undefined ? null : `r.${q("entered")}`,
  });
  const query = [
    `SELECT ${columns.map((column) => `r.${q(column)} AS ${q(column)}`).join(", ")},`,
    ...values.map(({ alias, type }) => {
      const value = `r.${q(alias)}`;
      const isMissing = type === "count" ? noCount(value) : notFinite(value);
      return `  CASE WHEN ${isMissing} THEN NULL ELSE ${value} END AS ${q(alias)},`;
    }),
    `  ${flaw} AS ${q("flaw")}`,
    `FROM (\n${rows.join("\n")}\n) AS r`,
  ];
  return { name: "rows", query: query.join("\n") };
}

/** Condition that an expression counts nothing: it is no number, or none that is whole and at or above 0. */
function noCount(expression: string): string {
  return `${notFinite(expression)} OR ${expression} < 0 OR ${expression} <> FLOOR(${expression})`;
}

/** The rows with their sort: whether they are units, or why not. */
function sortedTable({ sql, keys, values, options }: SummaryContext): TableExpression {
  const { name: q } = sql;
  const flaw = `u.${q("flaw")}`;
  if (options.unit === undefined) {
    return { name: "sorted", query: `SELECT u.*, ${flaw} AS ${q("sort")} FROM ${sql.step("rows")} AS u` };
  }
  // The first row counts; of those at the same time the one with the least numbers, so that it is the same one each time.
  const order = [
    `u.${q("entered")}`,
    ...values.map(({ alias }) => `COALESCE(u.${q(alias)}, 1e30)`),
    ...(options.segmentations ?? []).map((_, i) => `u.${q(`segment${i}`)}`),
  ];
  const unit = [...keys, "unit", "flaw"].map((column) => `u.${q(column)}`).join(", ");
  const placed = [
    `SELECT u.*,`,
    `  ROW_NUMBER() OVER (PARTITION BY ${unit} ORDER BY ${order.join(", ")}) AS ${q("place")},`,
    `  MIN(u.${q("arm")}) OVER (PARTITION BY ${unit}) AS ${q("first_arm")},`,
    `  MAX(u.${q("arm")}) OVER (PARTITION BY ${unit}) AS ${q("last_arm")}`,
    `FROM ${sql.step("rows")} AS u`,
  ];
  const isFirst = `u.${q("place")} = 1`;
  const sort = [
    `WHEN ${flaw} > 0 THEN ${flaw}`,
    `WHEN u.${q("first_arm")} <> u.${q("last_arm")} THEN CASE WHEN ${isFirst} THEN ${FIRST_OF_SPLIT} ELSE ${OTHER_OF_SPLIT} END`,
    `WHEN ${isFirst} THEN 0 ELSE ${DUPLICATE}`,
  ];
  const query = `SELECT u.*, CASE ${sort.join(" ")} END AS ${q("sort")}\nFROM (\n${placed.join("\n")}\n) AS u`;
  return { name: "sorted", query };
}

function activityTable({ sql, keys, values, metrics, options }: SummaryContext): TableExpression {
  const { name: q } = sql;
  const segments = (options.segmentations ?? []).map((_, i) => `segment${i}`);
  const missing = metrics.map(({ values: own }, i) => {
    const conditions = own.map(({ alias }) => `u.${q(alias)} IS NULL`);
    return `  CASE WHEN ${conditions.join(" OR ")} THEN 1 ELSE 0 END AS ${q(`missing${i}`)},`;
  });
  const query = [
    `SELECT ${[...keys, "entered", "sort", ...segments].map((column) => `u.${q(column)} AS ${q(column)}`).join(", ")},`,
    ...values.map((value) => `  ${unitNumber(sql.name, value)} AS ${q(value.alias)},`),
    ...missing,
    `  CASE WHEN u.${q("sort")} = 0 THEN u.${q("arm")} END AS ${q("arm")}`,
    `FROM ${sql.step("sorted")} AS u`,
  ];
  return { name: "activity", query: query.join("\n") };
}

function unitNumber(q: (name: string) => string, { alias, type }: UnitValue): string {
  const given = `u.${q(alias)}`;
  return type === "flag" ? `CASE WHEN ${given} <> 0 THEN 1 ELSE 0 END` : `COALESCE(${given}, 0)`;
}

function qualityCounts({ sql, metrics, options }: SummaryContext): QualityCount[] {
  const { name: q } = sql;
  const rowsOf = (sort: number): string => sumWhere(sql, `c.${q("sort")} = ${sort}`, "units");
  return [
    { check: "exposures", metric: "", count: `SUM(c.${q("units")})` },
    ...(options.unit === undefined
      ? []
      : ([
          { check: "duplicate-exposures", metric: "", count: rowsOf(DUPLICATE) },
          { check: "units-in-several-arms", metric: "", count: rowsOf(FIRST_OF_SPLIT) },
        ] as const)),
    ...EXPOSURE_FLAWS.map((check, i): QualityCount => ({ check, metric: "", count: rowsOf(i + 1) })),
    ...metrics.map(({ metric }, i): QualityCount => {
      const count = sumWhere(sql, `c.${q("sort")} = 0`, `missing${i}`);
      return { check: "values-missing", metric: metric.name, count };
    }),
  ];
}
