import { analyzeExperiment, type ExperimentReadout } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { toText } from "../../src/report/to-text.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import type { SqlEngine } from "./sql-engines.ts";
import { type ColumnType, createTables, type SqlTable } from "./sql-tables.ts";
import type { Cell, Description, Row } from "./units-of-rows.ts";

/** What came of the rows of a small experiment. */
export interface Outcome {
  readonly document: ExperimentData;
  readonly readout: ExperimentReadout;
  /** Rows or units that were left out or changed: counts above 0 by their check, and metric behind a colon. */
  readonly found: Readonly<Record<string, number>>;
  /** The read-out as text, on one line. */
  readonly page: string;
  /** Units and sales of each arm. */
  readonly arms: Readonly<Record<string, readonly [units: number, sales: number]>>;
}

/** What differs from the clean experiment: rows that are added, other columns, another description. */
export interface Changes {
  readonly exposures?: readonly Row[];
  readonly events?: readonly Row[];
  /** In place of the clean rows. */
  readonly instead?: boolean;
  readonly columns?: Readonly<Record<string, ColumnType>>;
  readonly description?: Partial<Description>;
}

/**
 * Twenty units in two arms, and a sale of ten euros by each of u1 to u8: four of an arm. All enter on March 1 and are
 * read on March 20, by when the seven days of all are over.
 */
export const CLEAN: Readonly<Record<"exposures" | "events", readonly Row[]>> = {
  exposures: Array.from({ length: 20 }, (_, i) => exposure(`u${i + 1}`, i % 2 === 0 ? "A" : "B")),
  events: Array.from({ length: 8 }, (_, i) => sale(`u${i + 1}`)),
};

const DESCRIPTION: Description = {
  source: { exposures: { table: "exposures" }, events: { table: "events", event: "event" } },
  unit: "unit",
  arm: "arm",
  time: "at",
  control: "A",
  treatments: ["B"],
  readAt: "2026-03-20T00:00:00Z",
  metrics: [
    { name: "sale", kind: "proportion", role: "macro", event: "sale", attributionDays: 7 },
    { name: "revenue", kind: "mean", role: "secondary", event: "sale", value: "amount", attributionDays: 7 },
  ],
};

const TOTALS = new Set(["exposures", "events", "metric-events"]);

/** A row of exposure, at noon of March 1 unless said. */
export function exposure(
  unit: Cell,
  arm: Cell,
  at: Cell = "2026-03-01 12:00:00",
  segment: Cell = "desktop",
): Row {
  return { unit, arm, at, segment };
}

/** A sale of ten euros unless said, an hour after the exposure unless said. */
export function sale(
  unit: Cell,
  at: Cell = "2026-03-01 13:00:00",
  amount: Cell = 10,
  event: Cell = "sale",
): Row {
  return { unit, event, at, amount };
}

/** Makes the tables of an experiment with some changes, summarises and reads it. */
export async function outcomeOf(engine: SqlEngine, changes: Changes = {}): Promise<Outcome> {
  const { columns = {}, description = {}, instead = false } = changes;
  const table = (name: "exposures" | "events", types: Readonly<Record<string, ColumnType>>): SqlTable => {
    const own = Object.keys(types).filter((column) => column in columns);
    return {
      name,
      columns: { ...types, ...Object.fromEntries(own.map((column) => [column, columns[column]!])) },
      rows: [...(instead ? [] : CLEAN[name]), ...(changes[name] ?? [])],
    };
  };
  await createTables(engine, [
    table("exposures", { unit: "text", arm: "text", at: "timestamp", segment: "text" }),
    table("events", { unit: "text", event: "text", at: "timestamp", amount: "double precision" }),
  ]);
  const described = { ...DESCRIPTION, ...description };
  const rows = await engine.rows(summarySql({ ...described, dialect: engine.dialect }));
  const document = parseSummaryRows(rows, { name: "dirty", control: described.control });
  const readout = analyzeExperiment(document);
  const found = readout.dataQuality!.filter(({ check, count }) => count > 0 && !TOTALS.has(check));
  return {
    document,
    readout,
    found: Object.fromEntries(
      found.map(({ check, metric, count }) => [metric === null ? check : `${check}:${metric}`, count]),
    ),
    page: toText(readout).replaceAll(/\s+/g, " "),
    arms: Object.fromEntries(
      document.arms.map(({ name, n, results }) => [name, [n, results[0]!.conversions!]]),
    ),
  };
}
