import { fromJson } from "../core/json.ts";
import { DomainError } from "../core/domain-error.ts";
import { CliError } from "./cli-error.ts";
import type { Io } from "./io.ts";

/** A JSON document from a file, or from standard input for `-`; infinities as `toJson` writes them. */
export function readJson(io: Io, path: string): unknown {
  const text = io.read(path);
  try {
    return fromJson(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new CliError(`${path === "-" ? "standard input" : path} ${error.expected}`);
  }
}
