import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./pages.ts";

/** A folder that looks like a clone of the repository to the commands of a page, which may write into it. */
export interface Clone {
  readonly folder: string;
  /** Runs a command in bash; what it printed, errors too, and its exit code. */
  readonly bash: (code: string, input?: string) => Promise<{ printed: string; exit: number }>;
  readonly remove: () => void;
}

export interface CommandLine {
  readonly clone: () => Clone;
  readonly remove: () => void;
}

/** Puts a command line, or the one of the sources, on the path of every clone as `microlift` and behind `npx`. */
export async function commandLine(built?: string): Promise<CommandLine> {
  const home = mkdtempSync(join(tmpdir(), "microlift-pages-"));
  const bin = join(home, "bin");
  mkdirSync(bin);
  // Packages that are not built in are looked up from here.
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
  const cli = built ?? (await bundle(join(home, "cli.mjs")));
  script("microlift", `exec ${process.execPath} ${cli} "$@"`);
  script("npx", `name=$1; shift; PATH="${join(root, "node_modules/.bin")}:$PATH" exec "$name" "$@"`);

  function script(name: string, body: string): void {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }

  function clone(): Clone {
    const folder = mkdtempSync(join(home, "clone-"));
    for (const name of ["node_modules", "src", "package.json", "tsconfig.json"]) {
      symlinkSync(join(root, name), join(folder, name));
    }
    // Copied, so that no command changes them.
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
    return {
      folder,
      bash: (code, input = "") => bash(code, input, folder, bin),
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  return { clone, remove: () => rmSync(home, { recursive: true, force: true }) };
}

async function bundle(outfile: string): Promise<string> {
  await build({
    entryPoints: [join(root, "src/cli/main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["vega", "vega-lite", "@duckdb/node-api", "pg"],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outfile;
}

function bash(
  code: string,
  input: string,
  cwd: string,
  bin: string,
): Promise<{ printed: string; exit: number }> {
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, NO_COLOR: "1" };
  return new Promise((resolve) => {
    const child = execFile(
      "bash",
      ["-e", "-o", "pipefail", "-c", `exec 2>&1\n${code}`],
      { cwd, env, maxBuffer: 2 ** 26 },
      (error, printed) => resolve({ printed, exit: error === null ? 0 : Number(error.code ?? 1) }),
    );
    // A command that reads nothing may be gone before its input is.
    child.stdin!.on("error", () => undefined);
    child.stdin!.end(input);
  });
}
