import { bivariateNormalCdf } from "../numerics/bivariate-normal.ts";
import { normalCdf, normalPdf, normalSf } from "../numerics/normal.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";

/** Ship exactly when proxy · (estimate on the proxy) + macro · (estimate on the macro metric) > threshold. */
export interface ShippingRule {
  readonly proxy: number;
  readonly macro: number;
  readonly threshold: number;
  /** Sampling variance of the weighted sum. */
  readonly noise: number;
}

/** What a rule earns, per change tested. */
export interface ShippingOutcome {
  /** Expected true macro effect of a change, counted when it ships and 0 when not. */
  readonly gain: number;
  /** Probability that a change ships exactly when its true macro effect is positive. */
  readonly accuracy: number;
  /** Probability that a change ships. */
  readonly shipShare: number;
  /** Probability that a change that ships loses macro conversions; 0 where nothing ships. */
  readonly wrongShipShare: number;
}

/**
 * How a weighted sum follows the true macro effect θ_y: sum = slope · θ_y + rest, the rest independent of θ_y with
 * variance `residual`. The rest is the sampling noise and whatever the proxy does on its own.
 */
export function signalOf(
  node: CompleteEffectNode,
  rule: ShippingRule,
): { readonly slope: number; readonly residual: number } {
  return {
    slope: rule.proxy * node.rho * (node.tauProxy / node.tauMacro) + rule.macro,
    residual: (rule.proxy * node.tauProxy) ** 2 * (1 - node.rho) * (1 + node.rho) + rule.noise,
  };
}

/** The standardised rule: ship when Z > threshold, where Z and the true macro effect are bivariate normal. */
interface StandardRule {
  readonly correlation: number;
  /** √(1 − correlation²), without the difference. */
  readonly independence: number;
  readonly threshold: number;
}

function standardise(node: CompleteEffectNode, rule: ShippingRule): StandardRule {
  const { slope, residual } = signalOf(node, rule);
  const signal = slope * node.tauMacro;
  const spread = Math.sqrt(signal ** 2 + residual);
  const distance = rule.threshold - (rule.proxy * node.meanProxy + rule.macro * node.meanMacro);
  // A rule without weights decides the same way whatever is observed.
  if (spread === 0)
    return { correlation: 0, independence: 1, threshold: distance < 0 ? -Infinity : Infinity };
  return {
    correlation: signal / spread,
    independence: Math.sqrt(residual) / spread,
    threshold: distance / spread,
  };
}

/** Expected macro gain per test, averaged over the nodes: E[θ_y; ship] = μ_y P(ship) + Cov(θ_y, Z) φ(threshold). */
export function expectedGain(nodes: readonly CompleteEffectNode[], rule: ShippingRule): number {
  let gain = 0;
  for (const node of nodes) {
    const { correlation, threshold } = standardise(node, rule);
    const spontaneous = node.meanMacro === 0 ? 0 : node.meanMacro * normalSf(threshold);
    gain += node.weight * (spontaneous + correlation * node.tauMacro * normalPdf(threshold));
  }
  return gain;
}

/** Everything a rule earns, averaged over the nodes. */
export function shippingOutcome(nodes: readonly CompleteEffectNode[], rule: ShippingRule): ShippingOutcome {
  let shipShare = 0;
  let wrongShips = 0;
  let losers = 0;
  for (const node of nodes) {
    const standard = standardise(node, rule);
    shipShare += node.weight * normalSf(standard.threshold);
    wrongShips += node.weight * losesAndShips(node, standard);
    losers += node.weight * normalCdf(-node.meanMacro / node.tauMacro);
  }
  return {
    gain: expectedGain(nodes, rule),
    // Right are the losers that stay, losers − wrongShips, and the winners that ship, shipShare − wrongShips.
    accuracy: losers + shipShare - 2 * wrongShips,
    shipShare,
    wrongShipShare: shipShare > 0 ? Math.min(1, wrongShips / shipShare) : 0,
  };
}

/** Probability of deciding wrongly about the sign of the macro effect, computed as a tail of its own. */
export function wrongDecisions(nodes: readonly CompleteEffectNode[], rule: ShippingRule): number {
  return nodes.reduce((sum, node) => {
    const standard = standardise(node, rule);
    return sum + node.weight * (losesAndShips(node, standard) + gainsAndStays(node, standard));
  }, 0);
}

/** P(θ_y < 0, Z > threshold). */
function losesAndShips(
  { meanMacro, tauMacro }: CompleteEffectNode,
  { correlation, independence, threshold }: StandardRule,
): number {
  // Sheppard (1899): around 0 the probability is an angle, and needs no integral.
  if (meanMacro === 0 && threshold === 0) return Math.atan2(independence, correlation) / (2 * Math.PI);
  return bivariateNormalCdf(-meanMacro / tauMacro, -threshold, -correlation);
}

/** P(θ_y > 0, Z < threshold): the mirror image of a loser that ships. */
function gainsAndStays(node: CompleteEffectNode, standard: StandardRule): number {
  return losesAndShips(
    { ...node, meanMacro: -node.meanMacro },
    { ...standard, threshold: -standard.threshold },
  );
}
