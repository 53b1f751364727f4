import type { ExperimentData } from "../experiment/experiment-data.ts";
import { parseSummaryRows } from "../warehouse/parse-summary-rows.ts";
import type { SummaryRow } from "../warehouse/summary-row.ts";
import { checkArms } from "./check-arms.ts";
import { checkColumns, type Doubt } from "./check-columns.ts";
import { CliError } from "./cli-error.ts";
import type { Io } from "./io.ts";
import { openRows } from "./open-rows.ts";
import { progressBar } from "./progress-bar.ts";
import type { ConfigFile } from "./read-config.ts";
import { rowSource } from "./row-source.ts";

const NOT_A_NUMBER = /could not convert|invalid input syntax/i;

/** A document made of rows, and what a reader of it must know. */
export interface DocumentOfRows {
  readonly document: ExperimentData;
  /** When it was read, where the rows and not the configuration say so. */
  readonly reading: string | null;
}

/** The data document of an experiment, summed up where its rows lie. */
export async function documentFromRows(
  io: Io,
  words: readonly string[],
  config: ConfigFile,
): Promise<DocumentOfRows> {
  const rows = await summaryRows(io, words, config);
  const names = new Set(rows.map(({ experiment }) => experiment));
  if (names.size > 1) {
    throw new CliError(
      `${config.name}: rows.experiment names ${names.size} experiments: --ndjson reads out each of them`,
    );
  }
  return {
    document: config.blame(() => parseSummaryRows(rows, config.definition)),
    reading: config.summaries.readAt === undefined ? readingOf(rows) : null,
  };
}

/** One event with a clock of the next century makes every window look over: the reader sees what it was taken for. */
function readingOf(rows: readonly SummaryRow[]): string | null {
  const clock = rows.find(({ measure }) => measure === "clock");
  if (clock === undefined || clock.other_sum === null) return null;
  // As the engine's client gives it: a bigint, or a text.
  const read = new Date(Number(clock.other_sum) / 1000);
  const isInCalendars = !Number.isNaN(read.getTime());
  const moment = isInCalendars ? read.toISOString().slice(0, 16).replace("T", " ") : "a year beyond 275,000,";
  return `Read as of ${moment} UTC, the last moment in the rows; rows.readAt sets another`;
}

/** The summaries of one experiment or of many, each row as a line of JSON. */
export async function* summaryLines(
  io: Io,
  words: readonly string[],
  config: ConfigFile,
): AsyncGenerator<Uint8Array> {
  for (const row of await summaryRows(io, words, config)) {
    // Whole numbers of 64 bits are texts, as other clients write them.
    yield Buffer.from(JSON.stringify(row, (_, cell) => (typeof cell === "bigint" ? String(cell) : cell)));
  }
}

async function summaryRows(
  io: Io,
  words: readonly string[],
  config: ConfigFile,
): Promise<readonly SummaryRow[]> {
  const source = rowSource(words, config.summaries.source);
  return io.work("opening the rows", async (say) => {
    const store = await openRows(io, source, config.summaries);
    try {
      const sql = config.sql(store.dialect);
      const doubts = await checkColumns(store, config);
      say("reading rows");
      const tell = (share: number): void => say(`reading rows ${progressBar(share)}`);
      const rows = await store.query(sql, tell).catch((error: unknown) => {
        throw doubtful(error, doubts);
      });
      await checkArms(store, config, rows as readonly SummaryRow[]);
      return rows as readonly SummaryRow[];
    } finally {
      await store.close();
    }
  });
}

/** An engine's error, beside the column that it can only be about. */
function doubtful(error: unknown, doubts: readonly Doubt[]): unknown {
  if (!(error instanceof CliError) || !NOT_A_NUMBER.test(error.message)) return error;
  const named = doubts.filter(({ column }) => error.message.includes(column));
  const [suspect, other] = named.length > 0 ? named : doubts;
  return suspect === undefined || other !== undefined ? error : suspect.fault(error.message);
}
