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
  /** Microseconds since 1970. */
  readonly instant: (of: string, column: TimeColumn, field: string) => string;
  /** Rows that pass all filters: a condition to stand behind WHERE. */
  readonly filter: (of: string, filters: readonly RowFilter[], field: string) => string;
  readonly integer: (expression: string) => string;
  readonly double: (expression: string) => string;
}

const PER_SECOND = { seconds: 1_000_000, milliseconds: 1000, microseconds: 1 } as const;

export function sqlWriter(dialect: SqlDialect, prefix: string): SqlWriter {
  const syntax = SYNTAXES[dialect];
  const { textType, integerType, doubleType } = syntax;

  const name = (alias: string): string => quoteName(dialect, alias, "alias");
  const text = (value: string, field = "text"): string => quoteText(dialect, value, field);

  function column(of: string, given: Column, field: string): string {
    if (typeof given === "string") return `${of}.${quoteName(dialect, given, field)}`;
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
      return PER_SECOND[epoch] === 1
        ? `CAST(${value} AS ${integerType})`
        : `CAST(${value} * ${PER_SECOND[epoch]} AS ${integerType})`;
    }
    const zone = timeZone === undefined ? null : text(timeZone, `${field}.timeZone`);
    return isText === true ? syntax.instantOfText(value, zone) : syntax.instant(value, zone);
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
      `NULLIF(TRIM(CAST(${column(of, given, field)} AS ${textType})), ${text("")})`,
    number: (of, given, field) => `CAST(${column(of, given, field)} AS ${doubleType})`,
    instant,
    filter: (of, filters, field) =>
      filters
        .map(({ column: filtered, in: values }, i) => {
          const path = `${field}[${i}]`;
          const literals = values.map((value, k) =>
            typeof value === "string" ? text(value, `${path}.in[${k}]`) : String(value),
          );
          return `${column(of, filtered, `${path}.column`)} IN (${literals.join(", ")})`;
        })
        .join(" AND "),
    integer: (expression) => `CAST(${expression} AS ${integerType})`,
    double: (expression) => `CAST(${expression} AS ${doubleType})`,
  };
}
