import type { ReadConfig } from "../warehouse/experiment-config.ts";
import { CliError } from "./cli-error.ts";
import { openDuckDb } from "./duckdb-store.ts";
import type { Io } from "./io.ts";
import { openPostgres } from "./postgres-store.ts";
import { type RowSource, tableKey } from "./row-source.ts";
import type { RowStore } from "./row-store.ts";

type Summaries = ReadConfig["summaries"];

/** Opens rows with the engine that reads them: an optional peer, which may have to be installed. */
export async function openRows(io: Io, source: RowSource, summaries: Summaries): Promise<RowStore> {
  if (source.kind === "server") {
    const pg = await io.postgres();
    if (pg === null) throw missing("rows of PostgreSQL", "pg");
    return openPostgres(pg, source.url);
  }
  const duckDb = await io.duckDb();
  if (duckDb === null) throw missing("rows of files", "@duckdb/node-api");
  return openDuckDb(duckDb, source, unitColumns(summaries));
}

function unitColumns({ source, unit }: Summaries): Map<string, string> {
  const tables = "units" in source ? [{ table: source.units, unit }] : [source.exposures, source.events];
  const columns = tables.map((of) => [tableKey(of.table), of.unit ?? unit] as const);
  return new Map(columns.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function missing(rows: string, peer: string): CliError {
  return new CliError(
    `${rows} are read by ${peer}, which is not installed: npm install ${peer} beside microlift`,
  );
}
