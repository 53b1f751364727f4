import type { MetricKind } from "../core/metric-kind.ts";
import type { MetricRole } from "../core/metric-role.ts";
import type { BetaPriorChoice } from "../bayesian/beta-prior.ts";
import type { GammaPriorChoice } from "../bayesian/gamma-prior.ts";
import type { NormalInverseGammaPriorChoice } from "../bayesian/normal-inverse-gamma-prior.ts";
import type { NormalPrior } from "../bayesian/normal-prior.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import type { BetterDirection } from "../core/better-direction.ts";
import type { ConversionDelay } from "../models/conversion-delay.ts";
import type { EffectCovariance, EffectScale } from "../proxy/effect-covariance.ts";
import type { PastExperiment } from "../proxy/past-experiment.ts";
import type { ConversionPlace } from "./conversion-type.ts";

/** What is believed about true effects where no past experiments tell: see `elicitEffectCovariance`. */
export interface ElicitedEffects {
  /** How much of a relative change of the proxy reaches the macro metric. */
  readonly elasticity: number;
  /** Standard deviation of true log-lifts of the proxy over the changes one tests. */
  readonly tauProxy: number;
  /** Standard deviation of what changes do to the macro metric past the proxy, in log-lift. */
  readonly directEffectSd: number;
}

/** Past experiments, from which it is learned how effects on a proxy and on the macro metric go together. */
export interface PastEffectsSource {
  /** At least three: see `estimateEffectCovariance`. */
  readonly pastExperiments: readonly PastExperiment[];
  /** Of their effects; `log-lift` unless said. */
  readonly scale?: EffectScale;
}

/** Past effects on a metric, to which a prior on its effect is fitted: see `empiricalEffectPrior`. */
export interface PastEffectEstimates {
  /** Log-lifts of all past experiments, at least two, with their standard errors. */
  readonly pastEffects: readonly ObservedEffect[];
}

/** What is held of a metric's level before the test, in each arm alike; of the kind that goes with the metric's. */
export type MetricPrior = BetaPriorChoice | NormalInverseGammaPriorChoice | GammaPriorChoice;

/** A metric as documents describe it. */
export interface MetricDefinition {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: MetricKind;
  /** What it is in the shop: the name of a type in `conversionCatalog`, or its own tier, stage, kind and path. */
  readonly conversion?: string | ConversionPlace;
  /** Proportions only: the step of the funnel before this one, which every unit with this conversion has taken. */
  readonly previousStep?: string;
  /** Days after exposure until a unit's outcome counts as final; 0 unless said. */
  readonly attributionDays?: number;
  /** When its conversions come in, where all who entered are read at once; proportions only, instead of `attributionDays`. */
  readonly conversionDelay?: ConversionDelay;
  /** Whether more of it is better; `increase` unless said. */
  readonly improvesWhen?: BetterDirection;
  /** Guardrails only: the relative worsening that is still tolerated, above 0 and below 1. */
  readonly margin?: number;
  /** The lift, above 0 and towards the better, below which a change is not worth its cost. */
  readonly worthwhileLift?: number;
  /** What is held of its level in each arm before the test; flat unless said. Not for ratios. */
  readonly prior?: MetricPrior;
  /**
   * What true effects of such changes are like, in log-lift: believed, or as past effects show it. For a proportion its
   * posterior then takes some ten milliseconds a treatment.
   */
  readonly effectPrior?: NormalPrior | PastEffectEstimates;
  /** Proxies only: the metric that it stands in for; the macro metric unless said. */
  readonly proxyFor?: string;
  /** Proxies only: whether every unit that did the macro conversion did this one too. */
  readonly nested?: boolean;
  /** Proxies only: how true effects on proxy and macro go together, learned or believed. */
  readonly effects?: EffectCovariance | ElicitedEffects | PastEffectsSource;
}
