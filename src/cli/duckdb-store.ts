import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quoteName, quoteText } from "../warehouse/quote.ts";
import type { TableName } from "../warehouse/summary-options.ts";
import { tableParts } from "../warehouse/table-parts.ts";
import { CliError } from "./cli-error.ts";
import { duckDbError } from "./engine-error.ts";
import { exitOnInterrupt } from "./interrupt.ts";
import { filesOf, literalPattern, readerOf } from "./row-files.ts";
import { type RowSource, tableKey } from "./row-source.ts";
import type { ColumnKind, RowStore } from "./row-store.ts";

/** What of DuckDB's package is used. */
export interface DuckDb {
  readonly DuckDBInstance: typeof DuckDBInstance;
}

const TOLD_EVERY_MS = 100;

/** Rows in files, or a database in a file, opened by DuckDB within this process; nothing else can be read by it. */
export async function openDuckDb(
  duckDb: DuckDb,
  source: Exclude<RowSource, { kind: "server" }>,
): Promise<RowStore> {
  // For what does not fit into memory.
  const folder = mkdtempSync(join(tmpdir(), "microlift-duckdb-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const release = exitOnInterrupt(remove);
  const cleanUp = (): void => {
    remove();
    release();
  };
  try {
    const path = source.kind === "database" ? await databaseFile(source.path) : ":memory:";
    const instance = await duckDb.DuckDBInstance.create(path, {
      ...(source.kind === "database" ? { access_mode: "READ_ONLY" } : {}),
      temp_directory: folder,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
    }).catch((error: unknown) => {
      throw duckDbError(error, path);
    });
    const close = (): void => {
      instance.closeSync();
      cleanUp();
    };
    try {
      return await storeOf(await instance.connect(), source, close);
    } catch (error) {
      close();
      throw error;
    }
  } catch (error) {
    cleanUp();
    throw error;
  }
}

async function databaseFile(path: string): Promise<string> {
  const [file] = await filesOf(path, async () => []);
  return file!;
}

async function storeOf(
  connection: DuckDBConnection,
  source: Exclude<RowSource, { kind: "server" }>,
  close: () => void,
): Promise<RowStore> {
  const names = new Map<string, string>();
  const nameOf = (table: TableName): string => names.get(tableKey(table)) ?? tableKey(table);
  const allowed: string[] = [];
  if (source.kind === "files") {
    for (const [table, words] of source.files) {
      names.set(table, words.length === 1 ? basename(words[0]!) : `${basename(words[0]!)}, …`);
      allowed.push(...(await addView(connection, table, words)));
    }
  }
  const paths = allowed.map((path) => text(path)).join(", ");
  await connection.run(
    `SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false;` +
      `SET allowed_paths = [${paths}]; SET enable_external_access = false; SET lock_configuration = true`,
  );
  return {
    dialect: "duckdb",
    nameOf,
    columns: async (table) => {
      const query = `SELECT * FROM ${qualified(tableParts(table))} LIMIT 0`;
      const result = await connection.runAndReadAll(query).catch((error: unknown) => {
        throw duckDbError(error, nameOf(table));
      });
      const types = result.columnTypes().map(String);
      return result.columnNames().map((name, i) => ({ name, kind: kindOf(types[i]!), type: types[i]! }));
    },
    query: async (sql, tell = () => undefined) => {
      const timer = setInterval(() => {
        const { percentage } = connection.progress;
        if (percentage >= 0) tell(percentage / 100);
      }, TOLD_EVERY_MS);
      try {
        // Prepared, which only one statement can be.
        const statement = await connection.prepare(sql);
        return (await statement.runAndReadAll()).getRowObjectsJS();
      } catch (error) {
        throw duckDbError(error, [...new Set(names.values())].join(", ") || "the database");
      } finally {
        clearInterval(timer);
      }
    },
    close: async () => close(),
  };
}

/** Makes files visible under the name of a table, and returns the paths that DuckDB opens for it. */
async function addView(
  connection: DuckDBConnection,
  table: string,
  words: readonly string[],
): Promise<string[]> {
  const files: string[] = [];
  for (const word of words) {
    files.push(
      ...(await filesOf(word, async (pattern) => {
        const found = await connection.runAndReadAll(`SELECT file FROM glob(${text(pattern)})`);
        return found.getRows().map(([file]) => String(file));
      })),
    );
  }
  const [reader, other] = new Set(files.map(readerOf));
  if (other !== undefined)
    throw new CliError(`the files of "${table}" are of several formats: ${words.join(", ")}`);
  const patterns = files.map(literalPattern);
  const parts = tableParts(table);
  const [catalog, schema] = [parts.at(-3), parts.at(-2)];
  if (catalog !== undefined)
    await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS ${qualified([catalog])}`);
  if (schema !== undefined)
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${qualified(parts.slice(0, -1))}`);
  const read = `${reader}([${patterns.map(text).join(", ")}], union_by_name = true)`;
  await connection.run(`CREATE VIEW ${qualified(parts)} AS SELECT * FROM ${read}`).catch((error: unknown) => {
    throw duckDbError(error, words.join(", "));
  });
  return [...files, ...patterns];
}

function qualified(parts: readonly string[]): string {
  return parts.map((part) => quoteName("duckdb", part, "table")).join(".");
}

function text(value: string): string {
  return quoteText("duckdb", value, "file");
}

function kindOf(type: string): ColumnKind {
  if (/^(VARCHAR|ENUM|UUID|JSON)/.test(type)) return "text";
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/.test(type)) return "number";
  if (/^(TIMESTAMP|DATE)/.test(type)) return "timestamp";
  return type === "BOOLEAN" ? "boolean" : "other";
}
