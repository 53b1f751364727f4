import { mixtureTail } from "../numerics/normal-mixture.ts";
import { type AssistedDecisionRule, requiredScore } from "./assisted-decision-rule.ts";
import { withoutMacroEffect } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { populationNormals } from "./population-normals.ts";
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

/** How often changes without macro effect ship by a rule. */
export function falseShips(nodes: readonly CompleteEffectNode[], rule: ShippingRule): FalseShips {
  const { tauProxy } = effectMoments(nodes);
  const standardDeviation = Math.sqrt(rule.noise);
  return {
    rate: falseShipRate(nodes, rule),
    curve: MULTIPLES.map((multipleOfTau) => {
      const proxyEffect = multipleOfTau * tauProxy;
      const given = { logWeight: 0, mean: rule.proxy * proxyEffect, standardDeviation };
      return { multipleOfTau, proxyEffect, rate: mixtureTail([given], rule.threshold, "upper") };
    }),
  };
}

/** The rate alone. */
export function falseShipRate(nodes: readonly CompleteEffectNode[], rule: ShippingRule): number {
  return mixtureTail(withoutMacroEffect(nodes, rule), rule.threshold, "upper");
}

/**
 * A rule on the posterior of the macro effect as a rule on its mean: so many root mean square errors above 0, which for
 * a known normal effect distribution is the rule itself, and elsewhere the linear rule that comes closest to it.
 *
 * @param estimate - the posterior mean as a shipping rule: ships above 0
 */
export function shippingByPosterior(
  nodes: readonly CompleteEffectNode[],
  estimate: ShippingRule,
  rule: AssistedDecisionRule,
): ShippingRule {
  const error = rootMeanSquareError(nodes, estimate);
  return { ...estimate, threshold: estimate.threshold + requiredScore(rule, error) * error };
}

const MULTIPLES = [0, 0.5, 1, 1.5, 2, 2.5, 3] as const;

/** Root mean square of estimate − θ_y; for a known effect distribution the posterior standard deviation. */
export function rootMeanSquareError(nodes: readonly CompleteEffectNode[], estimate: ShippingRule): number {
  let sum = 0;
  for (const node of populationNormals(nodes)) sum += node.weight * meanSquareError(node, estimate);
  return Math.sqrt(sum);
}

function meanSquareError(node: CompleteEffectNode, estimate: ShippingRule): number {
  const bias =
    estimate.proxy * node.meanProxy + estimate.macro * node.meanMacro - estimate.threshold - node.meanMacro;
  if (node.tauMacro === 0) return estimate.noise + bias ** 2;
  const { slope, residual } = signalOf(node, estimate);
  return ((1 - slope) * node.tauMacro) ** 2 + residual + bias ** 2;
}
