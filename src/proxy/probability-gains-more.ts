import { assistedRule, type DecisionSetting, macroRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import { shareOfNodes } from "./share-of-nodes.ts";
import { nodeGain, type ShippingRule } from "./shipping-rule.ts";

/**
 * The posterior probability that deciding by both estimates earns more, per change tested, than deciding by
 * `waitingN` macro units per arm alone: the share of the weight of nodes at which it does, with rules that stay what
 * the average over the nodes made them.
 */
export function probabilityGainsMore(setting: DecisionSetting, sizes: SampleSizes, waitingN: number): number {
  return shareGainingMore(setting.nodes, assistedRule(setting, sizes), macroRule(setting, waitingN));
}

/** The share of the weight of nodes at which one rule earns more than another. */
export function shareGainingMore(
  nodes: readonly CompleteEffectNode[],
  rule: ShippingRule,
  other: ShippingRule,
): number {
  return shareOfNodes(nodes, (node) => nodeGain(node, rule) > nodeGain(node, other));
}
