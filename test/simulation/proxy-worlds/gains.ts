import { createRandom } from "../../../src/numerics/random.ts";
import { assistedWeights, type LinearEstimate } from "../../../src/proxy/assisted-weights.ts";
import type { CovariancePrior } from "../../../src/proxy/covariance-prior.ts";
import type { CompleteEffectNode } from "../../../src/proxy/effect-covariance.ts";
import { samplingVariance } from "../../../src/proxy/sample-sizes.ts";
import { nodeGain } from "../../../src/proxy/shipping-rule.ts";
import {
  drawPast,
  FUNNEL,
  HEAVY_TAILS,
  knownNode,
  rulesFromPasts,
  type World,
} from "../../support/effect-worlds.ts";

/** What policies gain per change tested on n units an arm, in a world that they know, by the sign of what they estimate. */
export interface KnownGains {
  readonly macroOnly: number;
  readonly proxyOnly: number;
  readonly oracle: number;
}

export function knownGains(world: World, n: number, isHeavyTailed: boolean = false): KnownGains {
  const node = isHeavyTailed ? heavyTailed(world) : knownNode(world);
  const byBoth = assistedWeights(node, FUNNEL, { nProxy: n, nMacro: n, nOverlap: n });
  return {
    macroOnly: gainOf(node, n, { proxy: 0, macro: 1, intercept: 0 }),
    proxyOnly: gainOf(node, n, { proxy: 1, macro: 0, intercept: 0 }),
    oracle: gainOf(node, n, byBoth),
  };
}

/** What the assisted rule gains as past experiments make it, on average over pasts, and its standard error. */
export function assistedGain(
  world: World,
  experiments: number,
  n: number,
  prior: CovariancePrior,
  replicates: number,
  meansInTaus: readonly [number, number] = [0, 0],
  isHeavyTailed: boolean = false,
): { readonly mean: number; readonly error: number } {
  const random = createRandom(experiments * n);
  const means = [meansInTaus[0] * world.tauProxy, meansInTaus[1] * world.tauMacro] as const;
  const ruleFrom = rulesFromPasts(random.split(), world, experiments, n, prior, means);
  const node = isHeavyTailed ? heavyTailed(world) : knownNode(world, ...means);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < replicates; i++) {
    const gain = gainOf(node, n, ruleFrom(drawPast(random, world, experiments, n, means, isHeavyTailed)));
    sum += gain;
    squares += gain ** 2;
  }
  const mean = sum / replicates;
  return { mean, error: Math.sqrt((squares / replicates - mean ** 2) / replicates) };
}

function heavyTailed(world: World): CompleteEffectNode {
  return { ...knownNode(world), components: HEAVY_TAILS };
}

function gainOf(node: CompleteEffectNode, n: number, { proxy, macro, intercept }: LinearEstimate): number {
  const noise = samplingVariance(FUNNEL, { nProxy: n, nMacro: n, nOverlap: n }, proxy, macro);
  return nodeGain(node, { proxy, macro, threshold: 0 - intercept, noise });
}
