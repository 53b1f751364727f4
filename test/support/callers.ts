import { spawnSync } from "node:child_process";

// Programs in other languages that call the built command line.

/**
 * Whether a language is there with the packages that its example needs; where callers are required, its absence is an
 * error and no reason to skip.
 */
function isThere(program: string, args: readonly string[], what: string): boolean {
  if (spawnSync(program, args).status === 0) return true;
  const message = `no ${what}`;
  if (process.env["MICROLIFT_REQUIRE_CALLERS"] === "1") throw new Error(message);
  console.warn(`Calls from another language are skipped: ${message}`);
  return false;
}

export const hasPython = (): boolean => isThere("python3", ["-c", "import json"], "python3");

export const hasR = (): boolean =>
  isThere(
    "Rscript",
    ["-e", 'stopifnot(requireNamespace("jsonlite"), requireNamespace("processx"))'],
    "Rscript with jsonlite and processx (Debian: r-base-core, r-cran-jsonlite, r-cran-processx)",
  );
