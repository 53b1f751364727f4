import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import { criticalValue, type DecisionSetting, gainWithoutData, macroRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { expectedGain, type ShippingRule, signalOf } from "./shipping-rule.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * Macro units per arm whose estimate follows the true macro effect of one normal effect distribution as closely as a
 * weighted sum of estimates does: Ω_yy slope² / residual. 0 for a sum that follows it not at all or the wrong way.
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
 * Macro units per arm whose significant wins, beyond z standard errors, earn what a rule does, for effects around 0.
 *
 * The rule earns τ_y r φ(t), with r its correlation with the true macro effect and t its standardised threshold, and the
 * macro test τ_y x φ(z √(1 − x²)), with x² its reliability. With y = −ln x² that is y + z² (1 − e^−y) = t² − ln r², of
 * which nothing cancels; n = k_y / (e^y − 1).
 */
function significanceEquivalentN(
  node: CompleteEffectNode,
  sampling: UnitCovariance,
  rule: ShippingRule,
  z: number,
): number {
  const { slope, residual } = signalOf(node, rule);
  const signal = (slope * node.tauMacro) ** 2;
  if (!(slope > 0)) return 0;
  const missing = rule.threshold ** 2 / (signal + residual) + log1p(residual / signal);
  if (missing === 0) return Infinity;
  // A signal so small that its share is no double.
  if (missing === Infinity) return 0;
  const excess = (y: number): readonly [value: number, slope: number] => [
    y - z ** 2 * expm1(-y) - missing,
    1 + z ** 2 * exp(-y),
  ];
  // 1 − e^−y is at most y, so that Newton's steps rise to the root of this concave function.
  const y = newtonRoot(excess, 0, missing, missing / (1 + z ** 2));
  return sampling.macro / node.tauMacro ** 2 / expm1(y);
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
    (expectedGain(setting.nodes, macroRule(setting, exp(logN))) - gain) / (perfect - blind);
  const start = ln(setting.sampling.macro / setting.nodes[0]!.tauMacro ** 2);
  const [minimum, maximum] = [start - LOG_SPAN, start + LOG_SPAN];
  const bracket = bracketRoot(missing, start - 1, start + 1, { minimum, maximum });
  if (bracket !== null) return exp(findRoot(missing, bracket[0], bracket[1]));
  // So close to one end that doubles do not tell it from the end.
  return missing(minimum) > 0 ? 0 : Infinity;
}

/** The search covers e^±600 times the half-reliability n: about all that doubles hold. */
const LOG_SPAN = 600;

/**
 * Macro units per arm that decide as well as a rule does: in closed form where both decide by normal sums of one known
 * effect distribution with matching thresholds or around 0, by equal expected gain otherwise.
 */
export function macroEquivalentN(
  setting: DecisionSetting,
  rule: ShippingRule,
  matchingThresholds: boolean,
): number {
  if (!hasClosedForm(setting)) return gainEquivalentN(setting, rule);
  const node = setting.nodes[0]!;
  if (matchingThresholds) return signalEquivalentN(node, setting.sampling, rule);
  if (setting.rule.kind === "posterior-mean") return gainEquivalentN(setting, rule);
  return significanceEquivalentN(node, setting.sampling, rule, criticalValue(setting.rule));
}

/** How many macro units each of those at hand is worth, with what is known beside them; nothing over nothing is 1. */
export function speedupOverMacro(equivalentN: number, nMacro: number): number {
  return equivalentN === nMacro ? 1 : equivalentN / nMacro;
}

/** One normal effect distribution, around 0 or with the rule that makes up for its means. */
export function hasClosedForm({ nodes, rule }: DecisionSetting): boolean {
  const [node] = nodes;
  if (nodes.length > 1 || node!.components !== undefined) return false;
  return (node!.meanProxy === 0 && node!.meanMacro === 0) || rule.kind === "posterior-mean";
}
