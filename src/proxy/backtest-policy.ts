import { normalPdf, normalUpperQuantile } from "../numerics/normal.ts";
import type { ReplayedEstimates } from "./backtest-experiment.ts";
import { assistedRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { shippingByPosterior } from "./false-ships.ts";
import { proxyOnly, sameUnits } from "./sample-sizes.ts";

/**
 * Who decides: the proxy alone, proxy and sales seen by then, or mature sales; and by how much: any gain in sight, or
 * one that is sure enough (`alpha` for tests, `shipThreshold` for posteriors).
 */
export type BacktestPolicyName =
  "proxy-sign" | "proxy-significant" | "assisted-mean" | "assisted-sure" | "sales-sign" | "sales-significant";

export const BACKTEST_POLICIES: readonly BacktestPolicyName[] = [
  "proxy-sign",
  "proxy-significant",
  "assisted-mean",
  "assisted-sure",
  "sales-sign",
  "sales-significant",
];

/** Ship exactly when proxy · (proxy estimate) + early · (early estimate) + macro · (mature estimate) > threshold. */
interface ReplayedRule {
  readonly proxy: number;
  readonly early: number;
  readonly macro: number;
  readonly threshold: number;
}

/** What a policy does in one experiment. */
export interface ReplayedDecision {
  readonly ships: boolean;
  /**
   * The mature effect if it ships, and 0 if not, less what chance is expected to put into it: its mean over what chance
   * does is the true macro effect that the policy gains.
   */
  readonly gain: number;
}

/**
 * Replays a policy on one experiment.
 *
 * Estimates that share units err together, so that what ships looks better than it is. With normal errors that is
 * Cov(error of the mature effect, error of the sum) times the density of the sum at its threshold (Stein 1981).
 *
 * @param nodes - learned without this experiment
 */
export function replayPolicy(
  policy: BacktestPolicyName,
  nodes: readonly CompleteEffectNode[],
  seen: ReplayedEstimates,
  alpha: number,
  shipThreshold: number,
): ReplayedDecision {
  const rule = ruleOf(policy, nodes, seen, alpha, shipThreshold);
  const { proxy, early, macro, threshold } = rule;
  const sum = proxy * seen.proxyEffect + early * (seen.earlyEffect ?? 0) + macro * seen.macroEffect;
  const ships = sum > threshold;
  const shared = proxy * seen.proxyMacro + early * seen.earlyMacro + macro * seen.macroVariance;
  const chance = shared === 0 ? 0 : shared * densityAt(nodes, rule, seen);
  return { ships, gain: (ships ? seen.macroEffect : 0) - chance };
}

function ruleOf(
  policy: BacktestPolicyName,
  nodes: readonly CompleteEffectNode[],
  seen: ReplayedEstimates,
  alpha: number,
  shipThreshold: number,
): ReplayedRule {
  const critical = normalUpperQuantile(alpha / 2);
  const byProxy = { proxy: 1, early: 0, macro: 0, threshold: 0 };
  const bySales = { proxy: 0, early: 0, macro: 1, threshold: 0 };
  switch (policy) {
    case "proxy-sign":
      return byProxy;
    case "proxy-significant":
      return { ...byProxy, threshold: critical * Math.sqrt(seen.proxyVariance) };
    case "sales-sign":
      return bySales;
    case "sales-significant":
      return { ...bySales, threshold: critical * Math.sqrt(seen.macroVariance) };
    case "assisted-mean":
    case "assisted-sure": {
      const isAlone = seen.earlyEffect === null;
      const sampling = {
        proxy: seen.proxyVariance,
        macro: isAlone ? seen.macroVariance : seen.earlyVariance,
        correlation: isAlone
          ? 0
          : seen.earlyProxy / Math.sqrt(seen.proxyVariance) / Math.sqrt(seen.earlyVariance),
      };
      // Variances of the estimates themselves, so that n is 1.
      const mean = assistedRule(
        { nodes, sampling, rule: { kind: "posterior-mean" } },
        isAlone ? proxyOnly(1) : sameUnits(1),
      );
      const { proxy, macro, threshold } =
        policy === "assisted-mean"
          ? mean
          : shippingByPosterior(nodes, mean, { kind: "probability", threshold: shipThreshold });
      return { proxy, early: macro, macro: 0, threshold };
    }
  }
}

/** Density of the weighted sum at its threshold, over the changes that the others foretell. */
function densityAt(
  nodes: readonly CompleteEffectNode[],
  { proxy, early, macro, threshold }: ReplayedRule,
  seen: ReplayedEstimates,
): number {
  const sales = early + macro;
  const noise =
    proxy ** 2 * seen.proxyVariance +
    early ** 2 * seen.earlyVariance +
    macro ** 2 * seen.macroVariance +
    2 * proxy * early * seen.earlyProxy;
  let density = 0;
  for (const { weight, tauProxy, tauMacro, rho, meanProxy, meanMacro } of nodes) {
    const across = (proxy * tauProxy) ** 2 * (1 - rho) * (1 + rho);
    const spread = Math.sqrt((sales * tauMacro + rho * proxy * tauProxy) ** 2 + across + noise);
    density += (weight * normalPdf((threshold - proxy * meanProxy - sales * meanMacro) / spread)) / spread;
  }
  return density;
}
