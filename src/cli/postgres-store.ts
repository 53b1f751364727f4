import type { Client, QueryConfig } from "pg";
import { postgresError } from "./engine-error.ts";
import { qualifiedName } from "./qualified-name.ts";
import { tableKey } from "./row-source.ts";
import type { ColumnKind, RowStore } from "./row-store.ts";

/** What of pg's package is used. */
export interface Postgres {
  readonly Client: typeof Client;
}

/** How often a server that works looks whether anybody still waits: Ctrl-C ends what it does. */
const LOOKS_EVERY = "SET client_connection_check_interval = '2s'";
const SESSION = [
  "SET TIME ZONE 'UTC'",
  // All digits of numbers, from servers before 12 too.
  "SET extra_float_digits = 3",
  "BEGIN TRANSACTION READ ONLY",
];

/** Tables on a PostgreSQL server, read in a transaction that can change nothing. */
export async function openPostgres(pg: Postgres, url: string): Promise<RowStore> {
  const failed = (error: unknown): never => {
    throw postgresError(error, url);
  };
  let client: Client;
  try {
    client = new pg.Client({ connectionString: url, application_name: "microlift" });
  } catch (error) {
    return failed(error);
  }
  // A connection that breaks makes the query fail that waits for it.
  client.on("error", () => undefined);
  const close = async (): Promise<void> => client.end().catch(() => undefined);
  const rowsOf = async (
    text: string,
  ): Promise<{ fields: { name: string; dataTypeID: number }[]; rows: unknown[] }> => {
    // Alone in its message, as only one statement can be.
    const query: QueryConfig & { queryMode: string } = { text, queryMode: "extended" };
    return client.query(query).catch(failed);
  };
  try {
    await client.connect().catch(failed);
    // Servers before 14 do not know it.
    await client.query(LOOKS_EVERY).catch(() => undefined);
    for (const statement of SESSION) await client.query(statement).catch(failed);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    dialect: "postgres",
    nameOf: tableKey,
    columns: async (table) => {
      const { fields } = await rowsOf(`SELECT * FROM ${qualifiedName("postgres", table)} LIMIT 0`);
      const types = await typeNames(fields.map(({ dataTypeID }) => dataTypeID));
      return fields.map((field, i) => ({ name: field.name, kind: kindOf(types[i]!), type: types[i]! }));
    },
    query: async (sql) => (await rowsOf(sql)).rows,
    close,
  };

  async function typeNames(ids: readonly number[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const list = ids.map((id) => `format_type(${id}, NULL)`).join(", ");
    const { rows } = await rowsOf(`SELECT ARRAY[${list}] AS types`);
    return (rows[0] as { types: string[] }).types;
  }
}

function kindOf(type: string): ColumnKind {
  if (/^(character|text|uuid|name|"char")/.test(type)) return "text";
  if (/^(smallint|integer|bigint|real|double precision|numeric)$/.test(type)) return "number";
  if (/^(timestamp|date)/.test(type)) return "timestamp";
  return type === "boolean" ? "boolean" : "other";
}
