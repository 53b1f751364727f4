import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Outcome } from "./job.ts";

/** What is kept of a job: its outcome, of which code it is, and what made it. */
export interface KeptResult {
  readonly id: string;
  readonly fingerprint: string;
  readonly version: string;
  readonly engine: string;
  readonly outcome: Outcome;
}

export const VALIDATION: URL = new URL("../../docs/validation/", import.meta.url);
const place = (id: string): URL => new URL(`results/${id}.json`, VALIDATION);

/** The kept result of a job, or null where it has none yet. */
export function readResult(id: string): KeptResult | null {
  return existsSync(place(id)) ? (JSON.parse(readFileSync(place(id), "utf8")) as KeptResult) : null;
}

export function writeResult(result: KeptResult): void {
  writeFileSync(place(result.id), resultText(result));
}

/** JSON with a line for each row of a table, so that a difference shows which figure moved. */
function resultText({ outcome, ...made }: KeptResult): string {
  const { finding, tables, charts } = outcome;
  const list = (items: readonly string[]): string =>
    items.length === 0 ? "[]" : `[\n${items.join(",\n")}\n]`;
  const table = ({ rows, ...rest }: Outcome["tables"][number]): string =>
    `${JSON.stringify(rest).slice(0, -1)},"rows":${list(rows.map((row) => JSON.stringify(row)))}}`;
  return `${JSON.stringify(made).slice(0, -1)},
"outcome":{"finding":${JSON.stringify(finding)},
"tables":${list(tables.map(table))},
"charts":${list(charts.map((chart) => JSON.stringify(chart)))}}}
`;
}
