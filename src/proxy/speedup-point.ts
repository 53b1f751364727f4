import type { Interval } from "../core/interval.ts";
import { assistedEquivalentN } from "./assisted-equivalent-n.ts";
import { earnsSpeedup } from "./decision-reading.ts";
import { assistedRule, type DecisionSetting, macroRule, proxyRule } from "./decision-rule.ts";
import { equivalentNByNode } from "./equivalent-n-by-node.ts";
import { macroEquivalentN } from "./macro-equivalent-n.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { sameUnits } from "./sample-sizes.ts";
import { shareOfNodes } from "./share-of-nodes.ts";
import { shippingOutcome } from "./shipping-rule.ts";
import { withWorstCorrelation } from "./worst-correlation.ts";

/** What deciding by the proxy, by the macro metric and by both is worth at one size of test. */
export interface SpeedupPoint {
  /** Units per arm. */
  readonly n: number;
  /** Days until so many units have entered an arm; null without traffic. */
  readonly days: number | null;
  /** Macro units that earn as much as the n units of the proxy, over n; null for a proxy of the wrong sign. */
  readonly speedupProxy: number | null;
  /** Macro units that earn as much as n units of both, over n. */
  readonly speedupAssisted: number;
  /** Probability that a change ships exactly when its true macro effect is positive. */
  readonly accuracyProxy: number;
  readonly accuracyMacro: number;
  readonly accuracyAssisted: number;
  /** What past experiments leave open of the speedups; null for a covariance without a posterior. */
  readonly posterior: SpeedupPosterior | null;
}

/** What a posterior of the covariance says of the speedups at one size. */
export interface SpeedupPosterior {
  readonly speedupProxy: Interval;
  readonly speedupAssisted: Interval;
  /** Posterior probability that the proxy's speedup is below 1 or cannot be had. */
  readonly shareBelowOne: number;
}

/**
 * Reads one size: what `decisionSpeedup` says of speedups and accuracies, without what does not change with n.
 *
 * @param rho - of the average over the nodes
 * @param confidenceLevel - of the intervals over the nodes; null where they are no posterior
 */
export function speedupPoint(
  overall: DecisionSetting,
  n: number,
  rho: number,
  confidenceLevel: number | null,
  unitsPerDay: number | undefined,
): SpeedupPoint {
  const { nodes, rule } = overall;
  const setting = { ...overall, sampling: withWorstCorrelation(nodes, overall.sampling, sameUnits(n)) };
  const [proxy, macro] = [proxyRule(setting, n), macroRule(setting, n)];
  const assisted = assistedRule(setting, sameUnits(n));
  const intervals = (level: number): SpeedupPosterior => {
    const speedups = equivalentNByNode(setting, proxy).map((equivalent) => equivalent / n);
    const together = equivalentNByNode(setting, assisted).map((equivalent) => equivalent / n);
    return {
      speedupProxy: posteriorInterval(nodes, speedups, level),
      speedupAssisted: posteriorInterval(nodes, together, level),
      shareBelowOne: shareOfNodes(nodes, (_, i) => speedups[i]! < 1),
    };
  };
  return {
    n,
    days: unitsPerDay === undefined ? null : n / unitsPerDay,
    speedupProxy: earnsSpeedup(rule, rho)
      ? macroEquivalentN(setting, proxy, rule.kind !== "significance") / n
      : null,
    speedupAssisted: assistedEquivalentN(setting, sameUnits(n)) / n,
    accuracyProxy: shippingOutcome(nodes, proxy).accuracy,
    accuracyMacro: shippingOutcome(nodes, macro).accuracy,
    accuracyAssisted: shippingOutcome(nodes, assisted).accuracy,
    posterior: confidenceLevel === null ? null : intervals(confidenceLevel),
  };
}
