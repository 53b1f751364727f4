import {
  createReadStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isatty } from "node:tty";
import { didYouMean } from "../core/did-you-mean.ts";
import { CliError } from "./cli-error.ts";
import { exitOnInterrupt } from "./interrupt.ts";
import { linesIn } from "./lines.ts";
import { nameOf } from "./read-json.ts";

const STANDARD_INPUT = 0;
const STANDARD_ERROR = 2;

/** Text of a file, or of standard input for `-`. */
export function readWhole(path: string): string {
  sayThatItWaits(path);
  const name = nameOf(path);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === "-" ? STANDARD_INPUT : path);
  } catch (error) {
    throw new CliError(`cannot read ${name}: ${reason(error, path)}`);
  }
  try {
    // Without the mark of the byte order, which editors on Windows put first and JSON does not know.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`cannot read ${name}: it is no text in UTF-8; save it in that encoding`);
  }
}

/** The lines of a file, or of standard input for `-`, each once it is there, as bytes. */
export async function* readLines(path: string): AsyncGenerator<Uint8Array> {
  sayThatItWaits(path);
  try {
    yield* linesIn(path === "-" ? process.stdin : createReadStream(path));
  } catch (error) {
    throw new CliError(`cannot read ${nameOf(path)}: ${reason(error, path)}`);
  }
}

/** Without a word a command that waits for its input looks like one that hangs. */
function sayThatItWaits(path: string): void {
  if (path === "-" && isatty(STANDARD_INPUT) && isatty(STANDARD_ERROR))
    writeSync(STANDARD_ERROR, "Reading JSON from standard input: Ctrl-D ends it, Ctrl-C gives up.\n");
}

/**
 * Writes a whole file or none of it: into a folder of its own beside the target, then renamed. A pipe or a device, such
 * as `/dev/stdout`, is written to and stays what it is.
 */
export function writeWhole(path: string, text: string): void {
  // An interrupt waits until the folder is gone.
  const release = exitOnInterrupt(() => undefined);
  let folder: string | null = null;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile() && !found.isDirectory()) return writeFileSync(path, text);
    const target = found === undefined ? resolve(path) : realpathSync(path);
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

/** Why a file cannot be read or written, in words for people. */
export function reason(error: unknown, path: string): string {
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
