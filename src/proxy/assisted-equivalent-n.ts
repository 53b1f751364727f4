import { type DecisionSetting, assistedRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { gainEquivalentN, hasClosedForm } from "./macro-equivalent-n.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/**
 * Macro units per arm that both estimates together are worth, for one known effect distribution.
 *
 * k_y R²/(1 − R²) comes down to the macro units there are, plus what the proxy adds: a square over a variance, so that
 * the sum is never below n_y and loses no digits near ρ = ±1 or r = ±1.
 */
export function knownAssistedN(
  { tauProxy, tauMacro, rho }: CompleteEffectNode,
  sampling: UnitCovariance,
  { nProxy, nMacro, nOverlap }: SampleSizes,
): number {
  const shared = sampling.correlation * (nOverlap / nProxy);
  const rf = nMacro === 0 ? 0 : sampling.correlation * (nOverlap / Math.sqrt(nProxy * nMacro));
  const added =
    (rho * Math.sqrt(sampling.macro)) / tauMacro - (shared * Math.sqrt(sampling.proxy)) / tauProxy;
  const residual = (1 - rho) * (1 + rho) + (sampling.proxy / tauProxy ** 2 / nProxy) * (1 - rf) * (1 + rf);
  // Two estimates that are one and the same leave no residual and add nothing.
  return added === 0 ? nMacro : nMacro + added ** 2 / residual;
}

/** The same while the effect distribution is uncertain: by equal expected gain under the setting's rule. */
export function assistedEquivalentN(setting: DecisionSetting, sizes: SampleSizes): number {
  return hasClosedForm(setting)
    ? knownAssistedN(setting.nodes[0]!, setting.sampling, sizes)
    : gainEquivalentN(setting, assistedRule(setting, sizes));
}
