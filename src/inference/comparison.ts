import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";

/** What every comparison of two arms finds: a test, and the effect on two scales. */
export interface Comparison<Kind extends string, Arm> extends Result<Kind> {
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly control: Arm;
  readonly treatment: Arm;
  /** Positive where the treatment's value is larger. Null where it is undetermined, or where an exact test has none. */
  readonly statistic: number | null;
  /** Null only where it is undetermined. */
  readonly pValue: number | null;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number | null;
  /** Treatment − control. */
  readonly difference: Estimate;
  /** Treatment / control − 1. */
  readonly lift: Estimate;
  /** `undetermined` where the test has no answer. */
  readonly status: Status;
}
