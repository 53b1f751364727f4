import type { RatioArm } from "../models/ratio-levels.ts";
import type { Comparison } from "./comparison.ts";

/** What `compareRatios` finds: the test, and the effect on two scales. */
export interface RatioComparison extends Comparison<"ratio-comparison", RatioArm> {
  /** Infinity: the statistic is taken for normal. */
  readonly degreesOfFreedom: number;
}
