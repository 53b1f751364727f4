import type { DrawChart } from "../report/html/draw-pictures.ts";
import { drawSvg } from "./draw-svg.ts";
import type { DuckDb } from "./duckdb-store.ts";
import { readLines, readWhole, writeWhole } from "./files.ts";
import { duckDb, postgres } from "./peers.ts";
import type { Postgres } from "./postgres-store.ts";
import { startProgress } from "./progress.ts";

/** The outside world of the command line, so that tests can stand in for it. */
export interface Io {
  /** Text of a file, or of standard input for `-`. */
  readonly read: (path: string) => string;
  /** The lines of a file, or of standard input for `-`, each once it is there, as bytes. */
  readonly lines: (path: string) => AsyncIterable<Uint8Array>;
  /** Writes a whole file or none of it. */
  readonly write: (path: string, text: string) => void;
  /** A promise where whoever reads is slow: it resolves once there is room for more. */
  readonly out: (text: string) => void | Promise<void>;
  readonly err: (text: string) => void;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether a person reads standard output. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Runs work that may take long: a person at a terminal is told what is going on, and again where the work has something
   * new to say, and can interrupt it.
   */
  readonly work: <T>(what: string, task: (say: (what: string) => void) => T) => T;
  /** What draws charts; null where Vega is not installed. */
  readonly drawer: () => Promise<DrawChart | null>;
  /** What reads rows of files; null where it is not installed. */
  readonly duckDb: () => Promise<DuckDb | null>;
  /** What talks to PostgreSQL; null where it is not installed. */
  readonly postgres: () => Promise<Postgres | null>;
}

const DEFAULT_WIDTH = 80;
const NARROWEST = 40;
const WIDEST = 100;

const { stdout, stderr, env } = process;
const progress = startProgress({ isShown: stderr.isTTY && env["TERM"] !== "dumb", columns: stderr.columns });

export const terminal: Io = {
  read: readWhole,
  lines: readLines,
  write: writeWhole,
  out: (text) => {
    if (stdout.isTTY) progress.clear();
    return stdout.write(text) ? undefined : new Promise((resolve) => stdout.once("drain", resolve));
  },
  err: (text) => {
    progress.clear();
    stderr.write(text);
  },
  width: Math.min(Math.max(stdout.columns ?? DEFAULT_WIDTH, NARROWEST), WIDEST),
  outIsTerminal: stdout.isTTY,
  errIsTerminal: stderr.isTTY,
  env,
  work: progress.work,
  drawer: drawSvg,
  duckDb,
  postgres,
};
