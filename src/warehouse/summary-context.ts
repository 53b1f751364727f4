import type { DayBasis } from "../experiment/day-series.ts";
import { DAY_MICROS } from "./day-micros.ts";
import type { SqlWriter } from "./sql-writer.ts";
import type { SummarySqlOptions } from "./summary-options.ts";
import { type MetricValues, type UnitValue, unitValues } from "./unit-values.ts";

/** What the parts of one statement have in common. */
export interface SummaryContext {
  readonly options: SummarySqlOptions;
  readonly sql: SqlWriter;
  readonly metrics: readonly MetricValues[];
  readonly values: readonly UnitValue[];
  /** Literal of the experiment's name, for rows that no column names. */
  readonly experiment: string;
  /** The column that tells experiments apart, where there is one: steps carry it beside the unit. */
  readonly keys: readonly "experiment"[];
  /** The series of days that are asked for. */
  readonly dayBases: readonly DayBasis[];
  /** Microseconds of the time of reading; null where the rows say it. */
  readonly readAt: string | null;
}

/** A common table expression: its name, and the query behind it. */
export interface TableExpression {
  readonly name: string;
  readonly query: string;
}

export function summaryContext(options: SummarySqlOptions, sql: SqlWriter): SummaryContext {
  const { readAt, name = "experiment", experiment, byDay = false } = options;
  return {
    options,
    sql,
    ...unitValues(options.metrics, options.covariates ?? []),
    // Redshift cannot compare a literal that came out of a step without a type.
    experiment: sql.asText(sql.text(experiment === undefined ? name : "", "name")),
    keys: experiment === undefined ? [] : ["experiment"],
    dayBases: typeof byDay === "boolean" ? (byDay ? ["day-of-entry"] : []) : byDay,
    readAt: readAt === undefined ? null : String(Date.parse(readAt) * 1000),
  };
}

/** Days as microseconds, a whole number of them. */
export function micros(days: number): string {
  return String(Math.round(days * DAY_MICROS));
}
