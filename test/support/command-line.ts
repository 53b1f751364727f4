import { existsSync, readFileSync } from "node:fs";
import { CliError } from "../../src/cli/cli-error.ts";
import type { Io } from "../../src/cli/io.ts";
import { linesIn } from "../../src/cli/lines.ts";
import { run } from "../../src/cli/program.ts";

/** What a command did. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Runs the command line with a world of its own: files in memory, `-` for standard input, and no terminal. */
export async function cli(args: readonly string[], input = "", world: Partial<Io> = {}): Promise<Run> {
  let out = "";
  let err = "";
  const files = new Map<string, string>();
  const io: Io = {
    read: (path) => {
      if (path === "-") return input;
      if (!existsSync(path)) throw new CliError(`cannot read ${path}`);
      return readFileSync(path, "utf8");
    },
    lines: async function* (path) {
      yield* linesIn(chunksOf(io.read(path)));
    },
    write: (path, text) => void files.set(path, text),
    out: (text) => void (out += text),
    err: (text) => (err += text),
    width: 80,
    outIsTerminal: false,
    errIsTerminal: false,
    env: {},
    work: (_, task) => task(() => undefined),
    drawer: async () => null,
    duckDb: async () => null,
    postgres: async () => null,
    ...world,
  };
  const code = await run(args, io);
  return { code, out, err, files };
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
