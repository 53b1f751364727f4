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
 * settings decide, backslash and quote are given by their numbers, which mean the same under each.
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

/**
 * A name of a table, a column or an alias, quoted for a dialect.
 *
 * @param field - path of the name as the caller wrote it
 * @throws {DomainError} for an empty name, and one with control characters
 */
export function quoteName(dialect: SqlDialect, name: string, field: string): string {
  checkSqlName(field, name);
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
  const parts = text.split(/(['\\])/).filter((part) => part !== "");
  if (parts.length === 0) return "''";
  if (parts.length === 1 && !isMark(parts[0]!)) return `'${text}'`;
  return `(${parts.map((part) => (isMark(part) ? `chr(${part.charCodeAt(0)})` : `'${part}'`)).join(" || ")})`;
}

function isMark(part: string): boolean {
  return part === "'" || part === "\\";
}
