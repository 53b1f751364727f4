import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quoteText } from "../warehouse/quote.ts";
import type { TableName } from "../warehouse/summary-options.ts";
import { duckDbError } from "./engine-error.ts";
import { exitOnInterrupt } from "./interrupt.ts";
import { duckDbKind } from "./duckdb-kind.ts";
import { fileViews, type UnitColumns } from "./file-views.ts";
import { qualifiedName } from "./qualified-name.ts";
import { filesOf } from "./row-files.ts";
import { type RowSource, tableKey } from "./row-source.ts";
import type { RowStore } from "./row-store.ts";

/** What of DuckDB's package is used. */
export interface DuckDb {
  readonly DuckDBInstance: typeof DuckDBInstance;
}

const TOLD_EVERY_MS = 100;

/** Rows in files, or a database in a file, opened by DuckDB within this process; nothing else can be read by it. */
export async function openDuckDb(
  duckDb: DuckDb,
  source: Exclude<RowSource, { kind: "server" }>,
  units: UnitColumns,
): Promise<RowStore> {
  // For what does not fit into memory.
  const folder = mkdtempSync(join(tmpdir(), "microlift-duckdb-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const release = exitOnInterrupt(remove);
  let instance: DuckDBInstance | null = null;
  const close = (): void => {
    instance?.closeSync();
    remove();
    release();
  };
  try {
    const path = source.kind === "database" ? await databaseFile(source.path) : ":memory:";
    const opening = duckDb.DuckDBInstance.create(path, {
      ...(source.kind === "database" ? { access_mode: "READ_ONLY" } : {}),
      temp_directory: folder,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
    });
    instance = await opening.catch((error: unknown) => {
      throw duckDbError(error, path);
    });
    return await storeOf(await instance.connect(), source, units, close);
  } catch (error) {
    close();
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
  units: UnitColumns,
  close: () => void,
): Promise<RowStore> {
  const views = source.kind === "files" ? await fileViews(connection, source.files, units) : [];
  const names = new Map(views.map(({ table, name }) => [table, name]));
  const whole = source.kind === "database" ? source.path : [...new Set(names.values())].join(", ");
  const nameOf = (table: TableName): string => names.get(tableKey(table)) ?? tableKey(table);
  const paths = views.flatMap((view) => view.paths).map((path) => quoteText("duckdb", path, "file"));
  await connection.run(
    `SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0;` +
      `SET allowed_paths = [${paths.join(", ")}]; SET enable_external_access = false; SET lock_configuration = true`,
  );
  return {
    dialect: "duckdb",
    nameOf,
    columns: async (table) => {
      const query = `SELECT * FROM ${qualifiedName("duckdb", table)} LIMIT 0`;
      const result = await connection.runAndReadAll(query).catch((error: unknown) => {
        throw duckDbError(error, nameOf(table));
      });
      const types = result.columnTypes().map(String);
      return result.columnNames().map((name, i) => ({ name, kind: duckDbKind(types[i]!), type: types[i]! }));
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
        throw duckDbError(error, whole);
      } finally {
        clearInterval(timer);
      }
    },
    close: async () => close(),
  };
}
