import { assistedRule, type DecisionSetting, macroRule, proxyRule } from "./decision-rule.ts";
import { sameUnits } from "./sample-sizes.ts";
import { type NodeOutcome, nodeOutcome, type ShippingRule } from "./shipping-rule.ts";

/** A rule, and what it earns in the world of each node. */
export interface RuleInWorlds {
  readonly rule: ShippingRule;
  readonly outcomes: readonly NodeOutcome[];
}

/** What deciding by proxy, macro metric and both, by one and the same rule, earns in the world of each node. */
export interface DecisionWorlds {
  readonly proxy: RuleInWorlds;
  readonly macro: RuleInWorlds;
  readonly assisted: RuleInWorlds;
  /** The proxy with unlimited units. */
  readonly ceiling: RuleInWorlds;
}

/** The rules are those of the average over the nodes, the truth is each node's. */
export function decisionWorlds(setting: DecisionSetting, n: number): DecisionWorlds {
  const inWorlds = (rule: ShippingRule): RuleInWorlds => ({
    rule,
    outcomes: setting.nodes.map((node) => nodeOutcome(node, rule)),
  });
  return {
    proxy: inWorlds(proxyRule(setting, n)),
    macro: inWorlds(macroRule(setting, n)),
    assisted: inWorlds(assistedRule(setting, sameUnits(n))),
    ceiling: inWorlds(proxyRule(setting, Infinity)),
  };
}
