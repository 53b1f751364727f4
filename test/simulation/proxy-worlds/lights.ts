import { createRandom } from "../../../src/numerics/random.ts";
import { covariancePosterior } from "../../../src/proxy/covariance-posterior.ts";
import type { CompleteEffectNode } from "../../../src/proxy/effect-covariance.ts";
import { effectMoments } from "../../../src/proxy/effect-moments.ts";
import type { Light } from "../../../src/proxy/judge-proxy.ts";
import { proxyWorth } from "../../../src/proxy/proxy-worth.ts";
import { thinPosterior } from "../../../src/proxy/thin-posterior.ts";
import { drawPast, FUNNEL, WORLD_PRIOR, type World } from "../../support/effect-worlds.ts";

/** Sales that have matured when the light is asked for, of those that waiting would bring. */
export const SHARES_AT_HAND = [1, 0.2] as const;

/** How often the light that the past alone gives is green, and how often red, one pair for each share at hand. */
export function lightRates(
  world: World,
  experiments: number,
  n: number,
  replicates: number,
): { readonly green: number; readonly red: number }[] {
  const random = createRandom(experiments + n);
  const counts = SHARES_AT_HAND.map(() => ({ green: 0, amber: 0, red: 0 }));
  for (let i = 0; i < replicates; i++) {
    const { nodes } = thinPosterior(
      covariancePosterior(drawPast(random, world, experiments, n), WORLD_PRIOR),
    );
    SHARES_AT_HAND.forEach((share, k) => counts[k]![lightOf(nodes, n, share * n)]++);
  }
  return counts.map(({ green, red }) => ({ green: green / replicates, red: red / replicates }));
}

/** What `assessProxy` makes of the past, whatever the new test shows. */
function lightOf(nodes: readonly CompleteEffectNode[], n: number, nMacro: number): Light {
  const { gainsMore, worthwhile, promising } = proxyWorth(
    { nodes, sampling: FUNNEL, rule: { kind: "posterior-mean" } },
    { nProxy: n, nMacro, nOverlap: nMacro },
    n,
    0.05,
  );
  if (effectMoments(nodes).rho < 0 || gainsMore < 0.1 || promising < 0.1) return "red";
  return worthwhile > 0.9 ? "green" : "amber";
}
