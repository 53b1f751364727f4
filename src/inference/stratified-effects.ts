import type { Estimate } from "../core/estimate.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";

/** What one method makes of the strata. */
export interface StratifiedEffects {
  readonly statistic: number | null;
  readonly degreesOfFreedom: number;
  readonly pValue: number | null;
  readonly logPValue: number | null;
  readonly difference: Estimate;
  readonly lift: Estimate;
  readonly oddsRatio: Estimate | null;
  readonly status: Status;
  /** Levels of both arms in the mix of strata that the method weighs by. */
  readonly controlMean: number | null;
  readonly treatmentMean: number | null;
  /** Of the strata in the difference; null where they cannot be weighed. */
  readonly weights: readonly number[] | null;
  readonly warnings: readonly Warning[];
}
