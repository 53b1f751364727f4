import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installDeno } from "./runtimes.ts";

// A Jupyter client (Debian: python3-nbclient) and the kernel that Deno has built in.

const PYTHON = process.env["JUPYTER_PYTHON"] ?? "/usr/bin/python3";

const root = resolve(import.meta.dirname, "../..");
const jupyterFolder = join(root, "temp/jupyter");

export interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly [property: string]: unknown;
}

export interface Cell {
  readonly cell_type: string;
  readonly source: string;
  readonly outputs?: readonly Output[];
  readonly [property: string]: unknown;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [property: string]: unknown;
}

/** Whether there is a Jupyter client; where one is required, its absence is an error and no reason to skip. */
export function hasJupyter(): boolean {
  if (existsSync(PYTHON) && spawnSync(PYTHON, ["-c", "import nbclient"]).status === 0) return true;
  const message = `no nbclient for ${PYTHON}: install it (Debian: python3-nbclient) or set JUPYTER_PYTHON`;
  if (process.env["MICROLIFT_REQUIRE_JUPYTER"] === "1") throw new Error(message);
  console.warn(`Notebook tests are skipped: ${message}`);
  return false;
}

/** The notebook with the outputs of its cells, executed in its folder; the package must be built. */
export function executeNotebook(path: string): Notebook {
  const kernel = join(jupyterFolder, "kernels/deno");
  mkdirSync(kernel, { recursive: true });
  writeFileSync(
    join(kernel, "kernel.json"),
    JSON.stringify({
      argv: [installDeno(), "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
    }),
  );
  const json = execFileSync(PYTHON, [join(root, "test/notebook/execute.py"), path], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      JUPYTER_PATH: jupyterFolder,
      DENO_DIR: join(root, "temp/runtimes/deno-cache"),
      DENO_NO_UPDATE_CHECK: "1",
    },
  });
  return JSON.parse(json) as Notebook;
}
