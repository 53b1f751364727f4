import type { ExperimentData } from "../experiment/experiment-data.ts";
import { parseSummaryRows } from "../warehouse/parse-summary-rows.ts";
import { checkArms } from "./check-arms.ts";
import { checkColumns } from "./check-columns.ts";
import type { Io } from "./io.ts";
import { openRows } from "./open-rows.ts";
import { progressBar } from "./progress-bar.ts";
import type { ConfigFile } from "./read-config.ts";
import { rowSource } from "./row-source.ts";

/** The data document of an experiment, summed up where its rows lie. */
export async function documentFromRows(
  io: Io,
  words: readonly string[],
  config: ConfigFile,
): Promise<ExperimentData> {
  const source = rowSource(words, config.summaries.source);
  return io.work("opening the rows", async (say) => {
    const store = await openRows(io, source);
    try {
      const sql = config.sql(store.dialect);
      await checkColumns(store, config);
      say("reading rows");
      const rows = await store.query(sql, (share) => say(`reading rows ${progressBar(share)}`));
      await checkArms(store, config, rows);
      return config.blame(() => parseSummaryRows(rows, config.definition));
    } finally {
      await store.close();
    }
  });
}
