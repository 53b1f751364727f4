import type { SummarySource, TableName } from "./summary-options.ts";

/**
 * What the names of a statement's own steps start with, and the name of no table does that stands alone: else a step
 * would hide the table, and engines differ in which of the two they then read.
 */
export function stepPrefix(source: SummarySource): string {
  const tables = "units" in source ? [source.units] : [source.exposures.table, source.events.table];
  const names = tables.map(unqualifiedName);
  let prefix = "ml_";
  while (names.some((name) => name.startsWith(prefix))) prefix += "_";
  return prefix;
}

/** In small letters, since some engines take names apart from their letters' case. */
function unqualifiedName(table: TableName): string {
  return (typeof table === "string" ? table : table.join(".")).toLowerCase();
}
