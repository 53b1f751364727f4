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
  const start = Math.log(setting.sampling.macro / setting.nodes[0]!.tauMacro ** 2);
  const [minimum, maximum] = [start - LOG_SPAN, start + LOG_SPAN];
  const bracket = bracketRoot(missing, start - 1, start + 1, { minimum, maximum });
  if (bracket !== null) return Math.exp(findRoot(missing, bracket[0], bracket[1]));
  // So close to one end that doubles do not tell it from the end.
  return missing(minimum) > 0 ? 0 : Infinity;
}

/** The search covers e^±600 times the half-reliability n: about all that doubles hold. */
const LOG_SPAN = 600;

/**
 * Macro units per arm that decide as well as a rule does: in closed form where both decide by normal sums of one known
 * effect distribution with matching thresholds, by equal expected gain otherwise.
 */
export function macroEquivalentN(
  setting: DecisionSetting,
  rule: ShippingRule,
  matchingThresholds: boolean,
): number {
  return matchingThresholds && hasClosedForm(setting)
    ? signalEquivalentN(setting.nodes[0]!, setting.sampling, rule)
    : gainEquivalentN(setting, rule);
}

/** One effect distribution, around 0 or with the rule that makes up for its means. */
export function hasClosedForm({ nodes, rule }: DecisionSetting): boolean {
  const [node, ...others] = nodes;
  const around0 = node!.meanProxy === 0 && node!.meanMacro === 0;
  return others.length === 0 && (around0 || rule.kind === "posterior-mean");
}
