import type { Count } from "../summaries/count.ts";
import type { Comparison } from "./comparison.ts";

/** One arm of a comparison of counts. */
export interface CountArm extends Count {
  /** Events per unit. */
  readonly rate: number;
}

/** What `compareCounts` finds: the test, and the effect on two scales. */
export interface CountComparison extends Comparison<"count-comparison", CountArm> {
  /** Variance of the units' counts over their mean, 1 for Poisson counts; null where no variances were given. */
  readonly dispersion: number | null;
  /** Of the t distribution of `quasi-poisson`; Infinity, the normal one, for `score`, and null for `exact`. */
  readonly degreesOfFreedom: number | null;
}
