import type { Mean } from "../summaries/mean.ts";
import type { Comparison } from "./comparison.ts";

/** One arm of an adjusted comparison: mean and variance after the adjustment. */
export interface CovariateArm extends Mean {
  /** The mean, or ratio, as it was observed. */
  readonly unadjusted: number;
}

/** What `compareWithCovariates` finds: the test, the effect on two scales, and what the covariates were worth. */
export interface CovariateComparison extends Comparison<"covariate-comparison", CovariateArm> {
  /** Of Welch and Satterthwaite on the adjusted variances; Infinity, the normal distribution, for a ratio. */
  readonly degreesOfFreedom: number;
  readonly covariates: readonly string[];
  /** Coefficient of each covariate, the same in both arms. */
  readonly theta: readonly number[];
  /** Share of the variance of the difference that the covariates took away; null where there was none. */
  readonly varianceReduction: number | null;
}
