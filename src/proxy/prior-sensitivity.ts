import { rhoMarginal } from "./covariance-marginals.ts";
import { type CovariancePosterior, everyFourthNode, underPrior } from "./covariance-posterior.ts";
import type { CovariancePrior } from "./covariance-prior.ts";
import { type PlainPrior, plainPriors } from "./plain-priors.ts";
import { type PosteriorReading, readMarginal } from "./posterior-reading.ts";

/** What would be learned of rho under another prior. */
export interface PriorSensitivity {
  /** How the prior differs. */
  readonly change: PlainPrior | "half-the-typical-effects" | "twice-the-typical-effects";
  readonly prior: CovariancePrior;
  readonly rho: PosteriorReading;
  readonly probabilityRhoPositive: number;
}

/**
 * The posterior of rho under priors that are wider, narrower, and of other sizes of effects: the likelihood at the nodes
 * is known, so that only their weights change. Every fourth node tells the ends within 1e-3.
 */
export function priorSensitivity(
  posterior: CovariancePosterior,
  confidenceLevel: number,
): PriorSensitivity[] {
  const nodes = everyFourthNode(posterior);
  return priorsBeside(posterior.prior).map(([change, prior]) => {
    const rho = rhoMarginal(underPrior(nodes, prior));
    return {
      change,
      prior,
      rho: readMarginal(rho, confidenceLevel),
      probabilityRhoPositive: rho.probabilityPositive,
    };
  });
}

function priorsBeside(prior: CovariancePrior): [PriorSensitivity["change"], CovariancePrior][] {
  const typicalTimes = (factor: number): CovariancePrior => ({
    ...prior,
    typicalProxyEffect: factor * prior.typicalProxyEffect,
    typicalMacroEffect: factor * prior.typicalMacroEffect,
  });
  return [
    ...plainPriors(prior),
    ["half-the-typical-effects", typicalTimes(0.5)],
    ["twice-the-typical-effects", typicalTimes(2)],
  ];
}
