import { createReadStream, statSync } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CliError } from "./cli-error.ts";

/**
 * Refuses a file of gzip that is broken or was cut short, as by a download that ended too soon: DuckDB reads it as far as
 * it goes, and does not say that rows are missing.
 */
export async function checkWholeGzip(file: string): Promise<void> {
  // What comes through a pipe can be read once only.
  if (!/\.gz$/i.test(file) || !statSync(file).isFile()) return;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(file), createGunzip(), nowhere);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const fault = code === "Z_BUF_ERROR" ? "it was cut short" : "it is no sound file of gzip";
    throw new CliError(`cannot read ${file}: ${fault}`);
  }
}
