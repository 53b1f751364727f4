import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { ArmsTest } from "./arm-family.ts";

/** Intervals that hold for all comparisons at once with the confidence level that they name. */
export interface SimultaneousIntervals {
  /** Treatment − control. */
  readonly difference: Interval;
  /** Treatment / control − 1. */
  readonly lift: Interval;
  /** Odds of the treatment / odds of the control; null for what has no odds. */
  readonly oddsRatio: Interval | null;
}

/** One comparison among several. */
export interface AdjustedComparison {
  /** The comparison by itself, as if it were the only one. */
  readonly comparison: ArmsTest;
  /** Null only where the comparison has no p-value. */
  readonly adjustedPValue: number | null;
  /** Its natural log, finite far below 1e-308. */
  readonly adjustedLogPValue: number | null;
  /** Whether the adjusted p-value is below alpha = 1 − confidenceLevel. */
  readonly rejected: boolean;
  /** Null where the adjustment has none, for the reason in `noIntervalsReason`. */
  readonly simultaneous: SimultaneousIntervals | null;
}

/** What the comparisons of several arms have in common. `method` is the adjustment. */
export interface ArmsResult<Kind extends string> extends Result<Kind> {
  /** The test of each comparison. */
  readonly test: string;
  readonly alternative: Alternative;
  /** Of each comparison by itself, and of all simultaneous intervals together. */
  readonly confidenceLevel: number;
  /** What stays below alpha = 1 − confidenceLevel; null without adjustment. */
  readonly controls: "family-wise-error-rate" | "false-discovery-rate" | null;
  /** Level of a single interval at which the simultaneous ones are taken; null where there are none. */
  readonly singleConfidenceLevel: number | null;
  /** Why there are no simultaneous intervals; null where there are. */
  readonly noIntervalsReason: string | null;
}
