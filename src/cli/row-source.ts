import { didYouMean } from "../core/did-you-mean.ts";
import { tableParts } from "../warehouse/table-parts.ts";
import type { SummarySource, TableName } from "../warehouse/summary-options.ts";
import { CliError } from "./cli-error.ts";
import { isDatabase, isServer } from "./row-files.ts";

/** Where rows lie: files for each table, a database in a file, or a server. */
export type RowSource =
  | { readonly kind: "files"; readonly files: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: "database"; readonly path: string }
  | { readonly kind: "server"; readonly url: string };

/** The tables that a configuration names. */
export function tablesOf(source: SummarySource): readonly TableName[] {
  return "units" in source ? [source.units] : [source.exposures.table, source.events.table];
}

/** A table's name as a command line writes it. */
export function tableKey(table: TableName): string {
  return tableParts(table).join(".");
}

/**
 * Reads the words of a command line that say where rows lie: files, `table=file` where they are of one table only, a
 * database, or a server.
 */
export function rowSource(words: readonly string[], source: SummarySource): RowSource {
  const tables = [...new Set(tablesOf(source).map(tableKey))];
  const named = words.map((word) => namedFile(word, tables));
  const whole = named.find(({ table, file }) => table === null && (isServer(file) || isDatabase(file)));
  if (whole !== undefined) {
    const isUrl = isServer(whole.file);
    if (words.length > 1) {
      throw new CliError(`${isUrl ? "a server" : whole.file} holds all tables: name no other rows beside it`);
    }
    return isUrl ? { kind: "server", url: whole.file } : { kind: "database", path: whole.file };
  }
  const common = named.filter(({ table }) => table === null).map(({ file }) => file);
  const files = new Map(
    tables.map((table) => {
      const own = named.filter((word) => word.table === table).map(({ file }) => file);
      return [table, own.length > 0 ? own : common];
    }),
  );
  for (const [table, own] of files) {
    if (own.length > 0) continue;
    throw new CliError(`no file holds the rows of "${table}": name it as ${table}=FILE`);
  }
  return { kind: "files", files };
}

/** A file, and the table whose rows it holds; null for all tables that have no file of their own. */
function namedFile(word: string, tables: readonly string[]): { table: string | null; file: string } {
  const table = tables.find((name) => word.startsWith(`${name}=`));
  if (table !== undefined) return { table, file: word.slice(table.length + 1) };
  if (isServer(word)) return { table: null, file: word };
  const [given, file] = word.split("=", 2);
  const meant = file === undefined ? "" : didYouMean(given, tables);
  if (meant !== "") throw new CliError(`"${given}" is no table of the configuration${meant}`);
  return { table: null, file: word };
}
