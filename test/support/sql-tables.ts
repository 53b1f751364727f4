import type { SqlEngine } from "./sql-engines.ts";
import type { Cell, Row } from "./units-of-rows.ts";

/** A type of a column by a name that DuckDB and PostgreSQL share. */
export type ColumnType =
  | "text"
  | "integer"
  | "bigint"
  | "double precision"
  | "decimal(12, 2)"
  | "boolean"
  | "date"
  | "timestamp"
  | "timestamptz";

/** A table with its rows, for any engine. */
export interface SqlTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly rows: readonly Row[];
}

/** Makes tables anew, in place of those of the same names. */
export async function createTables(engine: SqlEngine, tables: readonly SqlTable[]): Promise<void> {
  for (const { name, columns, rows } of tables) {
    const entries = Object.entries(columns);
    const table = quoted(name);
    await engine.run(`DROP TABLE IF EXISTS ${table}`);
    await engine.run(
      `CREATE TABLE ${table} (${entries.map(([column, type]) => `${quoted(column)} ${type}`).join(", ")})`,
    );
    if (rows.length === 0) continue;
    const lines = rows.map(
      (row) => `(${entries.map(([column, type]) => literal(row[column]!, type)).join(", ")})`,
    );
    await engine.run(`INSERT INTO ${table} VALUES ${lines.join(", ")}`);
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(cell: Cell, type: ColumnType): string {
  if (cell === null) return "NULL";
  return `CAST('${String(cell).replaceAll("'", "''")}' AS ${type})`;
}
