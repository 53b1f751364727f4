import { fromJson } from "../core/json.ts";
import { DomainError } from "../core/domain-error.ts";
import { CliError } from "./cli-error.ts";
import type { Io } from "./io.ts";
import { jsonFault } from "../core/json-fault.ts";

/** A JSON document from a file, or from standard input for `-`; infinities as `toJson` writes them. */
export function readJson(io: Io, path: string): unknown {
  const text = io.read(path);
  try {
    return fromJson(text);
  } catch (error) {
    const fault = error instanceof DomainError ? jsonFault(text) : null;
    if (fault === null) throw error;
    const { line, column, expected } = fault;
    throw new CliError(
      `${nameOf(path)} must be JSON: expected ${expected} at line ${line}, column ${column}`,
    );
  }
}

/** A file as messages call it. */
export function nameOf(path: string): string {
  return path === "-" ? "standard input" : path;
}
