import { quoteName } from "../warehouse/quote.ts";
import type { SqlDialect } from "../warehouse/sql-dialect.ts";
import type { TableName } from "../warehouse/summary-options.ts";
import { tableParts } from "../warehouse/table-parts.ts";

/** A table's name with all its parts, quoted. */
export function qualifiedName(dialect: SqlDialect, table: TableName): string {
  return tableParts(table)
    .map((part) => quoteName(dialect, part, "table"))
    .join(".");
}
