import { nearest } from "../core/did-you-mean.ts";
import { type ColumnUse, usedColumns } from "../warehouse/used-columns.ts";
import { CliError } from "./cli-error.ts";
import { qualifiedName } from "./qualified-name.ts";
import type { ConfigFile } from "./read-config.ts";
import { tableKey } from "./row-source.ts";
import type { ColumnKind, RowStore, StoredColumn } from "./row-store.ts";

const MOST_SHOWN = 12;

/** A column of texts that is to hold numbers: only reading it tells whether it does. */
export interface Doubt {
  readonly column: string;
  readonly fault: (said: string) => CliError;
}

/** Looks for every column that a configuration names, before an engine does in words of its own. */
export async function checkColumns(store: RowStore, config: ConfigFile): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  const known = new Map<string, readonly StoredColumn[]>();
  for (const { table, column, use, field } of usedColumns(config.summaries)) {
    const key = tableKey(table);
    const columns = known.get(key) ?? (await store.columns(table));
    known.set(key, columns);
    const found = columns.find(({ name }) => isSame(store, name, column));
    if (found === undefined) {
      const names = columns.map(({ name }) => name);
      throw config.fault(field, column, `is no column of ${store.nameOf(table)}${meant(column, names)}`);
    }
    const advice = ADVICE[use][found.kind];
    const holds = `holds ${found.type} in ${store.nameOf(table)}`;
    if (use === "number" && found.kind === "text") {
      doubts.push({ column, fault: (said) => config.fault(field, column, `${holds}; ${said}`) });
    }
    if (advice === undefined) continue;
    const [row] = await store.query(`SELECT 1 FROM ${qualifiedName(store.dialect, table)} LIMIT 1`);
    // Without a row a file does not say what its columns hold.
    if (row === undefined) throw new CliError(`${store.nameOf(table)} holds no rows`);
    throw config.fault(field, column, `${holds}: ${advice(column)}`);
  }
  return doubts;
}

/** DuckDB takes capitals for small letters. */
function isSame({ dialect }: RowStore, name: string, column: string): boolean {
  return dialect === "duckdb" ? name.toLowerCase() === column.toLowerCase() : name === column;
}

function meant(column: string, names: readonly string[]): string {
  const near = nearest(column, names);
  if (near !== null) return ` (did you mean "${near}"?)`;
  const shown = names.slice(0, MOST_SHOWN).map((name) => `"${name}"`);
  return `, which has ${shown.join(", ")}${names.length > MOST_SHOWN ? ", …" : ""}`;
}

type Advice = (column: string) => string;

const asText: Advice = (column) =>
  `write {"column": ${JSON.stringify(column)}, "isText": true} for times in text`;
const asEpoch: Advice = (column) =>
  `write {"column": ${JSON.stringify(column)}, "epoch": "milliseconds"} or as it is`;
const noTime: Advice = () => "a time is wanted";
const noNumber: Advice = () => "a number is wanted";

/** What is wrong with a column of a kind that is used in a way; all else an engine takes. */
const ADVICE: Readonly<Record<ColumnUse, Partial<Record<ColumnKind, Advice>>>> = {
  label: {},
  number: { timestamp: noNumber, other: noNumber },
  timestamp: { text: asText, number: asEpoch, boolean: noTime, other: noTime },
  epoch: {
    text: () => "a number is wanted",
    timestamp: (column) => `write ${JSON.stringify(column)} alone, without "epoch"`,
    boolean: noTime,
    other: noTime,
  },
  "time-text": {
    timestamp: (column) => `write ${JSON.stringify(column)} alone, without "isText"`,
    number: asEpoch,
    boolean: noTime,
    other: noTime,
  },
};
