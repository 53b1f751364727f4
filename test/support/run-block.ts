import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as microlift from "../../src/index.ts";
import { runExample } from "./examples.ts";
import { commandsToRun } from "./not-run.ts";
import { root, type Block } from "./pages.ts";
import type { Clone } from "./shell.ts";
import { firstMissing } from "./shown-output.ts";
import { agrees } from "./shown-value.ts";

/** What became of a block of a page. */
export interface Ran {
  /** Everything that is not as the page says, without its output. */
  readonly faults: readonly string[];
  /** What it printed; null where it has nothing to print. */
  readonly printed: string | null;
}

type Runner = (block: Block, clone: Clone) => Promise<Ran>;

const RUN_SQL = join(root, "test/support/run-sql.py");
const TABLES = join(root, "test/docs/toy-warehouse.sql");

const RUNNERS: Readonly<Record<string, Runner>> = {
  ts: runTypeScript,
  sh: (block, clone) => runInShell(block, clone, commandsToRun(block.text)),
  python: (block, clone) => runInShell(block, clone, "python3 -", block.text),
  sql: (block, clone) => runInShell(block, clone, `python3 "${RUN_SQL}" "${TABLES}"`, block.text),
  json: readFile,
  // Not every machine has R; test/package runs the file.
  r: readFile,
};

/** Languages whose blocks take a Python with SQLite, which not every machine has. */
export const NEEDS_PYTHON: ReadonlySet<string> = new Set(["python", "sql"]);

/** Runs a block as its reader would, in the folder of a clone. */
export async function runBlock(block: Block, clone: Clone): Promise<Ran> {
  const run = RUNNERS[block.language];
  return run === undefined
    ? {
        faults: [`nobody runs a block of "${block.language}", and it is no output of another`],
        printed: null,
      }
    : run(block, clone);
}

async function runTypeScript({ text }: Block, { folder }: Clone): Promise<Ran> {
  const faults: string[] = [];
  const before = process.cwd();
  process.chdir(folder);
  try {
    const printed = await runExample(text, microlift, (value, shown) => {
      if (!agrees(value, shown)) faults.push(`${JSON.stringify(value)} is not ${shown}`);
    });
    return { faults, printed: printed === "" ? null : printed };
  } catch (error) {
    return { faults: [...faults, String(error)], printed: null };
  } finally {
    process.chdir(before);
  }
}

async function runInShell({ info }: Block, { bash }: Clone, code: string, input?: string): Promise<Ran> {
  const { printed, exit } = await bash(code, input);
  const expected = Number(/^exit=(\d+)$/.exec(info)?.[1] ?? 0);
  const faults = exit === expected ? [] : [`exit code ${exit}, and not ${expected}: ${printed}`];
  return { faults, printed: printed === "" ? null : printed };
}

/** A file of the repository that a page shows, or parts of it. */
async function readFile({ info, text }: Block): Promise<Ran> {
  const path = join(root, info);
  if (info === "" || !existsSync(path))
    return { faults: [`there is no file "${info}" that it shows`], printed: null };
  const missing = firstMissing(text, readFileSync(path, "utf8"));
  return { faults: missing === null ? [] : [`${info} has no line ${missing} there`], printed: null };
}
