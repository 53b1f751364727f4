import { PGlite } from "@electric-sql/pglite";
import { DuckDBInstance } from "@duckdb/node-api";
import type { SqlDialect } from "../../src/warehouse/sql-dialect.ts";

/** A database in this process that statements are run on. */
export interface SqlEngine {
  readonly dialect: SqlDialect;
  /** Runs statements that return nothing. */
  readonly run: (sql: string) => Promise<void>;
  /** The rows of a query, as the engine's client gives them. */
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

/** DuckDB in memory, with UTC for its clock's zone as the command line sets it. */
export async function openDuckDb(): Promise<SqlEngine> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    dialect: "duckdb",
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjects(),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Starting it takes seconds: the files of one process share it. */
let pglite: Promise<PGlite> | undefined;

/** PostgreSQL compiled to WebAssembly, in memory, with an empty schema. */
export async function openPglite(): Promise<SqlEngine> {
  pglite ??= PGlite.create();
  const database = await pglite;
  await database.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  return {
    dialect: "postgres",
    run: async (sql) => void (await database.exec(sql)),
    rows: async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
    close: async () => undefined,
  };
}
