import { assistedRule, type DecisionSetting, macroRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import { nodeGain } from "./shipping-rule.ts";

/** What past experiments say of deciding now, by proxy and sales so far together: probabilities over the nodes. */
export interface ProxyWorth {
  /** That it gains more than waiting for all planned sales. */
  readonly gainsMore: number;
  /**
   * That it does and the proxy is why: true effects go the same way, and the gain exceeds that of the sales at hand
   * alone by more than the margin. None where the proxy's weight is not above 0: it then only cleans noise from sales.
   */
  readonly worthwhile: number;
  /** That it would do both if it were known how true effects go together: where not, no past will help. */
  readonly promising: number;
}

/**
 * Given enough past experiments deciding by both gains a little more than deciding by sales alone whatever the proxy,
 * since its estimate shares noise with that of sales. So gaining more is not enough to trust a proxy.
 *
 * @param margin - by which share the proxy must raise the gain of the sales at hand
 */
export function proxyWorth(
  setting: DecisionSetting,
  sizes: SampleSizes,
  waitingN: number,
  margin: number,
): ProxyWorth {
  const rulesOf = (own: DecisionSetting) => ({
    both: assistedRule(own, sizes),
    atHand: macroRule(own, sizes.nMacro),
    waiting: macroRule(own, waitingN),
  });
  const gainsIn = (node: CompleteEffectNode, { both, atHand, waiting }: ReturnType<typeof rulesOf>) => {
    const gain = nodeGain(node, both);
    const alone = nodeGain(node, atHand);
    const exceeds = gain > nodeGain(node, waiting);
    return { exceeds, worthwhile: exceeds && node.rho > 0 && gain > alone + margin * Math.abs(alone) };
  };
  const rules = rulesOf(setting);
  let [gainsMore, worthwhile, promising] = [0, 0, 0];
  for (const node of setting.nodes) {
    const found = gainsIn(node, rules);
    if (found.exceeds) gainsMore += node.weight;
    if (found.worthwhile && rules.both.proxy > 0) worthwhile += node.weight;
    const world = { ...setting, nodes: [{ ...node, weight: 1 }] };
    if (node.rho > 0 && gainsIn(node, rulesOf(world)).worthwhile) promising += node.weight;
  }
  return { gainsMore, worthwhile, promising };
}
