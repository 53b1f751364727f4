import { realpathSync } from "node:fs";
import { basename } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName, quoteText } from "../warehouse/quote.ts";
import { tableParts } from "../warehouse/table-parts.ts";
import { CliError } from "./cli-error.ts";
import { duckDbKind } from "./duckdb-kind.ts";
import { duckDbError } from "./engine-error.ts";
import { qualifiedName } from "./qualified-name.ts";
import { filesOf, literalPattern, readerOf } from "./row-files.ts";
import { checkWholeGzip } from "./whole-gzip.ts";

/** The column of the unit's id, by the name of its table. */
export type UnitColumns = ReadonlyMap<string, string>;

/** Files under the name of a table. */
export interface FileView {
  readonly table: string;
  /** As messages call them. */
  readonly name: string;
  /** What DuckDB opens for it. */
  readonly paths: readonly string[];
}

interface TableFiles extends FileView {
  readonly reader: string;
  readonly patterns: string;
}

/** Makes files visible under the names of their tables. */
export async function fileViews(
  connection: DuckDBConnection,
  files: ReadonlyMap<string, readonly string[]>,
  units: UnitColumns,
): Promise<FileView[]> {
  const tables: TableFiles[] = [];
  for (const [table, words] of files) tables.push(await tableFiles(connection, table, words));
  for (const table of tables) await createView(connection, table, null);
  const kinds = new Set<string>();
  for (const { table } of tables) kinds.add(await unitKind(connection, table, units.get(table)));
  // A file may hold the ids as numbers and another one as texts: CSV does not say what they are.
  if (kinds.has("text") && kinds.has("number")) {
    for (const table of tables) await createView(connection, table, units.get(table.table)!);
  }
  return tables;
}

async function tableFiles(
  connection: DuckDBConnection,
  table: string,
  words: readonly string[],
): Promise<TableFiles> {
  const matching = async (pattern: string): Promise<string[]> => {
    const found = await connection.runAndReadAll(`SELECT file FROM glob(${text(pattern)})`);
    return found.getRows().map(([file]) => String(file));
  };
  const files = (await Promise.all(words.map((word) => filesOf(word, matching)))).flat();
  const places = files.map((file) => realpathSync(file));
  const again = places.findIndex((place, i) => places.indexOf(place) < i);
  if (again >= 0)
    throw new CliError(`${files[again]!} is named twice for "${table}": its rows would count twice`);
  for (const file of files) await checkWholeGzip(file);
  const [reader, other] = new Set(files.map(readerOf));
  if (other !== undefined) {
    throw new CliError(`the files of "${table}" must all be of one format: ${words.join(", ")}`);
  }
  const patterns = files.map(literalPattern);
  const [first, second] = words.map((word) => basename(word));
  return {
    table,
    name: second === undefined ? first! : `${first}, …`,
    reader: reader!,
    patterns: `[${patterns.map(text).join(", ")}]`,
    paths: [...files, ...patterns],
  };
}

/** Makes a view, or makes it anew with a column of ids as texts. */
async function createView(
  connection: DuckDBConnection,
  { table, name, reader, patterns }: TableFiles,
  ids: string | null,
): Promise<void> {
  const parts = tableParts(table);
  const schema = parts.slice(0, -1);
  if (schema.length > 1) await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS ${quoted(schema[0]!)}`);
  if (schema.length > 0)
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${qualifiedName("duckdb", schema)}`);
  const isCsv = reader === "read_csv";
  // Numbers with leading zeros keep them.
  const types = ids === null || !isCsv ? "" : `, types = {${text(ids)}: 'VARCHAR'}`;
  const replaced =
    ids === null || isCsv ? "" : ` REPLACE (CAST(${quoted(ids)} AS VARCHAR) AS ${quoted(ids)})`;
  const query = `SELECT *${replaced} FROM ${reader}(${patterns}, union_by_name = true${types})`;
  const view = qualifiedName("duckdb", table);
  await connection.run(`CREATE OR REPLACE VIEW ${view} AS ${query}`).catch((error: unknown) => {
    throw duckDbError(error, name);
  });
}

/** What the ids of a table are; nothing where it has no such column. */
async function unitKind(
  connection: DuckDBConnection,
  table: string,
  column: string | undefined,
): Promise<string> {
  if (column === undefined) return "";
  const found = await connection.runAndReadAll(`SELECT * FROM ${qualifiedName("duckdb", table)} LIMIT 0`);
  const place = found.columnNames().findIndex((name) => name.toLowerCase() === column.toLowerCase());
  return place < 0 ? "" : duckDbKind(String(found.columnType(place)));
}

function quoted(name: string): string {
  return quoteName("duckdb", name, "table");
}

function text(value: string): string {
  return quoteText("duckdb", value, "file");
}
