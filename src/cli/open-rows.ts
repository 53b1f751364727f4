import { CliError } from "./cli-error.ts";
import { openDuckDb } from "./duckdb-store.ts";
import type { Io } from "./io.ts";
import { openPostgres } from "./postgres-store.ts";
import type { RowSource } from "./row-source.ts";
import type { RowStore } from "./row-store.ts";

/** Opens rows with the engine that reads them: an optional peer, which may have to be installed. */
export async function openRows(io: Io, source: RowSource): Promise<RowStore> {
  if (source.kind === "server") {
    const pg = await io.postgres();
    if (pg === null) throw missing("rows of PostgreSQL", "pg");
    return openPostgres(pg, source.url);
  }
  const duckDb = await io.duckDb();
  if (duckDb === null) throw missing("rows of files", "@duckdb/node-api");
  return openDuckDb(duckDb, source);
}

function missing(rows: string, peer: string): CliError {
  return new CliError(
    `${rows} are read by ${peer}, which is not installed: npm install ${peer} beside microlift`,
  );
}
