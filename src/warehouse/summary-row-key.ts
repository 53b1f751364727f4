import type { SummaryRow } from "./summary-row.ts";

const KEY = [
  "experiment",
  "part",
  "segmentation",
  "segment",
  "day",
  "arm",
  "measure",
  "metric",
  "other",
] as const;

/** What no two rows of a statement have in common. */
export function summaryRowKey(row: SummaryRow): string {
  return JSON.stringify(KEY.map((column) => row[column]));
}
