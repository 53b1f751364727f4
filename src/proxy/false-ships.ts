import { mixtureTail } from "../numerics/normal-mixture.ts";
import { normalQuantile } from "../numerics/normal.ts";
import { withoutMacroEffect } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { type ShippingRule, signalOf } from "./shipping-rule.ts";

/** How often a change without any macro effect ships, when its true effect on the proxy is given. */
export interface FalseShipPoint {
  /** The true effect on the proxy, in standard deviations of such effects. */
  readonly multipleOfTau: number;
  readonly proxyEffect: number;
  readonly rate: number;
}

export interface FalseShips {
  /** Averaged over the proxy effects that changes without macro effect have. */
  readonly rate: number;
  readonly curve: readonly FalseShipPoint[];
}

/**
 * How often changes without macro effect ship under "posterior mean above z(shipThreshold) posterior standard
 * deviations", which for a known effect covariance is P(θ_y > 0) > shipThreshold.
 *
 * @param estimate - the posterior mean as a shipping rule: ships above 0
 */
export function falseShips(
  nodes: readonly CompleteEffectNode[],
  estimate: ShippingRule,
  shipThreshold: number,
): FalseShips {
  const threshold = estimate.threshold + normalQuantile(shipThreshold) * rootMeanSquareError(nodes, estimate);
  const { tauProxy } = effectMoments(nodes);
  return {
    rate: mixtureTail(withoutMacroEffect(nodes, estimate), threshold, "upper"),
    curve: MULTIPLES.map((multipleOfTau) => {
      const proxyEffect = multipleOfTau * tauProxy;
      const given = {
        logWeight: 0,
        mean: estimate.proxy * proxyEffect,
        standardDeviation: Math.sqrt(estimate.noise),
      };
      return { multipleOfTau, proxyEffect, rate: mixtureTail([given], threshold, "upper") };
    }),
  };
}

const MULTIPLES = [0, 0.5, 1, 1.5, 2, 2.5, 3] as const;

/** Root mean square of estimate − θ_y; for a known effect distribution the posterior standard deviation. */
export function rootMeanSquareError(nodes: readonly CompleteEffectNode[], estimate: ShippingRule): number {
  const meanSquare = nodes.reduce((sum, node) => {
    const { slope, residual } = signalOf(node, estimate);
    const bias =
      estimate.proxy * node.meanProxy + estimate.macro * node.meanMacro - estimate.threshold - node.meanMacro;
    return sum + node.weight * (((1 - slope) * node.tauMacro) ** 2 + residual + bias ** 2);
  }, 0);
  return Math.sqrt(meanSquare);
}
