import { DomainError } from "../core/domain-error.ts";
import { bigquery } from "./dialects/bigquery.ts";
import { clickhouse } from "./dialects/clickhouse.ts";
import { duckdb } from "./dialects/duckdb.ts";
import { postgres } from "./dialects/postgres.ts";
import { redshift } from "./dialects/redshift.ts";
import { snowflake } from "./dialects/snowflake.ts";
import { spark } from "./dialects/spark.ts";
import { quoteName, quoteText } from "./quote.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import type { Column, RowFilter, TableName, TimeColumn } from "./summary-options.ts";
import type { Syntax } from "./syntax.ts";

const SYNTAXES: Readonly<Record<SqlDialect, Syntax>> = {
  duckdb,
  postgres,
  bigquery,
  snowflake,
  clickhouse,
  spark,
  redshift,
};

/** Writes the parts of a statement that users name, each quoted in the way of one dialect. */
export interface SqlWriter {
  readonly syntax: Syntax;
  /** A name of our own, such as an alias. */
  readonly name: (name: string) => string;
  /** The name of a step of the statement: of a common table expression. */
  readonly step: (name: string) => string;
  readonly text: (text: string, field?: string) => string;
  readonly table: (table: TableName, field: string) => string;
  readonly column: (of: string, column: Column, field: string) => string;
  /** A column as text, NULL where it is blank. */
  readonly label: (of: string, column: Column, field: string) => string;
  /** A column as a number, NULL where it is none. */
  readonly number: (of: string, column: Column, field: string) => string;
  /** The same of a column that may hold truth values. */
  readonly flag: (of: string, column: Column, field: string) => string;
  /** Microseconds since 1970. */
  readonly instant: (of: string, column: TimeColumn, field: string) => string;
  /** Rows that pass all filters: a condition to stand behind WHERE. */
  readonly filter: (of: string, filters: readonly RowFilter[], field: string) => string;
  readonly integer: (expression: string) => string;
  readonly double: (expression: string) => string;
  readonly asText: (expression: string) => string;
}

const MICROS_IN = { seconds: 1_000_000, milliseconds: 1000, microseconds: 1 } as const;

export function sqlWriter(dialect: SqlDialect, prefix = ""): SqlWriter {
  const syntax = SYNTAXES[dialect];
  const { textType, integerType, doubleType } = syntax;

  const name = (alias: string): string => quoteName(dialect, alias, "alias");
  const text = (value: string, field = "text"): string => quoteText(dialect, value, field);

  function column(of: string, given: Column, field: string): string {
    if (typeof given === "string") return `${of}.${quoteName(dialect, given, field)}`;
    if ("path" in given) return [of, ...given.path.map((part) => quoteName(dialect, part, field))].join(".");
    if (syntax.eventParameter === null) {
      throw new DomainError(
        field,
        given,
        `must be the name of a column: ${dialect} holds no event parameters`,
      );
    }
    return syntax.eventParameter(of, text(given.parameter, `${field}.parameter`), given.type);
  }

  function instant(of: string, given: TimeColumn, field: string): string {
    if (typeof given === "string") return syntax.instant(column(of, given, field), null);
    const { epoch, isText, timeZone } = given;
    const value = column(of, given.column, `${field}.column`);
    if (epoch !== undefined) {
      if (MICROS_IN[epoch] === 1) return `CAST(${value} AS ${integerType})`;
      // As a double, since seconds in 32 bits would overflow; half added, since some engines round and others cut.
      return `CAST(FLOOR(CAST(${value} AS ${doubleType}) * ${MICROS_IN[epoch]} + 0.5) AS ${integerType})`;
    }
    const zone = timeZone === undefined ? null : text(timeZone, `${field}.timeZone`);
    return isText === true ? syntax.instantOfText(value, zone) : syntax.instant(value, zone);
  }

  function conditions(of: string, filter: RowFilter, field: string): string[] {
    const filtered = column(of, filter.column, `${field}.column`);
    const literal = (value: string | number | boolean, at: string): string =>
      typeof value === "string" ? text(value, `${field}.${at}`) : String(value);
    if ("in" in filter) {
      return [`${filtered} IN (${filter.in.map((value, k) => literal(value, `in[${k}]`)).join(", ")})`];
    }
    const { from, to } = filter;
    return [
      ...(from === undefined ? [] : [`${filtered} >= ${literal(from, "from")}`]),
      ...(to === undefined ? [] : [`${filtered} <= ${literal(to, "to")}`]),
    ];
  }

  return {
    syntax,
    name,
    step: (step) => name(`${prefix}${step}`),
    text,
    table: (table, field) =>
      (typeof table === "string" ? table.split(".") : table)
        .map((part) => quoteName(dialect, part, field))
        .join("."),
    column,
    label: (of, given, field) =>
      `NULLIF(TRIM(CAST(${column(of, given, field)} AS ${textType}))${syntax.byBytes}, ${text("")})`,
    number: (of, given, field) => `CAST(${column(of, given, field)} AS ${doubleType})`,
    flag: (of, given, field) => syntax.flag(column(of, given, field)),
    instant,
    filter: (of, filters, field) =>
      filters.flatMap((filter, i) => conditions(of, filter, `${field}[${i}]`)).join(" AND "),
    integer: (expression) => `CAST(${expression} AS ${integerType})`,
    double: (expression) => `CAST(${expression} AS ${doubleType})`,
    asText: (expression) => `CAST(${expression} AS ${textType})`,
  };
}
