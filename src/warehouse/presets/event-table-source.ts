import { checkKnownFields, checkObject } from "../../core/checks.ts";
import { checkColumn, checkTable, checkTimeColumn } from "../checks/check-columns.ts";
import { checkSqlText } from "../checks/sql-words.ts";
import type { Column, TableName, TimeColumn } from "../summary-options.ts";
import type { LocatedRows } from "./located-rows.ts";

/** One table of events, in which exposures are events too. */
export interface EventTableOptions {
  readonly table: TableName;
  /** Columns of the unit's id, of what it did and of when. */
  readonly unit: Column;
  readonly event: Column;
  readonly time: TimeColumn;
  /** The column of the arm; only rows of exposure need hold one. */
  readonly arm: Column;
  /** What exposures are called among the events; `exposure` unless said. */
  readonly exposureEvent?: string | undefined;
}

/**
 * Where rows lie in one plain table of events: exposures are the rows of one event, and every column is named once.
 *
 * @param options.table - the table
 * @param options.unit - column of the unit's id
 * @param options.event - column of what it did
 * @param options.time - column of when it did it
 * @param options.arm - column of the arm, which rows of exposure hold
 * @param options.exposureEvent - what exposures are called among the events; `exposure` unless said
 * @returns `source`, `unit`, `arm` and `time` for `summarySql`
 * @throws {DomainError} for a name that no engine could hold
 * @example
 * ```ts
 * import { eventTableSource, summarySql } from "microlift";
 * const rows = eventTableSource({
 *   table: "shop.events",
 *   unit: "user_id",
 *   event: "event_name",
 *   time: "happened_at",
 *   arm: "variant",
 * });
 * const sql = summarySql({
 *   dialect: "snowflake",
 *   ...rows,
 *   control: "A",
 *   metrics: [{ name: "purchase", kind: "proportion", event: "purchase", attributionDays: 7 }],
 * });
 * sql.includes("'exposure'"); // true
 * ```
 */
export function eventTableSource(options: EventTableOptions): LocatedRows {
  checkObject("options", options);
  checkKnownFields("", options, EVENT_TABLE_FIELDS);
  const { table, unit, event, time, arm, exposureEvent = "exposure" } = options;
  checkTable("table", table);
  checkColumn("unit", unit);
  checkColumn("event", event);
  checkTimeColumn("time", time);
  checkColumn("arm", arm);
  checkSqlText("exposureEvent", exposureEvent);
  return {
    source: {
      exposures: { table, where: [{ column: event, in: [exposureEvent] }] },
      events: { table, event },
    },
    unit,
    arm,
    time,
  };
}

export const EVENT_TABLE_FIELDS: readonly (keyof EventTableOptions)[] = [
  "table",
  "unit",
  "event",
  "time",
  "arm",
  "exposureEvent",
];
