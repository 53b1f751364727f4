/**
 * What a row summarises: all units of an arm, those of a segment, those that entered on a day, or those that have been
 * in the test for all of a day since their exposure.
 */
export type SummaryPart = "all" | "segment" | "day" | "exposure-day";

export const SUMMARY_PARTS: readonly SummaryPart[] = ["all", "segment", "day", "exposure-day"];

/**
 * What a row's numbers are.
 *
 * - `quality`: `n` rows of a check, named in `metric` behind a colon where it is of one metric
 * - `clock`: `sum` is the first exposure, `other_sum` the time of reading, in microseconds since 1970
 * - `arm`: `n` units, matured or not
 * - `result`: of the metric's matured units, or on a day of exposure of those that had no event before; `sum` conversions or events, `mean` and `variance`; of a ratio the
 *   numerator's, and `other_mean` and `other_variance` the denominator's, with `covariance`
 * - `joint`: units with `metric` (`sum`), with `other` (`other_sum`) and with `both`
 * - `moments`: of `metric` and `other` on units that matured in both
 * - `covariate`: the same of `metric` and the covariate `other` that adjusts it
 */
export type SummaryMeasure = "quality" | "clock" | "arm" | "result" | "joint" | "moments" | "covariate";

export const SUMMARY_MEASURES: readonly SummaryMeasure[] = [
  "quality",
  "clock",
  "arm",
  "result",
  "joint",
  "moments",
  "covariate",
];

/** One row of what `summarySql` returns, its columns as they are named there. */
export interface SummaryRow {
  readonly experiment: string;
  readonly part: SummaryPart;
  /** Name of the segmentation; empty but for segments. */
  readonly segmentation: string;
  /** The segment, empty where the unit has none. */
  readonly segment: string;
  /** Days since 1970 of the day of entry, or the day of exposure from 1; null but for days. */
  readonly day: number | null;
  readonly arm: string;
  readonly measure: SummaryMeasure;
  readonly metric: string;
  readonly other: string;
  readonly kind: string;
  readonly role: string;
  readonly attribution_days: number | null;
  readonly n: number | null;
  readonly sum: number | null;
  readonly other_sum: number | null;
  readonly both: number | null;
  readonly mean: number | null;
  readonly variance: number | null;
  readonly other_mean: number | null;
  readonly other_variance: number | null;
  readonly covariance: number | null;
}
