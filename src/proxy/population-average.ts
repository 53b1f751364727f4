import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { PopulationComponent } from "./effect-population.ts";

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

/** The average over a node's population of what holds for one normal distribution. */
export function populationAverage(
  node: CompleteEffectNode,
  f: (normal: CompleteEffectNode) => number,
): number {
  const { components } = node;
  if (components === undefined) return f(node);
  let sum = 0;
  for (const component of components) sum += component.weight * f(componentNode(node, component));
  return sum;
}
