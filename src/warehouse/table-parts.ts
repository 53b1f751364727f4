import type { TableName } from "./summary-options.ts";

/** The names of which a table's name is made: project, schema, table. */
export function tableParts(table: TableName): readonly string[] {
  return typeof table === "string" ? table.split(".") : table;
}
