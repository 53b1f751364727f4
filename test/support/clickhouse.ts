import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./pages.ts";
import type { SqlEngine } from "./sql-engines.ts";
import type { ColumnType, SqlTable } from "./sql-tables.ts";

/** What of `chdb` is used here. It is half a gigabyte, and lies outside the lockfile: `npm run test:clickhouse` gets it. */
interface Chdb {
  readonly Session: new () => { query: (sql: string, format?: string) => string; close: () => void };
}

/** ClickHouse in this process. */
export function openClickHouse(): SqlEngine {
  const { Session } = createRequire(join(root, "temp/clickhouse/package.json"))("chdb") as Chdb;
  const session = new Session();
  return {
    dialect: "clickhouse",
    run: async (sql) => void session.query(sql),
    rows: async (sql) => {
      const lines = session.query(sql, "JSONEachRow").split("\n");
      return lines.flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>]));
    },
    close: async () => session.close(),
  };
}

const TYPES: Readonly<Record<ColumnType, string>> = {
  text: "String",
  integer: "Int32",
  bigint: "Int64",
  "double precision": "Float64",
  "decimal(12, 2)": "Decimal(12, 2)",
  boolean: "Bool",
  date: "Date32",
  timestamp: "DateTime64(6, 'UTC')",
  timestamptz: "DateTime64(6, 'UTC')",
};

/** Makes tables anew, as `createTables` does for other engines. */
export async function createClickHouseTables(engine: SqlEngine, tables: readonly SqlTable[]): Promise<void> {
  for (const { name, columns, rows } of tables) {
    const entries = Object.entries(columns);
    const table = quoted(name);
    await engine.run(`DROP TABLE IF EXISTS ${table}`);
    const types = entries.map(([column, type]) => `${quoted(column)} Nullable(${TYPES[type]})`);
    await engine.run(`CREATE TABLE ${table} (${types.join(", ")}) ENGINE = Memory`);
    if (rows.length === 0) continue;
    const lines = rows.map((row) => {
      const cells = entries.map(([column, type]) => {
        const cell = row[column]!;
        if (cell === null) return "NULL";
        const text = String(cell).replaceAll("\\", "\\\\").replaceAll("'", "\\'");
        return `CAST('${type === "timestamptz" ? text.replace(/\+00$/, "") : text}' AS ${TYPES[type]})`;
      });
      return `(${cells.join(", ")})`;
    });
    await engine.run(`INSERT INTO ${table} VALUES ${lines.join(", ")}`);
  }
}

function quoted(name: string): string {
  return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}
