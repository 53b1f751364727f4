import type { Interval } from "../core/interval.ts";
import { crossoverN } from "./crossover-n.ts";
import type { DecisionSetting } from "./decision-rule.ts";
import type { DecisionWorlds, RuleInWorlds } from "./decision-worlds.ts";
import { equivalentNByNode } from "./equivalent-n-by-node.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { shareOfNodes } from "./share-of-nodes.ts";

/** What past experiments leave open about a decision: quantiles over the posterior of the effect covariance. */
export interface DecisionPosterior {
  readonly speedupProxy: Interval;
  readonly speedupAssisted: Interval;
  readonly accuracyProxy: Interval;
  readonly accuracyMacro: Interval;
  readonly accuracyAssisted: Interval;
  readonly ceilingAccuracy: Interval;
  /** Macro units per arm that earn as much as unlimited units of the proxy. */
  readonly ceilingMacroEquivalentN: Interval;
  readonly crossoverN: Interval;
  /** Posterior probability that the proxy's speedup is below 1 or cannot be had. */
  readonly shareBelowOne: number;
  /** Posterior probability that deciding by both earns more than deciding by the macro metric at the same n. */
  readonly probabilityAssistedGainsMore: number;
}

/** Reads each world by itself: the rules stay what the average made them, the truth is the node's. */
export function decisionPosterior(
  setting: DecisionSetting,
  { proxy, macro, assisted, ceiling }: DecisionWorlds,
  n: number,
  confidenceLevel: number,
): DecisionPosterior {
  const { nodes } = setting;
  const interval = (values: readonly number[]): Interval => posteriorInterval(nodes, values, confidenceLevel);
  const speedups = ({ rule }: RuleInWorlds): number[] =>
    equivalentNByNode(setting, rule).map((equivalent) => equivalent / n);
  const accuracies = ({ outcomes }: RuleInWorlds): Interval =>
    interval(outcomes.map(({ accuracy }) => accuracy));
  const gain = ({ outcomes }: RuleInWorlds, i: number): number => outcomes[i]!.gain;

  const speedupProxy = speedups(proxy);
  return {
    speedupProxy: interval(speedupProxy),
    speedupAssisted: interval(speedups(assisted)),
    accuracyProxy: accuracies(proxy),
    accuracyMacro: accuracies(macro),
    accuracyAssisted: accuracies(assisted),
    ceilingAccuracy: accuracies(ceiling),
    ceilingMacroEquivalentN: interval(equivalentNByNode(setting, ceiling.rule)),
    crossoverN: interval(nodes.map((node) => crossoverN({ ...setting, nodes: [node] }))),
    shareBelowOne: shareOfNodes(nodes, (_, i) => speedupProxy[i]! < 1),
    probabilityAssistedGainsMore: shareOfNodes(nodes, (_, i) => gain(assisted, i) > gain(macro, i)),
  };
}
