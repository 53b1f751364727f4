import type { Mean } from "../summaries/mean.ts";
import type { Comparison } from "./comparison.ts";

/** What `compareMeans` finds: the test, and the effect on two scales. */
export interface MeanComparison extends Comparison<"mean-comparison", Mean> {
  /** Of Welch and Satterthwaite, seldom a whole number; or of the pooled variance. */
  readonly degreesOfFreedom: number;
}
