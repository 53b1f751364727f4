import type { CompleteEffectNode } from "./effect-covariance.ts";
import { componentNode, componentsGiven } from "./population-average.ts";

/** The normal distributions of effects that changes come from, with the shares of all changes. */
export function populationNormals(nodes: readonly CompleteEffectNode[]): readonly CompleteEffectNode[] {
  // All nodes have one population.
  if (nodes[0]!.components === undefined) return nodes;
  return nodes.flatMap((node) =>
    node.components!.map((component) => {
      const own = componentNode(node, component);
      return { ...own, weight: node.weight * own.weight };
    }),
  );
}

/**
 * The same for changes without macro effect; where a share of the changes does nothing, they are those that do nothing
 * on the proxy either.
 */
export function unmovedNormals(nodes: readonly CompleteEffectNode[]): readonly CompleteEffectNode[] {
  const doNothing = nodes[0]!.components?.some(({ spread }) => spread === 0) === true;
  return doNothing ? [WITHOUT_EFFECT] : nodes.flatMap((node) => componentsGiven(node, 0));
}

const WITHOUT_EFFECT: CompleteEffectNode = {
  weight: 1,
  tauProxy: 0,
  tauMacro: 0,
  rho: 0,
  meanProxy: 0,
  meanMacro: 0,
};
