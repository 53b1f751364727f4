/** What is counted per unit: see `Proportion`, `Mean`, `Ratio` and `Count`. */
export type MetricKind = "proportion" | "mean" | "ratio" | "count";

export const METRIC_KINDS: readonly MetricKind[] = ["proportion", "mean", "ratio", "count"];
