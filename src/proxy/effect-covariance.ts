import { checkBetween, checkCorrelation, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkEffectSize, checkMagnitude, LARGEST_MAGNITUDE } from "./check-magnitude.ts";
import type { CovariancePrior } from "./covariance-prior.ts";
import {
  checkEffectPopulation,
  type EffectPopulation,
  type PopulationComponent,
  populationComponents,
} from "./effect-population.ts";

/** The scale of effects: differences of rates, or logs of their ratio. Never mixed. */
export type EffectScale = "difference" | "log-lift";

/** The true effects of a population of changes: how far they move each metric, and how closely together. */
export interface EffectDistribution {
  /** Standard deviation of the true effects on the proxy, above 0, on the scale of the covariance. */
  readonly tauProxy: number;
  /** Standard deviation of the true effects on the macro metric, above 0, on the same scale. */
  readonly tauMacro: number;
  /** Correlation of the two true effects, in [−1, 1]. */
  readonly rho: number;
  /** Mean of the true effects on the proxy; 0 unless said. */
  readonly meanProxy?: number | undefined;
  /** Mean of the true effects on the macro metric; 0 unless said. */
  readonly meanMacro?: number | undefined;
}

/** One node of a posterior over effect distributions. */
export interface EffectNode extends EffectDistribution {
  /** Posterior weight, at or above 0; the weights of a posterior need not sum to 1. */
  readonly weight: number;
}

/**
 * The covariance of true effects over the population of changes one tests: assumed (`elicitEffectCovariance`) or
 * learned from past experiments. A learned one carries its posterior, and every function of this floor integrates
 * over it, since plugging an estimate in can lose more than waiting for sales.
 */
export interface EffectCovariance extends EffectDistribution {
  /** Scale of the effects; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** Where it comes from; `assumed` unless said. An assumed covariance never earns a green light. */
  readonly source?: "assumed" | "learned" | undefined;
  /** Size of the largest past estimate of a proxy effect: beyond it what was learned extrapolates. */
  readonly largestPastProxyEffect?: number | undefined;
  /** The prior that the posterior comes from, to see what it decides; that of `estimateEffectCovariance`. */
  readonly prior?: CovariancePrior | undefined;
  /** Posterior nodes of a learned covariance. */
  readonly posterior?: readonly EffectNode[] | undefined;
  /**
   * Shape of the distribution of true effects; normal unless said. Whatever the shape, the standard deviations and the
   * correlation are those of all changes. Changes without any effect stay at 0 where the mean is not 0: the covariance is
   * then that within and about their own mean of the others, over all changes.
   */
  readonly population?: EffectPopulation | undefined;
}

/** The same with nothing left out: `Required` would leave what may be `undefined` as it is. */
export type Complete<T> = { readonly [Key in keyof T]-?: Exclude<T[Key], undefined> };

/** An effect distribution with nothing left out. */
export interface CompleteEffectNode extends Complete<EffectNode> {
  /** The normal distributions that its population consists of; left out where that is one. */
  readonly components?: readonly PopulationComponent[] | undefined;
}

/** @throws {DomainError} for what is no scale */
export function checkEffectScale(field: string, scale: EffectScale): void {
  checkOneOf(field, scale, ["difference", "log-lift"]);
}

/** The scale of a covariance, spelled out. */
export function effectScale(effects: EffectCovariance): EffectScale {
  return effects.scale ?? "log-lift";
}

/** Whether a covariance was learned from past experiments and comes with its posterior: only then may a proxy decide. */
export function isLearned(effects: EffectCovariance): boolean {
  return effects.source === "learned" && effects.posterior !== undefined;
}

/**
 * Checks an effect covariance where it enters a public function.
 *
 * @throws {DomainError} for standard deviations that are not above 0, a correlation outside [−1, 1], or empty weights
 */
export function checkEffectCovariance(field: string, effects: EffectCovariance): void {
  checkObject(field, effects);
  checkEffectScale(`${field}.scale`, effectScale(effects));
  checkOneOf(`${field}.source`, effects.source ?? "assumed", ["assumed", "learned"]);
  checkDistribution(field, effects);
  if (effects.population !== undefined) checkEffectPopulation(`${field}.population`, effects.population);
  if (effects.largestPastProxyEffect !== undefined) {
    checkBetween(`${field}.largestPastProxyEffect`, effects.largestPastProxyEffect, 0, LARGEST_MAGNITUDE);
  }
  if (effects.posterior === undefined) return;
  if (!Array.isArray(effects.posterior)) {
    throw new DomainError(`${field}.posterior`, effects.posterior, "must be a list of nodes");
  }
  let total = 0;
  effects.posterior.forEach((node: EffectNode, i) => {
    checkObject(`${field}.posterior[${i}]`, node);
    checkDistribution(`${field}.posterior[${i}]`, node);
    checkBetween(`${field}.posterior[${i}].weight`, node.weight, 0, LARGEST_MAGNITUDE);
    total += node.weight;
  });
  if (!(total > 0))
    throw new DomainError(`${field}.posterior`, effects.posterior, "must have weights that sum above 0");
}

function checkDistribution(field: string, effects: EffectDistribution): void {
  checkMagnitude(`${field}.tauProxy`, effects.tauProxy);
  checkMagnitude(`${field}.tauMacro`, effects.tauMacro);
  checkCorrelation(`${field}.rho`, effects.rho);
  if (effects.meanProxy !== undefined) checkEffectSize(`${field}.meanProxy`, effects.meanProxy);
  if (effects.meanMacro !== undefined) checkEffectSize(`${field}.meanMacro`, effects.meanMacro);
}

/** A covariance as results echo it: without what the function that made it said beside it. */
export function covarianceAlone(effects: EffectCovariance): EffectCovariance {
  const { scale, source, posterior, population, tauProxy, tauMacro, rho, meanProxy, meanMacro } = effects;
  return {
    tauProxy,
    tauMacro,
    rho,
    ...(scale === undefined ? {} : { scale }),
    ...(source === undefined ? {} : { source }),
    ...(meanProxy === undefined ? {} : { meanProxy }),
    ...(meanMacro === undefined ? {} : { meanMacro }),
    ...(posterior === undefined ? {} : { posterior }),
    ...(population === undefined ? {} : { population }),
  };
}

/**
 * The effect distributions to integrate over, with weights that sum to 1: the posterior's nodes, or the covariance
 * itself as the single node.
 */
export function effectNodes(effects: EffectCovariance): readonly CompleteEffectNode[] {
  const { posterior, population } = effects;
  const components = populationComponents(population, posterior !== undefined);
  if (posterior === undefined) return [complete(effects, 1, components)];
  const total = posterior.reduce((sum, node) => sum + node.weight, 0);
  return posterior
    .filter((node) => node.weight > 0)
    .map((node) => complete(node, node.weight / total, components));
}

function complete(
  { tauProxy, tauMacro, rho, meanProxy = 0, meanMacro = 0 }: EffectDistribution,
  weight: number,
  components: readonly PopulationComponent[] | undefined,
): CompleteEffectNode {
  return {
    tauProxy,
    tauMacro,
    rho,
    meanProxy,
    meanMacro,
    weight,
    ...(components === undefined ? {} : { components }),
  };
}
