import type { DecisionSetting } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { macroEquivalentN } from "./macro-equivalent-n.ts";
import type { ShippingRule } from "./shipping-rule.ts";

/**
 * Macro units per arm that earn as much as a rule does, in the world of each node: the rule stays what the average made
 * it, the truth is the node's.
 */
export function equivalentNByNode(setting: DecisionSetting, rule: ShippingRule): number[] {
  return setting.nodes.map((node) =>
    macroEquivalentN({ ...setting, nodes: [node] }, rule, isAtZero(rule, node)),
  );
}

/** Both the rule and the macro rule decide at an estimate of 0, around effects of 0. */
function isAtZero(rule: ShippingRule, node: CompleteEffectNode): boolean {
  return rule.threshold === 0 && node.meanProxy === 0 && node.meanMacro === 0;
}
