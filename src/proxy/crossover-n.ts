import { newtonRoot } from "../numerics/newton-root.ts";
import { criticalValue, type DecisionSetting, macroRule, proxyRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { hasClosedForm } from "./macro-equivalent-n.ts";
import { lastN } from "./search-n.ts";
import { expectedGain } from "./shipping-rule.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";
import { pow } from "../numerics/elementary/pow.ts";

/**
 * The n per arm from which on deciding by the macro metric always earns at least as much as deciding by the proxy of
 * the same n units: 0 when the proxy is never ahead, Infinity when it stays ahead.
 *
 * Closed form for one effect distribution around 0 under the sign rule: (k_y ρ² − k_s) / (1 − ρ²). Elsewhere the last
 * change of lead: under `significance` the proxy may be ahead only at middling n.
 */
export function crossoverN(setting: DecisionSetting): number {
  const { nodes, sampling, rule } = setting;
  if (hasClosedForm(setting)) {
    // A proxy of the wrong sign leads nowhere under the other rules; the posterior mean turns it round.
    if (rule.kind !== "posterior-mean" && nodes[0]!.rho <= 0) return 0;
    return rule.kind === "significance"
      ? significanceCrossoverN(nodes[0]!, sampling, criticalValue(rule))
      : signCrossoverN(nodes[0]!, sampling);
  }
  return lastN(
    nodes,
    sampling,
    (n) => expectedGain(nodes, proxyRule(setting, n)) - expectedGain(nodes, macroRule(setting, n)),
  );
}

function signCrossoverN({ tauProxy, tauMacro, rho }: CompleteEffectNode, sampling: UnitCovariance): number {
  const ahead = (sampling.macro / tauMacro ** 2) * rho ** 2 - sampling.proxy / tauProxy ** 2;
  return ahead > 0 ? ahead / ((1 - rho) * (1 + rho)) : 0;
}

/**
 * With a = k_s/(n + k_s) and b = k_y/(n + k_y), the shares of noise, gains are ρ √(1 − a) φ(z √a) and √(1 − b) φ(z √b).
 * Twice the log of their ratio, 2 ln ρ + ln((1 − a)/(1 − b)) + z² (b − a), has the derivative (b − a)(z² (a + b − 1) − 1)
 * in ln n: a proxy that reads sooner, a < b, gains on the macro metric until a + b = 1 + 1/z² and loses from there on.
 */
function significanceCrossoverN(
  { tauProxy, tauMacro, rho }: CompleteEffectNode,
  sampling: UnitCovariance,
  z: number,
): number {
  const proxyK = sampling.proxy / tauProxy ** 2;
  const macroK = sampling.macro / tauMacro ** 2;
  if (!(proxyK < macroK)) return 0;
  if (rho === 1) return Infinity;
  const lead = (logN: number): readonly [value: number, slope: number] => {
    const n = exp(logN);
    const noise = proxyK / (n + proxyK);
    // b − a, without the difference.
    const sooner = ((macroK - proxyK) / (n + macroK)) * (n / (n + proxyK));
    const value = 2 * ln(rho) + log1p((macroK - proxyK) / (n + proxyK)) + z ** 2 * sooner;
    return [-value, sooner * (1 + z ** 2 * (1 - 2 * noise - sooner))];
  };
  const top = ln(proxyK * turningPoint(macroK / proxyK, z));
  if (top > -Infinity ? lead(top)[0] >= 0 : rho ** 2 * macroK <= proxyK) return 0;
  return exp(newtonRoot(lead, top, Infinity, Math.max(top + 1, ln(macroK))));
}

/** The n / k_s at which the proxy's lead is largest: 1/(1 + x) + r/(r + x) = 1 + 1/z²; 0 where it is so from the start. */
function turningPoint(r: number, z: number): number {
  // (1 + 1/z²) x² + (1 + r)/z² x − (1 − 1/z²) r = 0.
  const c = pow(z, -2);
  if (!(c < 1)) return 0;
  const half = 0.5 * (1 + r) * c;
  return ((1 - c) * r) / (half + Math.sqrt(half ** 2 + (1 + c) * (1 - c) * r));
}
