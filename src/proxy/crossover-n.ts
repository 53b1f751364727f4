import { type DecisionSetting, macroRule, proxyRule } from "./decision-rule.ts";
import { lastN } from "./search-n.ts";
import { expectedGain } from "./shipping-rule.ts";

/**
 * The n per arm from which on deciding by the macro metric always earns at least as much as deciding by the proxy of
 * the same n units: 0 when the proxy is never ahead, Infinity when it stays ahead.
 *
 * Closed form for one effect distribution around 0 under the sign rule: (k_y ρ² − k_s) / (1 − ρ²). Elsewhere the last
 * change of lead: under `significance` the proxy may be ahead only at middling n.
 */
export function crossoverN(setting: DecisionSetting): number {
  const { nodes, sampling, rule } = setting;
  const [node, ...others] = nodes;
  const { tauProxy, tauMacro, rho, meanProxy, meanMacro } = node!;
  const around0 = meanProxy === 0 && meanMacro === 0;
  if (others.length === 0 && ((rule.kind === "sign" && around0) || rule.kind === "posterior-mean")) {
    // A proxy of the wrong sign leads nowhere under the sign rule; the posterior mean turns it round.
    if (rule.kind === "sign" && rho <= 0) return 0;
    const ahead = (sampling.macro / tauMacro ** 2) * rho ** 2 - sampling.proxy / tauProxy ** 2;
    return ahead > 0 ? ahead / ((1 - rho) * (1 + rho)) : 0;
  }
  return lastN(
    nodes,
    sampling,
    (n) => expectedGain(nodes, proxyRule(setting, n)) - expectedGain(nodes, macroRule(setting, n)),
  );
}
