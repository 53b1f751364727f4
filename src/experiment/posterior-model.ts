import type { BetaBinomialComparison } from "../bayesian/compare-beta-binomial.ts";
import type { EffectPriorComparison } from "../bayesian/compare-with-effect-prior.ts";
import type { GammaPoissonComparison } from "../bayesian/compare-gamma-poisson.ts";
import type { NormalComparison } from "../bayesian/compare-normal.ts";
import type { ShrunkenEffect } from "../bayesian/shrink-effect.ts";
import type { MetricChance } from "./metric-chance.ts";

/** The posterior of a metric: of the levels of both arms, or of the log-lift where only that has a prior. */
export type MetricPosterior =
  BetaBinomialComparison | NormalComparison | GammaPoissonComparison | EffectPriorComparison | ShrunkenEffect;

/** What a metric of two arms may be asked under its priors. */
export interface PosteriorModel {
  readonly chance: MetricChance;
  /** The same and all the rest, which takes some hundred times as long; null where a model holds no more. */
  posterior(): MetricPosterior | null;
}
