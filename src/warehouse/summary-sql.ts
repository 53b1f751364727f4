import type { Activity } from "./activity.ts";
import { checkSummaryOptions } from "./check-summary-options.ts";
import { DAY_MICROS } from "./day-micros.ts";
import { eventActivity } from "./event-activity.ts";
import { exposureDayTables } from "./exposure-day-tables.ts";
import { capOf, cappedValue, capTables, frameTable, joinByKeys, joinCaps } from "./frame-tables.ts";
import { lineTable } from "./line-table.ts";
import { sqlWriter } from "./sql-writer.ts";
import { stepPrefix } from "./step-prefix.ts";
import { micros, summaryContext, type SummaryContext, type TableExpression } from "./summary-context.ts";
import { overCap, summaryLines, type SummaryLines } from "./summary-lines.ts";
import type { SummarySqlOptions } from "./summary-options.ts";
import { summaryRowsSql } from "./summary-rows-sql.ts";
import { unitActivity } from "./unit-activity.ts";

/**
 * One SQL statement that computes every summary of an experiment where its rows lie: counts, means and covariances,
 * joint counts, segments and days, and how many rows were left out and why.
 *
 * The first exposure of a unit counts, and a unit that was seen in several arms is in none. An event counts within the
 * attribution window of its metric, and a unit once that window is over. Sums of squares are taken about a centre. Every
 * name and text is quoted; the rows that come back are those of `SummaryRow`, for `parseSummaryRows`.
 *
 * @param options.dialect - `duckdb`, `postgres`, `bigquery`, `snowflake`, `clickhouse`, `spark` or `redshift`
 * @param options.source - a table of exposures and one of events, or one wide table with a row for each unit
 * @param options.unit - column of the unit's id
 * @param options.arm - column of the arm, of exposures
 * @param options.time - column of the time, of exposures and events
 * @param options.control - name of the control arm
 * @param options.metrics - each with the events, values or columns that it is made of
 * @returns the text of the statement
 * @throws {DomainError} for a description that is at fault, and a name that no engine could hold
 * @example
 * ```ts
 * import { summarySql } from "microlift";
 * const sql = summarySql({
 *   dialect: "bigquery",
 *   source: { exposures: { table: "shop.exposures" }, events: { table: "shop.events", event: "event_name" } },
 *   unit: "user_id",
 *   arm: "variant",
 *   time: "happened_at",
 *   control: "control",
 *   metrics: [
 *     { name: "purchase", kind: "proportion", role: "macro", event: "purchase", attributionDays: 7 },
 *     { name: "add to cart", kind: "proportion", role: "proxy", event: "add_to_cart", attributionDays: 7 },
 *   ],
 * });
 * sql.startsWith("WITH"); // true
 * ```
 * Centred sums: Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance.
 */
export function summarySql(options: SummarySqlOptions): string {
  checkSummaryOptions(options);
  const context = summaryContext(options, sqlWriter(options.dialect, stepPrefix(options.source)));
  const { source } = options;
  const activity = "units" in source ? unitActivity(context, source) : eventActivity(context, source);
  const lines = summaryLines(context, activity);
  const tables = [
    ...activity.tables,
    ...capTables(context, activity),
    frameTable(context, activity, lines.centred),
    cellTable(context, activity, lines),
    groupTable(context, lines),
    ...lineTable(context, lines.lines),
    ...exposureDayTables(context, lines.lines),
  ];
  const written = tables.map(({ name, query }) => `${context.sql.step(name)} AS (\n${indented(query)}\n)`);
  const { ending } = context.sql.syntax;
  return `WITH\n${written.join(",\n")}\n${summaryRowsSql(context, lines.lines)}${ending === "" ? "" : `\n${ending}`}\n`;
}

function indented(query: string): string {
  // Not at what else a regular expression takes for the start of a line: names may hold it.
  return `  ${query.replaceAll("\n", "\n  ")}`;
}

/**
 * Sums over the units of each cell: those that agree in arm, segments, day, maturity and class. All groups are made of
 * cells, so that units are added up once.
 */
function cellTable(context: SummaryContext, activity: Activity, lines: SummaryLines): TableExpression {
  const { sql, options, keys, values, dayBases } = context;
  const { name: q } = sql;
  const { segmentations = [], timeZone = "UTC" } = options;
  const byEntry = dayBases.includes("day-of-entry");
  const entered = `u.${q("entered")}`;
  const local = timeZone === "UTC" ? entered : sql.syntax.localTime(entered, sql.text(timeZone, "timeZone"));
  const capped = values.filter(({ winsorized }) => winsorized !== null);
  const units = [
    "SELECT u.*",
    // Decimals would be rounded: in Snowflake behind six digits, which makes midnight of what is just before it.
    ...(byEntry ? [sql.integer(`FLOOR(${sql.double(local)} / ${DAY_MICROS}.0)`) + ` AS ${q("day")}`] : []),
    ...lines.windows.map(
      (days, i) =>
        `CASE WHEN ${entered} <= f.${q("read_at")} - ${micros(days)} THEN 1 ELSE 0 END AS ${q(`mature${i}`)}`,
    ),
    ...lines.centred.map(
      (value) =>
        `${sql.double(cappedValue(context, value))} - f.${q(`centre_${value.alias}`)} AS ${q(`from_${value.alias}`)}`,
    ),
    ...capped.map(({ alias, winsorized }) => {
      const isOver = `u.${q(alias)} > ${capOf(q, alias, winsorized!.upper)}`;
      return `CASE WHEN ${isOver} THEN 1 ELSE 0 END AS ${q(overCap(alias))}`;
    }),
  ];
  const columns = [
    ...keys,
    "arm",
    ...segmentations.map((_, i) => `segment${i}`),
    ...(byEntry ? ["day"] : []),
    ...lines.windows.map((_, i) => `mature${i}`),
    ...activity.classes,
  ];
  const tallies = [...activity.tallies, ...capped.map(({ alias }) => overCap(alias))];
  const sums = [
    `COUNT(*) AS ${q("units")}`,
    ...tallies.map((column) => `SUM(u.${q(column)}) AS ${q(column)}`),
    ...[...lines.totals].map(([alias, expression]) => `${expression} AS ${q(alias)}`),
  ];
  const query = [
    `SELECT ${columns.map((column) => `u.${q(column)} AS ${q(column)}`).join(", ")},`,
    indented(sums.join(",\n")),
    `FROM (`,
    indented(units.join(",\n  ")),
    indented(`FROM ${sql.step("activity")} AS u`),
    indented([joinByKeys(context, "frame", "f", "u"), ...joinCaps(context, "u")].join("\n")),
    `) AS u`,
    `GROUP BY ${columns.map((column) => `u.${q(column)}`).join(", ")}`,
  ];
  return { name: "cells", query: query.join("\n") };
}

/** The sums of each group: the experiment, its arms, and each arm's segments and days. */
function groupTable(context: SummaryContext, { sums }: SummaryLines): TableExpression {
  const { sql, options, keys, experiment, dayBases } = context;
  const { name: q } = sql;
  const { segmentations = [] } = options;
  const byEntry = dayBases.includes("day-of-entry");
  const segments = segmentations.map((_, i) => `segment${i}`);
  const columns = ["experiment", "arm", ...segments, ...(byEntry ? ["day"] : [])];
  const sets = [
    ["experiment"],
    ["experiment", "arm"],
    ...segments.map((segment) => ["experiment", "arm", segment]),
    ...(byEntry ? [["experiment", "arm", "day"]] : []),
  ];
  const cells =
    keys.length > 0
      ? sql.step("cells")
      : `(SELECT c.*, ${experiment} AS ${q("experiment")} FROM ${sql.step("cells")} AS c)`;
  const query = [
    `SELECT ${columns.map((column) => `c.${q(column)} AS ${q(column)}`).join(", ")},`,
    ...columns.slice(1).map((column) => `  GROUPING(c.${q(column)}) AS ${q(`any_${column}`)},`),
    [...sums].map(([alias, expression]) => `  ${expression} AS ${q(alias)}`).join(",\n"),
    `FROM ${cells} AS c`,
    joinByKeys(context, "frame", "f", "c"),
    ...joinCaps(context, "c"),
    `GROUP BY GROUPING SETS (${sets.map((set) => `(${set.map((column) => `c.${q(column)}`).join(", ")})`).join(", ")})`,
  ];
  return { name: "groups", query: query.join("\n") };
}
