import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { ComparedArms } from "./compared-arms.ts";
import type { EachArm } from "./each-arm.ts";
import type { EffectPosterior } from "./effect-posterior.ts";

/** What every Bayesian comparison of two arms finds, whatever its model. */
export interface PosteriorComparison<Kind extends string, Posterior> extends Result<Kind>, ComparedArms {
  readonly confidenceLevel: number;
  readonly posterior: EachArm<Posterior>;
  /** Treatment − control; the estimate is the posterior mean. */
  readonly difference: EffectPosterior;
  /** Treatment / control − 1; the estimate is the posterior median, since the mean may be infinite. */
  readonly lift: EffectPosterior;
  readonly status: Status;
}
