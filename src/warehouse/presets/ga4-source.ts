import { checkKnownFields, checkObject, checkOneOf } from "../../core/checks.ts";
import { DomainError } from "../../core/domain-error.ts";
import { checkTable } from "../checks/check-columns.ts";
import { checkDate } from "../checks/check-moments.ts";
import { checkSqlText } from "../checks/sql-words.ts";
import type { RowFilter, TableName } from "../summary-options.ts";
import type { LocatedRows } from "./located-rows.ts";

/** An experiment in the export of Google Analytics 4 to BigQuery. */
export interface Ga4Options {
  /** `project.analytics_123.events_*`, or a table or view with the rows of such tables. */
  readonly table: TableName;
  /** Days of the tables that are read, both included, as in `2026-03-01`: from the first exposure to the reading. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** The id of a unit; `user_pseudo_id`, a browser or a device, unless said. */
  readonly unit?: "user_pseudo_id" | "user_id" | undefined;
  /** The event that says which arm a unit is in; `experience_impression` unless said. */
  readonly exposureEvent?: string | undefined;
  /** The parameter of that event that names the arm; `exp_variant_string` unless said. */
  readonly armParameter?: string | undefined;
  /** The parameter of that event that names the experiment, and its name, where the arm's name does not say it. */
  readonly experimentParameter?: string | undefined;
  readonly experimentId?: string | undefined;
}

/**
 * Where rows lie in the export of Google Analytics 4: BigQuery's tables `events_YYYYMMDD`, or the same rows in DuckDB.
 *
 * Exposures are the events `experience_impression` with the arm in their parameter `exp_variant_string`, as Google has
 * tools for experiments send them, unless said. What a purchase was worth is the column
 * `{ path: ["ecommerce", "purchase_revenue"] }`, what any event was worth `{ parameter: "value", type: "number" }`.
 *
 * @param options.table - `project.analytics_123.events_*`, or a table or view with the rows of such tables
 * @param options.firstDay - first day whose table is read, as in `2026-03-01`, in the time zone of the property
 * @param options.lastDay - last day whose table is read; Google adds late events to a table for three days
 * @param options.unit - `user_pseudo_id`, or `user_id` for those who logged in
 * @param options.exposureEvent - name of the event of exposure
 * @param options.armParameter - its parameter that names the arm
 * @param options.experimentParameter - its parameter that names the experiment, where it has one
 * @param options.experimentId - the experiment's name there
 * @returns `source`, `unit`, `arm` and `time` for `summarySql`
 * @throws {DomainError} for days that are none, and an experiment without its parameter
 * @example
 * ```ts
 * import { ga4Source, summarySql } from "microlift";
 * const sql = summarySql({
 *   dialect: "bigquery",
 *   ...ga4Source({ table: "shop.analytics_123.events_*", firstDay: "2026-03-01", lastDay: "2026-04-05" }),
 *   control: "TOOL-checkout-A",
 *   treatments: ["TOOL-checkout-B"],
 *   metrics: [
 *     { name: "purchase", kind: "proportion", role: "macro", event: "purchase", attributionDays: 7 },
 *     {
 *       name: "revenue",
 *       kind: "mean",
 *       event: "purchase",
 *       value: { path: ["ecommerce", "purchase_revenue"] },
 *       attributionDays: 7,
 *     },
 *   ],
 * });
 * sql.includes("`_TABLE_SUFFIX` >= '20260301'"); // true
 * ```
 * Google, GA4 BigQuery Export schema (support.google.com/analytics/answer/7029846).
 */
export function ga4Source(options: Ga4Options): LocatedRows {
  checkObject("options", options);
  checkKnownFields("", options, GA4_FIELDS);
  const { table, unit = "user_pseudo_id", experimentParameter, experimentId } = options;
  const { exposureEvent = "experience_impression", armParameter = "exp_variant_string" } = options;
  checkTable("table", table);
  checkOneOf("unit", unit, ["user_pseudo_id", "user_id"]);
  checkSqlText("exposureEvent", exposureEvent);
  checkSqlText("armParameter", armParameter);
  const within = [daysFilter(options)];
  const ofExperiment = experimentFilter(experimentParameter, experimentId);
  return {
    source: {
      exposures: {
        table,
        where: [...within, { column: "event_name", in: [exposureEvent] }, ...ofExperiment],
      },
      events: { table, event: "event_name", where: within },
    },
    unit,
    arm: { parameter: armParameter, type: "text" },
    time: { column: "event_timestamp", epoch: "microseconds" },
  };
}

export const GA4_FIELDS: readonly (keyof Ga4Options)[] = [
  "table",
  "firstDay",
  "lastDay",
  "unit",
  "exposureEvent",
  "armParameter",
  "experimentParameter",
  "experimentId",
];

/** A wildcard reads, and is billed for, every table that its suffix lets in; tables of the running day have another. */
function daysFilter({ table, firstDay, lastDay }: Ga4Options): RowFilter {
  checkDate("firstDay", firstDay);
  checkDate("lastDay", lastDay);
  if (lastDay < firstDay) {
    throw new DomainError("lastDay", lastDay, `must be at or after firstDay = ${firstDay}`);
  }
  const name = typeof table === "string" ? table : table.at(-1)!;
  return {
    column: name.endsWith("*") ? "_TABLE_SUFFIX" : "event_date",
    from: firstDay.replaceAll("-", ""),
    to: lastDay.replaceAll("-", ""),
  };
}

function experimentFilter(parameter: string | undefined, id: string | undefined): RowFilter[] {
  if (parameter === undefined && id === undefined) return [];
  checkSqlText("experimentParameter", parameter);
  checkSqlText("experimentId", id);
  return [{ column: { parameter: parameter!, type: "text" }, in: [id!] }];
}
