import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { type DecisionSetting, gainWithoutData, macroRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { expectedGain, type ShippingRule, signalOf } from "./shipping-rule.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/**
 * Macro units per arm whose estimate follows the true macro effect of one effect distribution as closely as a weighted
 * sum of estimates does: Ω_yy slope² / residual. 0 for a sum that follows it not at all or the wrong way.
 */
export function signalEquivalentN(
  node: CompleteEffectNode,
  sampling: UnitCovariance,
  rule: ShippingRule,
): number {
  const { slope, residual } = signalOf(node, rule);
  return slope > 0 ? sampling.macro * (slope ** 2 / residual) : 0;
}

/**
 * Macro units per arm that earn the same expected gain, under the setting's rule, as a given shipping rule does:
 * 0 when it earns no more than deciding blindly, Infinity when no finite number suffices.
 *
 * The gain of the macro test rises with n whatever the means: its derivative in √n is E[θ² φ(·)].
 */
export function gainEquivalentN(setting: DecisionSetting, rule: ShippingRule): number {
  const gain = expectedGain(setting.nodes, rule);
  const blind = gainWithoutData(setting);
  const perfect = expectedGain(setting.nodes, macroRule(setting, Infinity));
  if (gain <= blind) return 0;
  if (gain >= perfect) return Infinity;
  const missing = (logN: number): number =>
    (expectedGain(setting.nodes, macroRule(setting, Math.exp(logN))) - gain) / (perfect - blind);
  const start = Math.log(signalEquivalentN(setting.nodes[0]!, setting.sampling, rule) || 1);
  const bracket = bracketRoot(missing, start - 0.5, start + 0.5, LOG_N_LIMITS);
  if (bracket !== null) return Math.exp(findRoot(missing, bracket[0], bracket[1]));
  // So close to one end that doubles do not tell it from the end.
  return missing(LOG_N_LIMITS.minimum) > 0 ? 0 : Infinity;
}

const LOG_N_LIMITS = { minimum: -230, maximum: 230 } as const;

/**
 * Macro units per arm that decide as well as a rule on the same footing: in closed form where the two decide by
 * normal sums of one known effect distribution around 0 with matching thresholds, by equal expected gain otherwise.
 */
export function macroEquivalentN(
  setting: DecisionSetting,
  rule: ShippingRule,
  matchingThresholds: boolean,
): number {
  const [node, ...others] = setting.nodes;
  const closedForm = others.length === 0 && matchingThresholds && hasClosedForm(setting, node!);
  return closedForm ? signalEquivalentN(node!, setting.sampling, rule) : gainEquivalentN(setting, rule);
}

/** Thresholds match for every mean under `posterior-mean`, and around 0 under the other rules. */
function hasClosedForm({ rule }: DecisionSetting, node: CompleteEffectNode): boolean {
  return rule.kind === "posterior-mean" || (node.meanProxy === 0 && node.meanMacro === 0);
}
