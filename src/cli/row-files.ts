import { accessSync, constants, existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { CliError } from "./cli-error.ts";
import { reason } from "./files.ts";

/** Functions of DuckDB that read files, by how their names end. */
const READERS: readonly (readonly [RegExp, string])[] = [
  [/\.parquet$/i, "read_parquet"],
  [/\.(csv|tsv|txt)(\.(gz|zst))?$/i, "read_csv"],
  [/\.(json|ndjson|jsonl)(\.(gz|zst))?$/i, "read_json"],
];

const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;
const WILD = /[*?[]/;

/** Whether a word is the address of a PostgreSQL server. */
export function isServer(word: string): boolean {
  return /^postgres(ql)?:\/\//i.test(word);
}

/** Whether a word names a database of DuckDB. */
export function isDatabase(word: string): boolean {
  return /\.(duckdb|ddb|db)$/i.test(word);
}

/** Whether a word names rows and can be no document. */
export function isRows(word: string): boolean {
  return isServer(word) || isDatabase(word) || /\.(parquet|csv|tsv)(\.(gz|zst))?$/i.test(word);
}

/** What DuckDB reads a file with, by its name. */
export function readerOf(word: string): string {
  const reader = READERS.find(([ending]) => ending.test(word))?.[1];
  if (reader !== undefined) return reader;
  if (existsSync(word) && statSync(word).isDirectory()) {
    throw new CliError(
      `cannot read ${word}: it is a folder; name its files, as in '${word.replace(/\/$/, "")}/*.parquet'`,
    );
  }
  throw new CliError(
    `cannot read rows from ${basename(word)}: names of files end in .parquet, .csv, .tsv, .json, .ndjson (also .gz), .duckdb or .db`,
  );
}

/**
 * The names of the files that a word stands for. A name of a file is one though it holds what is wild in a pattern.
 *
 * @param matching - the files that match a pattern
 */
export async function filesOf(
  word: string,
  matching: (pattern: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (word === "-") throw new CliError("rows come from files, and not from standard input");
  if (ADDRESS.test(word)) {
    throw new CliError(`cannot read ${word}: rows are read from files of this machine, or from postgres://…`);
  }
  if (WILD.test(word) && !existsSync(word)) {
    const files = await matching(word);
    if (files.length === 0) throw new CliError(`cannot read ${word}: no file matches it`);
    return files;
  }
  try {
    accessSync(word, constants.R_OK);
  } catch (error) {
    throw new CliError(`cannot read ${word}: ${reason(error, word)}`);
  }
  const found = statSync(word);
  if (found.isFile() && found.size === 0) throw new CliError(`cannot read ${word}: it is empty`);
  return [word];
}

/** A name of a file as a pattern that matches it alone. */
export function literalPattern(file: string): string {
  return file.replaceAll(/[*?[]/g, "[$&]");
}
