import type { Interval } from "../core/interval.ts";
import { crossoverN } from "./crossover-n.ts";
import { assistedRule, type DecisionSetting, macroRule, proxyRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { macroEquivalentN } from "./macro-equivalent-n.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { probabilityGainsMore } from "./probability-gains-more.ts";
import { sameUnits } from "./sample-sizes.ts";
import { shippingOutcome, type ShippingRule } from "./shipping-rule.ts";

/** What past experiments leave open about a decision: quantiles over the posterior of the effect covariance. */
export interface DecisionPosterior {
  readonly speedupProxy: Interval;
  readonly speedupAssisted: Interval;
  readonly accuracyProxy: Interval;
  readonly accuracyMacro: Interval;
  readonly accuracyAssisted: Interval;
  readonly ceilingAccuracy: Interval;
  readonly crossoverN: Interval;
  /** Posterior probability that the proxy's speedup is below 1 or cannot be had. */
  readonly shareBelowOne: number;
  /** Posterior probability that deciding by both earns more than deciding by the macro metric at the same n. */
  readonly probabilityAssistedGainsMore: number;
}

/** One world: the rules stay what the average made them, the truth is the node's. */
export function decisionPosterior(
  setting: DecisionSetting,
  n: number,
  confidenceLevel: number,
): DecisionPosterior {
  const byProxy = proxyRule(setting, n);
  const byMacro = macroRule(setting, n);
  const byBoth = assistedRule(setting, sameUnits(n));
  const atBest = proxyRule(setting, Infinity);
  const weights = setting.nodes.map(({ weight }) => weight);
  const worlds = setting.nodes.map((node) => [{ ...node, weight: 1 }]);
  const each = (f: (world: readonly CompleteEffectNode[]) => number): number[] => worlds.map(f);
  const interval = (values: readonly number[]): Interval =>
    posteriorInterval(values, weights, confidenceLevel);
  const speedups = (rule: ShippingRule): number[] =>
    each((nodes) => macroEquivalentN({ ...setting, nodes }, rule, isAtZero(rule, nodes[0]!)) / n);

  const speedupProxy = speedups(byProxy);
  return {
    speedupProxy: interval(speedupProxy),
    speedupAssisted: interval(speedups(byBoth)),
    accuracyProxy: interval(each((world) => shippingOutcome(world, byProxy).accuracy)),
    accuracyMacro: interval(each((world) => shippingOutcome(world, byMacro).accuracy)),
    accuracyAssisted: interval(each((world) => shippingOutcome(world, byBoth).accuracy)),
    ceilingAccuracy: interval(each((world) => shippingOutcome(world, atBest).accuracy)),
    crossoverN: interval(each((nodes) => crossoverN({ ...setting, nodes }))),
    shareBelowOne: weights.reduce((sum, weight, i) => (speedupProxy[i]! < 1 ? sum + weight : sum), 0),
    probabilityAssistedGainsMore: probabilityGainsMore(setting, sameUnits(n), n),
  };
}

/** Both the rule and the macro rule decide at an estimate of 0, around effects of 0. */
function isAtZero(rule: ShippingRule, node: CompleteEffectNode): boolean {
  return rule.threshold === 0 && node.meanProxy === 0 && node.meanMacro === 0;
}
