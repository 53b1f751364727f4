import { type CovariancePosterior, covariancePosterior, posteriorWithout } from "./covariance-posterior.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { selectExperiments } from "./select-experiments.ts";
import { heavyNodes, thinPosterior } from "./thin-posterior.ts";

/**
 * What is learned of a new change from all past experiments but a few: on the nodes of the posterior of all, or on its
 * own where those do not reach to it, as without one experiment that dwarfs the others.
 *
 * @param thin - every fourth node of the posterior of all
 */
export function nodesWithout(
  thin: CovariancePosterior,
  left: readonly number[],
): readonly CompleteEffectNode[] {
  const rest = posteriorWithout(thin, left);
  if (isCovered(rest, thin)) return heavyNodes(rest).nodes;
  const { table, prior } = thin;
  const kept = Array.from({ length: table.experiments }, (_, k) => k).filter((k) => !left.includes(k));
  return thinPosterior(covariancePosterior(selectExperiments(table, kept), prior)).nodes;
}

/** Whether hardly any weight lies on nodes that the posterior of all has at its rim, beyond which there are none. */
function isCovered(rest: CovariancePosterior, { logDensities }: CovariancePosterior): boolean {
  let peak = -Infinity;
  for (const log of logDensities) peak = Math.max(peak, log);
  let rim = 0;
  logDensities.forEach((log, node) => {
    if (log < peak - RIM) rim += rest.weights[node]!;
  });
  return rim < MOST_AT_RIM;
}

/** Nodes reach to about e^−25 of the peak. */
const RIM = 15;
const MOST_AT_RIM = 1e-4;
