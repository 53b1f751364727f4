import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CliError } from "./cli-error.ts";

/** The outside world of the command line, so that tests can stand in for it. */
export interface Io {
  /** Text of a file, or of standard input for `-`. */
  readonly read: (path: string) => string;
  /** Writes a whole file or none of it. */
  readonly write: (path: string, text: string) => void;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the terminal. */
  readonly width: number;
}

const STANDARD_INPUT = 0;
const DEFAULT_WIDTH = 80;
const WIDEST = 100;

export const terminal: Io = {
  read: (path) => {
    try {
      return readFileSync(path === "-" ? STANDARD_INPUT : path, "utf8");
    } catch (error) {
      throw new CliError(`cannot read ${path === "-" ? "standard input" : path}: ${reason(error)}`);
    }
  },
  write: writeWhole,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  width: Math.min(process.stdout.columns ?? DEFAULT_WIDTH, WIDEST),
};

// Into a folder of its own beside the target, then renamed: a reader never sees half a file.
function writeWhole(path: string, text: string): void {
  const target = resolve(path);
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(dirname(target), ".microlift-"));
    const part = join(folder, basename(target));
    writeFileSync(part, text);
    renameSync(part, target);
  } catch (error) {
    throw new CliError(`cannot write ${path}: ${reason(error)}`);
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
