import { expectOneOf } from "../core/did-you-mean.ts";
import { armNamesSql } from "../warehouse/arm-names-sql.ts";
import type { SummaryRow } from "../warehouse/summary-row.ts";
import { CliError } from "./cli-error.ts";
import type { ConfigFile } from "./read-config.ts";
import { tablesOf } from "./row-source.ts";
import type { RowStore } from "./row-store.ts";

/** Looks for the arms that a configuration names: one that is misspelt leaves the rows of that arm out. */
export async function checkArms(
  store: RowStore,
  config: ConfigFile,
  rows: readonly SummaryRow[],
): Promise<void> {
  const { control, treatments = [], source } = config.summaries;
  const found = new Set(rows.filter(({ measure }) => measure === "arm").map(({ arm }) => arm));
  const wanted = [control, ...treatments];
  const missing = wanted.findIndex((arm) => !found.has(arm));
  if (missing < 0 && found.size > 1) return;
  const table = tablesOf(source)[0]!;
  const sql = config.blame(() => armNamesSql({ ...config.summaries, dialect: store.dialect }));
  const names = (await store.query(sql)).map((row) => (row as { arm: string }).arm);
  const where = store.nameOf(table);
  if (names.length === 0) throw new CliError(`${where}: no row names an arm (${config.name}: rows.arm)`);
  if (missing < 0) throw new CliError(`${where}: all rows are of the arm "${control}"`);
  const arm = wanted[missing]!;
  if (names.includes(arm)) {
    throw new CliError(
      `${where}: no unit of the arm "${arm}" counts: each is in several arms, without id or time, or after the reading`,
    );
  }
  const field = missing === 0 ? "control" : `treatments[${missing - 1}]`;
  throw config.fault(field, arm, `is no arm in ${where}: it ${expectOneOf(arm, names)}`);
}
