import { DomainError } from "../core/domain-error.ts";
import { checkSqlName, checkSqlText } from "./checks/sql-words.ts";
import type { SqlDialect } from "./sql-dialect.ts";

// Every name and every text that a user gives reaches a statement through this file, and through nothing else.

/** How a dialect writes a quoted name. */
const NAME_QUOTES: Readonly<Record<SqlDialect, "double" | "backtick" | "escaped-backtick">> = {
  duckdb: "double",
  postgres: "double",
  snowflake: "double",
  redshift: "double",
  spark: "backtick",
  bigquery: "escaped-backtick",
  clickhouse: "escaped-backtick",
};

/**
 * How a dialect reads a backslash within a text: as itself, as the start of an escape, or as its settings have it. Where
 * settings decide, the characters of `NUMBERED` are given by their numbers, which mean the same under each.
 */
const TEXTS: Readonly<Record<SqlDialect, "plain" | "escaped" | "by-settings">> = {
  duckdb: "plain",
  postgres: "by-settings",
  snowflake: "escaped",
  bigquery: "escaped",
  clickhouse: "escaped",
  spark: "by-settings",
  redshift: "by-settings",
};

// Spark puts the values of variables, those of the environment too, in place of `${name}` before it reads a statement,
// within quotes as well.
const NUMBERED = /(['\\$])/;
const VARIABLE = "${";

/**
 * A name of a table, a column or an alias, quoted for a dialect.
 *
 * @param field - path of the name as the caller wrote it
 * @throws {DomainError} for an empty name, and one with control characters
 */
export function quoteName(dialect: SqlDialect, name: string, field: string): string {
  checkSqlName(field, name);
  if (dialect === "spark" && name.includes(VARIABLE)) {
    throw new DomainError(
      field,
      name,
      `must be a name without "${VARIABLE}", which Spark takes for a variable`,
    );
  }
  const style = NAME_QUOTES[dialect];
  if (style === "double") return `"${name.replaceAll('"', '""')}"`;
  if (style === "backtick") return `\`${name.replaceAll("`", "``")}\``;
  return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}

/**
 * A text as a literal of a dialect.
 *
 * @param field - path of the text as the caller wrote it
 * @throws {DomainError} for what is no text, and one with control characters
 */
export function quoteText(dialect: SqlDialect, text: string, field: string): string {
  checkSqlText(field, text);
  const style = TEXTS[dialect];
  if (style === "plain") return `'${text.replaceAll("'", "''")}'`;
  if (style === "escaped") return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const parts = text.split(NUMBERED);
  if (parts.length === 1) return `'${text}'`;
  const written = parts.map((part, i) => (i % 2 === 1 ? `chr(${part.charCodeAt(0)})` : `'${part}'`));
  return `(${written.filter((part) => part !== "''").join(" || ")})`;
}
