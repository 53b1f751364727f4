import { assistedRule, type DecisionSetting, macroRule } from "./decision-rule.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import { expectedGain } from "./shipping-rule.ts";

/**
 * The posterior probability that deciding by both estimates earns more, per change tested, than deciding by
 * `waitingN` macro units per arm alone: the share of the weight of nodes at which it does, with rules that stay what
 * the average over the nodes made them.
 */
export function probabilityGainsMore(setting: DecisionSetting, sizes: SampleSizes, waitingN: number): number {
  const byBoth = assistedRule(setting, sizes);
  const waiting = macroRule(setting, waitingN);
  return setting.nodes.reduce((sum, node) => {
    const world = [{ ...node, weight: 1 }];
    return expectedGain(world, byBoth) > expectedGain(world, waiting) ? sum + node.weight : sum;
  }, 0);
}
