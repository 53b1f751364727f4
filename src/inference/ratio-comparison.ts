import type { Ratio } from "../summaries/ratio.ts";
import type { Comparison } from "./comparison.ts";

/** One arm of a comparison of ratios. */
export interface RatioArm extends Ratio {
  /** Numerator per denominator; null without denominators. */
  readonly ratio: number | null;
  /** By the delta method; null without denominators. */
  readonly standardError: number | null;
}

/** What `compareRatios` finds: the test, and the effect on two scales. */
export interface RatioComparison extends Comparison<"ratio-comparison", RatioArm> {
  /** Infinity: the statistic is taken for normal. */
  readonly degreesOfFreedom: number;
}
