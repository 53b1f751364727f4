import { CliError } from "./cli-error.ts";
import type { Io } from "./io.ts";
import { parseJson } from "./parse-json.ts";

/** A JSON document from a file, or from standard input for `-`; infinities as `toJson` writes them. */
export function readJson(io: Io, path: string): unknown {
  return parseJson(
    io.read(path),
    ({ line, column, expected }) =>
      new CliError(`${nameOf(path)} must be JSON: expected ${expected} at line ${line}, column ${column}`),
  );
}

/** A file as messages call it. */
export function nameOf(path: string): string {
  return path === "-" ? "standard input" : path;
}
