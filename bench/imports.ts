import { execFileSync } from "node:child_process";
import type { Row } from "./run.ts";

const RUNS = 15;
const LIMIT_MS = 40;

/** How long one import of the built root takes, beside an import of jstat alone, each in a process of its own. */
export function benchImports(): Row[] {
  const ms: Record<"root" | "jstat", number[]> = { root: [], jstat: [] };
  for (let run = 0; run < RUNS; run++) {
    ms.root.push(importTime("microlift"));
    ms.jstat.push(importTime("jstat"));
  }
  const [root, jstat] = [median(ms.root), median(ms.jstat)];
  return [
    {
      what: "import of the root",
      figure: `${root.toPrecision(3)} ms`,
      yardstick: `${(root / jstat).toPrecision(2)} × an import of jstat`,
      limit: `${LIMIT_MS} ms`,
      within: root <= LIMIT_MS,
    },
  ];
}

function importTime(specifier: string): number {
  const code = `const start = performance.now(); await import("${specifier}"); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
