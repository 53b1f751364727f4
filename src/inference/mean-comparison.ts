import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Mean } from "../summaries/mean.ts";

/** What `compareMeans` finds: the test, and the effect on two scales. */
export interface MeanComparison extends Result<"mean-comparison"> {
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly control: Mean;
  readonly treatment: Mean;
  /** Student's t under H0; positive where the treatment's mean is larger. Null only where it is undetermined. */
  readonly statistic: number | null;
  /** Of Welch and Satterthwaite, seldom a whole number. */
  readonly degreesOfFreedom: number;
  readonly pValue: number | null;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number | null;
  /** Treatment mean − control mean. */
  readonly difference: Estimate;
  /** Treatment mean / control mean − 1. */
  readonly lift: Estimate;
  /** `undetermined` where the test has no answer. */
  readonly status: Status;
}
