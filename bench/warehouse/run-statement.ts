// Runs one statement in a process of its own and reports what it cost: `run-statement.ts exposures events name`.
import { DuckDBInstance } from "@duckdb/node-api";
import { statementOf, viewsOf } from "./queries.ts";

/** What a statement cost in a process of its own. */
export interface Cost {
  readonly seconds: number;
  /** Of all threads together: hardly moved by what else the machine does. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** Columns by their names, with 64-bit whole numbers as texts. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const [exposures, events, name] = process.argv.slice(2) as [string, string, string];
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
for (const view of viewsOf({ exposures, events })) await connection.run(view);
const statement = statementOf(name);
const before = process.cpuUsage();
const start = performance.now();
const rows = (await connection.runAndReadAll(statement)).getRowObjectsJson();
const cpu = process.cpuUsage(before);
const cost: Cost = {
  seconds: (performance.now() - start) / 1000,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  rows,
};
process.send!(cost, () => process.exit());
