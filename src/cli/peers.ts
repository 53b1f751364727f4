import { CliError } from "./cli-error.ts";
import type { DuckDb } from "./duckdb-store.ts";
import type { Postgres } from "./postgres-store.ts";

/** What reads rows of files; null where it is not installed. */
export async function duckDb(): Promise<DuckDb | null> {
  return peer("@duckdb/node-api", () => import("@duckdb/node-api"));
}

/** What talks to PostgreSQL; null where it is not installed. */
export async function postgres(): Promise<Postgres | null> {
  return peer("pg", async () => (await import("pg")).default);
}

async function peer<T>(name: string, load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_MODULE_NOT_FOUND") return null;
    // It is there, and what it needs of this machine is not.
    throw new CliError(
      `cannot load ${name}: ${message.split("\n")[0]}; npm install ${name} anew on this machine`,
    );
  }
}
