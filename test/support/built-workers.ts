import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type * as workers from "../../src/workers/index.ts";
import { root } from "./pages.ts";

export interface BuiltWorkers {
  /** What `microlift/workers` exports. */
  readonly entry: typeof workers;
  remove(): void;
}

/** The entry for threads from the sources: a thread of Node 20 reads no TypeScript. */
export async function builtWorkers(): Promise<BuiltWorkers> {
  const folder = mkdtempSync(join(tmpdir(), "microlift-workers-"));
  // Without it a module in a folder of its own would be CommonJS.
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  await build({
    entryPoints: {
      workers: join(root, "src/workers/index.ts"),
      "block-worker": join(root, "src/workers/block-worker.ts"),
    },
    outdir: folder,

    bundle: true,
    format: "esm",
    platform: "node",
    tsconfigRaw: {},
  });
  const url = pathToFileURL(join(folder, "workers.js")).href;
  return {
    entry: (await import(url)) as BuiltWorkers["entry"],
    remove: () => rmSync(folder, { recursive: true }),
  };
}
