import { bivariateNormalCdf } from "../numerics/bivariate-normal.ts";
import { normalCdf, normalPdf, normalSf } from "../numerics/normal.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { componentNode } from "./population-average.ts";
import { populationNormals } from "./population-normals.ts";
import { atan2 } from "../numerics/elementary/inverse-trigonometric.ts";

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
    residual: residualOf(node, rule),
  };
}

function residualOf({ tauProxy, rho }: CompleteEffectNode, { proxy, noise }: ShippingRule): number {
  return (proxy * tauProxy) ** 2 * (1 - rho) * (1 + rho) + noise;
}

/** Covariance of the weighted sum with the true macro effect, over the standard deviation of the latter. */
function signalSd({ tauProxy, tauMacro, rho }: CompleteEffectNode, rule: ShippingRule): number {
  return rule.proxy * rho * tauProxy + rule.macro * tauMacro;
}

/** By how much the sum must exceed what is expected of it. */
function distanceOf({ meanProxy, meanMacro }: CompleteEffectNode, rule: ShippingRule): number {
  return rule.threshold - (rule.proxy * meanProxy + rule.macro * meanMacro);
}

/** The standardised rule, ship when Z > threshold; a rule without weights decides the same way whatever is observed. */
function standardThreshold(distance: number, spread: number): number {
  if (spread > 0) return distance / spread;
  return distance < 0 ? -Infinity : Infinity;
}

/** Expected macro gain per test, averaged over the nodes. */
export function expectedGain(nodes: readonly CompleteEffectNode[], rule: ShippingRule): number {
  let gain = 0;
  for (const node of nodes) gain += node.weight * nodeGain(node, rule);
  return gain;
}

/** The same in the world of one node. */
export function nodeGain(node: CompleteEffectNode, rule: ShippingRule): number {
  if (node.components === undefined) return normalGain(node, rule);
  let gain = 0;
  for (const component of node.components) {
    gain += component.weight * normalGain(componentNode(node, component), rule);
  }
  return gain;
}

/** E[θ_y; ship] = μ_y P(ship) + Cov(θ_y, Z) φ(threshold). */
function normalGain(node: CompleteEffectNode, rule: ShippingRule): number {
  const { meanMacro, tauMacro } = node;
  const signal = signalSd(node, rule);
  const spread = Math.sqrt(signal ** 2 + residualOf(node, rule));
  const threshold = standardThreshold(distanceOf(node, rule), spread);
  const guided = spread === 0 ? 0 : (signal / spread) * tauMacro * normalPdf(threshold);
  return meanMacro === 0 ? guided : guided + meanMacro * normalSf(threshold);
}

/** What becomes of changes in the world of one node, as probabilities of each. */
export interface NodeOutcome {
  readonly gain: number;
  readonly accuracy: number;
  readonly shipShare: number;
  /** Ships and loses. */
  readonly wrongShips: number;
}

/** What a rule earns in the world of one node. */
export function nodeOutcome(node: CompleteEffectNode, rule: ShippingRule): NodeOutcome {
  if (node.components === undefined) return normalOutcome(node, rule);
  const sum = { gain: 0, accuracy: 0, shipShare: 0, wrongShips: 0 };
  for (const component of node.components) {
    const own = normalOutcome(componentNode(node, component), rule);
    sum.gain += component.weight * own.gain;
    sum.accuracy += component.weight * own.accuracy;
    sum.shipShare += component.weight * own.shipShare;
    sum.wrongShips += component.weight * own.wrongShips;
  }
  return sum;
}

function normalOutcome(node: CompleteEffectNode, rule: ShippingRule): NodeOutcome {
  const { meanMacro, tauMacro } = node;
  const gain = normalGain(node, rule);
  const signal = signalSd(node, rule);
  const residual = residualOf(node, rule);
  const threshold = standardThreshold(distanceOf(node, rule), Math.sqrt(signal ** 2 + residual));
  const shipShare = normalSf(threshold);
  if (tauMacro === 0) {
    // A change without any effect is right to stay, and loses nothing when it ships.
    return { gain, accuracy: normalCdf(threshold), shipShare, wrongShips: 0 };
  }
  const wrongShips = losesAndShips(meanMacro / tauMacro, threshold, signal, residual);
  // Right are the losers that stay, losers − wrongShips, and the winners that ship, shipShare − wrongShips.
  const accuracy = normalCdf(-meanMacro / tauMacro) + shipShare - 2 * wrongShips;
  return { gain, accuracy, shipShare, wrongShips };
}

/** Everything a rule earns, averaged over the nodes. */
export function shippingOutcome(nodes: readonly CompleteEffectNode[], rule: ShippingRule): ShippingOutcome {
  return averageOutcome(
    nodes,
    nodes.map((node) => nodeOutcome(node, rule)),
  );
}

/** The average of what each node's world gives. */
export function averageOutcome(
  nodes: readonly CompleteEffectNode[],
  outcomes: readonly NodeOutcome[],
): ShippingOutcome {
  let gain = 0;
  let accuracy = 0;
  let shipShare = 0;
  let wrongShips = 0;
  for (let i = 0; i < nodes.length; i++) {
    const { weight } = nodes[i]!;
    const own = outcomes[i]!;
    gain += weight * own.gain;
    accuracy += weight * own.accuracy;
    shipShare += weight * own.shipShare;
    wrongShips += weight * own.wrongShips;
  }
  return { gain, accuracy, shipShare, wrongShipShare: shareOfShips(wrongShips, shipShare) };
}

/** Probability that a change that ships loses macro conversions. */
export function shareOfShips(wrongShips: number, shipShare: number): number {
  return shipShare > 0 ? Math.min(1, wrongShips / shipShare) : 0;
}

/**
 * Probability that the sign of the macro effect is decided wrongly, computed as a tail of its own; a change without
 * effect has no sign.
 */
export function wrongDecisions(nodes: readonly CompleteEffectNode[], rule: ShippingRule): number {
  let sum = 0;
  for (const node of populationNormals(nodes)) {
    if (node.tauMacro > 0) sum += node.weight * wrongSigns(node, rule);
  }
  return sum;
}

function wrongSigns(node: CompleteEffectNode, rule: ShippingRule): number {
  const signal = signalSd(node, rule);
  const residual = residualOf(node, rule);
  const threshold = standardThreshold(distanceOf(node, rule), Math.sqrt(signal ** 2 + residual));
  const mean = node.meanMacro / node.tauMacro;
  // A gainer that stays is the mirror image of a loser that ships.
  return (
    losesAndShips(mean, threshold, signal, residual) + losesAndShips(-mean, 0 - threshold, signal, residual)
  );
}

/** P(θ_y < 0, Z > threshold), for a θ_y of so many standard deviations on average. */
function losesAndShips(mean: number, threshold: number, signal: number, residual: number): number {
  // Sheppard (1899): around 0 the probability is an angle, and needs no integral.
  if (mean === 0 && threshold === 0) return atan2(Math.sqrt(residual), signal) / (2 * Math.PI);
  const spread = Math.sqrt(signal ** 2 + residual);
  return bivariateNormalCdf(-mean, -threshold, spread > 0 ? -signal / spread : 0);
}
