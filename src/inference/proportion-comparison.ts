import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";

/** One arm of a comparison of rates. */
export interface ArmRate {
  readonly n: number;
  readonly conversions: number;
  /** Conversions per unit. */
  readonly rate: number;
}

/** What `compareProportions` finds: the test, and the effect on three scales. */
export interface ProportionComparison extends Result<"proportion-comparison"> {
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly control: ArmRate;
  readonly treatment: ArmRate;
  /** Standard normal under H0; positive where the treatment converts more. Null only where it is undetermined. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number | null;
  /** Treatment rate − control rate. */
  readonly difference: Estimate;
  /** Treatment rate / control rate − 1. */
  readonly lift: Estimate;
  /** Odds of the treatment / odds of the control. */
  readonly oddsRatio: Estimate;
  /** `undetermined` where the test has no answer. */
  readonly status: Status;
}
