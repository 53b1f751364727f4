import { sqlWriter } from "./sql-writer.ts";
import type { SummarySqlOptions } from "./summary-options.ts";

const MOST = 20;

/** A statement that lists the arms that rows name, the most frequent first: for a message about one that is not there. */
export function armNamesSql({ dialect, source, arm }: SummarySqlOptions): string {
  const sql = sqlWriter(dialect);
  const label = sql.label("r", arm, "arm");
  const [table, where, field] =
    "units" in source
      ? [source.units, source.where, "source.units"]
      : [source.exposures.table, source.exposures.where, "source.exposures.table"];
  const filter = where === undefined ? "" : ` AND ${sql.filter("r", where, "source.where")}`;
  return (
    `SELECT ${label} AS ${sql.name("arm")} FROM ${sql.table(table, field)} AS r ` +
    `WHERE ${label} IS NOT NULL${filter} GROUP BY ${label} ORDER BY COUNT(*) DESC, ${label} LIMIT ${MOST}`
  );
}
