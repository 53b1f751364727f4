import type { ColumnKind } from "./row-store.ts";

/** What values of one of DuckDB's types are. */
export function duckDbKind(type: string): ColumnKind {
  if (/^(VARCHAR|ENUM|UUID|JSON)/.test(type)) return "text";
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/.test(type)) return "number";
  if (/^(TIMESTAMP|DATE)/.test(type)) return "timestamp";
  return type === "BOOLEAN" ? "boolean" : "other";
}
