import type { Warning } from "../core/warning.ts";
import type { BetterArm } from "../bayesian/better-arm.ts";
import { type ArmOrder, armOrder } from "../bayesian/compared-arms.ts";
import type { EachArm } from "../bayesian/each-arm.ts";
import type { GammaPrior } from "../bayesian/gamma-prior.ts";
import type { NormalInverseGammaPrior } from "../bayesian/normal-inverse-gamma-prior.ts";
import type { NormalPrior } from "../bayesian/normal-prior.ts";
import type { BetaPrior } from "../models/beta-prior.ts";

/** How probably a metric is higher in the treatment, and what either choice is expected to lose. */
export interface MetricChance extends ArmOrder, ChanceBasis {
  /** Of choosing an arm, in units of the metric: see `compareBetaBinomial`. */
  readonly expectedLoss: EachArm<number>;
}

/** What a chance rests on beside the data. */
export interface ChanceBasis {
  /**
   * `beta-binomial`, `normal-inverse-gamma` or `gamma-poisson`, with a prior on the level of each arm; with a prior on
   * the effect, `effect-prior` for rates and `normal-log-lift` for all others; `normal` for the difference of two ratios,
   * with a flat prior.
   */
  readonly method: ChanceMethod;
  /** Of the level of each arm; beside a prior on the effect, of the control's; null where it has none. */
  readonly prior: BetaPrior | NormalInverseGammaPrior | GammaPrior | null;
  /** Of the log-lift; null where none was given. */
  readonly effectPrior: NormalPrior | null;
  readonly warnings: readonly Warning[];
  readonly assumptions: readonly string[];
}

/** The model behind the chance that a metric is better in the treatment. */
export type ChanceMethod =
  "beta-binomial" | "normal-inverse-gamma" | "gamma-poisson" | "effect-prior" | "normal-log-lift" | "normal";

export function metricChance(basis: ChanceBasis, better: BetterArm): MetricChance {
  return { ...basis, ...armOrder(better), expectedLoss: better.expectedLoss };
}
