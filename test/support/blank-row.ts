import type { SummaryRow } from "../../src/warehouse/summary-row.ts";

/** A row of a statement in which nothing stands yet. */
export const BLANK_ROW: SummaryRow = {
  experiment: "checkout",
  part: "all",
  segmentation: "",
  segment: "",
  day: null,
  arm: "",
  measure: "arm",
  metric: "",
  other: "",
  kind: "",
  role: "",
  attribution_days: null,
  n: null,
  sum: null,
  other_sum: null,
  both: null,
  mean: null,
  variance: null,
  other_mean: null,
  other_variance: null,
  covariance: null,
};
