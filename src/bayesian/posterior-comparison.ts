import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Choice } from "./choice.ts";
import type { EachArm } from "./each-arm.ts";
import type { EffectPosterior } from "./effect-posterior.ts";

/** What every Bayesian comparison of two arms finds, whatever its model. */
export interface PosteriorComparison<Kind extends string, Posterior> extends Result<Kind> {
  readonly confidenceLevel: number;
  readonly posterior: EachArm<Posterior>;
  /** P(the treatment's parameter > the control's). */
  readonly probabilityToBeat: number;
  /** Its natural log, finite far below 1e-308. */
  readonly logProbabilityToBeat: number;
  /** P(the treatment's parameter < the control's), computed as a tail of its own. */
  readonly probabilityToLose: number;
  /** Its natural log, finite far below 1e-308. */
  readonly logProbabilityToLose: number;
  /**
   * By how much the arm is expected to fall short of the other where the other is better: `treatment` is what choosing
   * the treatment is expected to lose, E max(control − treatment, 0).
   */
  readonly expectedLoss: EachArm<number>;
  /** By how much the arm is expected to be ahead of the other where it is better: the loss of choosing the other. */
  readonly expectedGain: EachArm<number>;
  /** What the losses say against the threshold of caring; null where none was given. */
  readonly choice: Choice | null;
  /** Treatment − control; the estimate is the posterior mean. */
  readonly difference: EffectPosterior;
  /** Treatment / control − 1; the estimate is the posterior median, since the mean may be infinite. */
  readonly lift: EffectPosterior;
  readonly status: Status;
}
