import { normalLogPdf } from "../numerics/normal.ts";
import { logSum } from "../numerics/log-sum.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { PopulationComponent } from "./effect-population.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** One normal distribution of a node's population, as a node of its own; its weight is its share of the changes. */
export function componentNode(
  { tauProxy, tauMacro, rho, meanProxy, meanMacro }: CompleteEffectNode,
  { weight, spread, meanShare }: PopulationComponent,
): CompleteEffectNode {
  return {
    weight,
    tauProxy: spread * tauProxy,
    tauMacro: spread * tauMacro,
    rho,
    meanProxy: meanShare * meanProxy,
    meanMacro: meanShare * meanMacro,
  };
}

/**
 * The changes of one true macro effect, by the normal distribution of the node's population that they come from, with
 * weights that sum to the node's own. Changes without any effect are left out: they have no macro effect but 0.
 */
export function componentsGiven(
  node: CompleteEffectNode,
  macroEffect: number,
): readonly CompleteEffectNode[] {
  if (node.components === undefined) return [node];
  const moving = movingComponents(node);
  const logs = moving.map(
    ({ weight, meanMacro, tauMacro }) =>
      ln(weight) + normalLogPdf((macroEffect - meanMacro) / tauMacro) - ln(tauMacro),
  );
  const total = logSum(logs);
  return moving.map((own, k) => ({ ...own, weight: node.weight * exp(logs[k]! - total) }));
}

/** The normal distributions of a node's population, without the changes that have no effect at all. */
export function movingComponents(node: CompleteEffectNode): readonly CompleteEffectNode[] {
  if (node.components === undefined) return [node];
  return node.components
    .filter(({ spread }) => spread > 0)
    .map((component) => componentNode(node, component));
}

/** A node as far as its covariance goes. */
export function asNormal(node: CompleteEffectNode): CompleteEffectNode {
  return { ...node, components: undefined };
}
