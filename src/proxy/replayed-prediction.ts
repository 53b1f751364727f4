import { logSum } from "../numerics/log-sum.ts";
import type { NormalMixture } from "../numerics/normal-mixture.ts";
import type { ReplayedEstimates } from "./backtest-experiment.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { macroMixture } from "./macro-posterior.ts";
import { sameUnits } from "./sample-sizes.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

// What nodes learned without an experiment foretell of it. Unlike in a decision, the experiment's own evidence on the
// nodes counts: these are probabilities of what was seen, and of the true effect given all that was.

/** The mature estimate, chance included, before anything of the experiment is known. */
export function maturePrior(nodes: readonly CompleteEffectNode[], seen: ReplayedEstimates): NormalMixture {
  return nodes.map(({ weight, meanMacro, tauMacro }) => ({
    logWeight: ln(weight),
    mean: meanMacro,
    standardDeviation: hypot(tauMacro, Math.sqrt(seen.macroVariance)),
  }));
}

/** The mature estimate once the proxy is known; the two share units, and chance moves them together. */
export function maturePrediction(
  nodes: readonly CompleteEffectNode[],
  seen: ReplayedEstimates,
): NormalMixture {
  const { proxyEffect, proxyVariance, macroVariance, proxyMacro } = seen;
  return weighedAnew(
    nodes.map(({ weight, tauProxy, tauMacro, rho, meanProxy, meanMacro }) => {
      const proxy = tauProxy ** 2 + proxyVariance;
      const slope = (rho * tauProxy * tauMacro + proxyMacro) / proxy;
      const distance = proxyEffect - meanProxy;
      return {
        logWeight: ln(weight) - 0.5 * (ln(proxy) + distance ** 2 / proxy),
        mean: meanMacro + slope * distance,
        // What the proxy leaves of true effects and of chance, each at the slope: two parts that do not cancel.
        standardDeviation: hypot(
          tauMacro * Math.sqrt((1 - rho) * (1 + rho)),
          rho * tauMacro - slope * tauProxy,
          Math.sqrt(proxyVariance) * (proxyMacro / proxyVariance - slope),
          Math.sqrt(macroVariance - proxyMacro * (proxyMacro / proxyVariance)),
        ),
      };
    }),
  );
}

/** The true macro effect given proxy and mature estimate. */
export function effectGivenAll(nodes: readonly CompleteEffectNode[], seen: ReplayedEstimates): NormalMixture {
  const { proxyEffect, macroEffect, proxyVariance, macroVariance, proxyMacro } = seen;
  const correlation = proxyMacro / Math.sqrt(proxyVariance) / Math.sqrt(macroVariance);
  const foretold = maturePrediction(nodes, seen);
  const given = macroMixture(
    nodes,
    { proxy: proxyVariance, macro: macroVariance, correlation },
    sameUnits(1),
    { proxy: proxyEffect, macro: macroEffect },
  );
  return weighedAnew(
    given.map(({ mean, standardDeviation }, i) => {
      const { logWeight, mean: expected, standardDeviation: spread } = foretold[i]!;
      const surprise = (macroEffect - expected) / spread;
      return { logWeight: logWeight - ln(spread) - 0.5 * surprise ** 2, mean, standardDeviation };
    }),
  );
}

/** Weights that sum to 1 again. */
function weighedAnew(mixture: NormalMixture): NormalMixture {
  const total = logSum(mixture.map(({ logWeight }) => logWeight));
  return mixture.map((component) => ({ ...component, logWeight: component.logWeight - total }));
}
