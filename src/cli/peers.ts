import type { DuckDb } from "./duckdb-store.ts";
import type { Postgres } from "./postgres-store.ts";

/** What reads rows of files; null where it is not installed. */
export async function duckDb(): Promise<DuckDb | null> {
  return peer(() => import("@duckdb/node-api"));
}

/** What talks to PostgreSQL; null where it is not installed. */
export async function postgres(): Promise<Postgres | null> {
  return peer(async () => (await import("pg")).default);
}

async function peer<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}
