import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isatty } from "node:tty";
import { didYouMean } from "../core/did-you-mean.ts";
import { CliError } from "./cli-error.ts";
import { exitOnInterrupt } from "./interrupt.ts";

const STANDARD_INPUT = 0;
const STANDARD_ERROR = 2;

/** Text of a file, or of standard input for `-`. */
export function readWhole(path: string): string {
  // Without a word a command that waits for its input looks like one that hangs.
  if (path === "-" && isatty(STANDARD_INPUT) && isatty(STANDARD_ERROR))
    writeSync(STANDARD_ERROR, "Reading JSON from standard input: Ctrl-D ends it, Ctrl-C gives up.\n");
  try {
    // Editors on Windows put a mark of the byte order first, which JSON does not know.
    return readFileSync(path === "-" ? STANDARD_INPUT : path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new CliError(`cannot read ${path === "-" ? "standard input" : path}: ${reason(error, path)}`);
  }
}

/** Writes a whole file or none of it: into a folder of its own beside the target, then renamed. */
export function writeWhole(path: string, text: string): void {
  // An interrupt waits until the folder is gone.
  const release = exitOnInterrupt(() => undefined);
  const target = resolve(path);
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(dirname(target), ".microlift-"));
    const part = join(folder, basename(target));
    writeFileSync(part, text);
    renameSync(part, target);
  } catch (error) {
    throw new CliError(`cannot write ${path}: ${reason(error, path)}`);
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    release();
  }
}

function reason(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code !== "ENOENT") return message;
  const folder = dirname(path);
  const names = namesIn(folder);
  return names === null
    ? `there is no folder ${folder}`
    : `there is no such file${didYouMean(basename(path), names)}`;
}

function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}
