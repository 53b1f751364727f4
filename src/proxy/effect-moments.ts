import { withinOne } from "../numerics/within-one.ts";
import type { Complete, CompleteEffectNode, EffectDistribution } from "./effect-covariance.ts";

/**
 * The average covariance of true effects over the nodes, as standard deviations and correlation: what small
 * experiments see of an uncertain effect distribution. A single node comes back as it is.
 */
export function effectMoments(nodes: readonly CompleteEffectNode[]): Complete<EffectDistribution> {
  if (nodes.length === 1) return nodes[0]!;
  let proxy = 0;
  let macro = 0;
  let covariance = 0;
  let meanProxy = 0;
  let meanMacro = 0;
  for (const node of nodes) {
    proxy += node.weight * node.tauProxy ** 2;
    macro += node.weight * node.tauMacro ** 2;
    covariance += node.weight * node.rho * node.tauProxy * node.tauMacro;
    meanProxy += node.weight * node.meanProxy;
    meanMacro += node.weight * node.meanMacro;
  }
  const tauProxy = Math.sqrt(proxy);
  const tauMacro = Math.sqrt(macro);
  const rho = withinOne(covariance / (tauProxy * tauMacro));
  return { tauProxy, tauMacro, rho, meanProxy, meanMacro };
}
