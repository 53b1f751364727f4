import type { Estimate } from "../core/estimate.ts";
import type { Comparison } from "./comparison.ts";

/** One arm of a comparison of rates. */
export interface ArmRate {
  readonly n: number;
  readonly conversions: number;
  /** Conversions per unit. */
  readonly rate: number;
}

/** What `compareProportions` finds: the test, and the effect on three scales. */
export interface ProportionComparison extends Comparison<"proportion-comparison", ArmRate> {
  /** Odds of the treatment / odds of the control. */
  readonly oddsRatio: Estimate;
}
