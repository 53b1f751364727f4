import { type DecisionSetting, macroRule, proxyRule } from "./decision-rule.ts";
import { hasClosedForm } from "./macro-equivalent-n.ts";
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
  if (rule.kind !== "significance" && hasClosedForm(setting)) {
    const { tauProxy, tauMacro, rho } = nodes[0]!;
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
