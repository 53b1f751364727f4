import { expectOneOf } from "../core/did-you-mean.ts";
import { DomainError } from "../core/domain-error.ts";
import { dot, type Matrix, type Vector } from "../numerics/matrix.ts";
import { withinOne } from "../numerics/within-one.ts";
import { checkEffectSize } from "./check-magnitude.ts";
import type { CompleteEffectNode, EffectCovariance } from "./effect-covariance.ts";
import {
  checkJointEffectCovariance,
  checkJointUnitCovariance,
  completeJointNode,
  type CompleteJointNode,
  type JointEffectCovariance,
  type JointEffectDistribution,
  type JointUnitCovariance,
  proxyNames,
} from "./joint-effect-covariance.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/**
 * A weighted sum of proxies as one proxy: the effect covariance that `decisionSpeedup`, `proxyAssisted` and the other
 * functions of one proxy take, with its posterior projected node by node.
 *
 * @param effects - true effects on several proxies and the macro metric
 * @param weights - one a proxy, of either sign; only their ratios matter for decisions
 * @returns the effect covariance of the composite and the macro metric
 * @throws {DomainError} for a broken covariance, or weights that are no list of as many numbers as there are proxies or
 *   leave the composite without effects
 * @example
 * ```ts
 * import { compositeEffects } from "microlift";
 * const effects = {
 *   scale: "difference",
 *   covariance: [
 *     [1.6e-5, 4e-6, 2.56e-6],
 *     [4e-6, 9e-6, 1.2e-6],
 *     [2.56e-6, 1.2e-6, 6.4e-7],
 *   ],
 * } as const;
 * compositeEffects(effects, [0.7, 0.3]).rho; // 0.8369550212810889
 * ```
 * Source: Tripuraneni et al. (2023), proxies of one population of experiments combined.
 */
export function compositeEffects(effects: JointEffectCovariance, weights: Vector): EffectCovariance {
  checkJointEffectCovariance("effects", effects);
  checkWeights("weights", weights, effects.covariance.length - 1);
  const { scale, source, posterior } = effects;
  const project = (distribution: JointEffectDistribution, weight: number): CompleteEffectNode => {
    const composite = compositeNode(completeJointNode(distribution, weight), weights);
    if (composite.tauProxy > 0) return composite;
    throw new DomainError("weights", weights, "must leave the composite an effect that varies");
  };
  const { weight: _, ...average } = project(effects, 1);
  return {
    ...average,
    ...(scale === undefined ? {} : { scale }),
    ...(source === undefined ? {} : { source }),
    ...(posterior === undefined ? {} : { posterior: posterior.map((node) => project(node, node.weight)) }),
  };
}

/**
 * The sampling covariance of a weighted sum of proxies and the macro metric, times n per arm: what goes beside
 * `compositeEffects` with the same weights.
 *
 * @param sampling - sampling covariance of proxies and macro metric, times n per arm
 * @param weights - one a proxy, those of the composite
 * @returns the unit covariance of the composite and the macro metric
 * @throws {DomainError} for a broken covariance or weights that leave the composite without variance
 * @example
 * ```ts
 * import { compositeSampling } from "microlift";
 * const covariance = [
 *   [0.18, 0.05, 0.036],
 *   [0.05, 0.42, 0.02],
 *   [0.036, 0.02, 0.0392],
 * ];
 * compositeSampling({ scale: "difference", covariance }, [0.5, 0.5]).proxy; // 0.175
 * ```
 */
export function compositeSampling(sampling: JointUnitCovariance, weights: Vector): UnitCovariance {
  const metrics = checkedMetrics(weights);
  checkJointUnitCovariance("sampling", sampling, metrics);
  const { scale, covariance } = sampling;
  const composite = compositeVariances(covariance, weights);
  if (!(composite.proxy > 0)) {
    throw new DomainError("weights", weights, "must leave the composite a variance");
  }
  return { ...(scale === undefined ? {} : { scale }), ...composite };
}

/**
 * One proxy out of several, with the macro metric.
 *
 * @param effects - true effects on several proxies and the macro metric
 * @param proxy - its name, or its place from 0
 * @returns the effect covariance of that proxy and the macro metric, posterior included
 * @throws {DomainError} for a broken covariance or a proxy that is not there
 * @example
 * ```ts
 * import { pairEffects } from "microlift";
 * const covariance = [
 *   [0.0016, 0.0004, 0.0004],
 *   [0.0004, 0.0009, 0.0003],
 *   [0.0004, 0.0003, 0.0004],
 * ];
 * pairEffects({ covariance, proxies: ["cart", "search"] }, "search").rho; // 0.5
 * ```
 */
export function pairEffects(effects: JointEffectCovariance, proxy: string | number): EffectCovariance {
  checkJointEffectCovariance("effects", effects);
  const names = proxyNames(effects);
  const place = typeof proxy === "number" ? proxy : names.indexOf(proxy);
  if (names[place] === undefined) {
    throw new DomainError("proxy", proxy, `${expectOneOf(proxy, names)}, or its place from 0`);
  }
  return compositeEffects(
    effects,
    names.map((_, i) => (i === place ? 1 : 0)),
  );
}

/** A weighted sum of proxies as one proxy of a node; without any weight it has no effect at all. */
export function compositeNode(
  { covariance, mean, weight }: CompleteJointNode,
  weights: Vector,
): CompleteEffectNode {
  const { proxy, macro, correlation } = compositeVariances(covariance, weights);
  return {
    tauProxy: Math.sqrt(proxy),
    tauMacro: Math.sqrt(macro),
    rho: correlation,
    meanProxy: dot(weights, mean),
    meanMacro: mean[weights.length]!,
    weight,
  };
}

/** Variances and correlation of a weighted sum of all variables but the last, and the last. */
export function compositeVariances(
  covariance: Matrix,
  weights: Vector,
): { readonly proxy: number; readonly macro: number; readonly correlation: number } {
  const last = weights.length;
  const macro = covariance[last]![last]!;
  // Near copies with opposite signs may leave a variance that is a rounding below 0.
  const proxy = Math.max(
    0,
    weights.reduce((sum, weight, i) => sum + weight * dot(weights, covariance[i]!), 0),
  );
  const correlation = proxy === 0 ? 0 : dot(weights, covariance[last]!) / Math.sqrt(proxy) / Math.sqrt(macro);
  return { proxy, macro, correlation: withinOne(correlation) };
}

/** Refuses weights that are no list of one finite number a proxy, or are all 0. */
export function checkWeights(field: string, weights: Vector, proxies: number): void {
  if (!Array.isArray(weights) || weights.length !== proxies) {
    throw new DomainError(field, weights, `must be a list of ${proxies} weights, one a proxy`);
  }
  weights.forEach((weight: number, i) => checkEffectSize(`${field}[${i}]`, weight));
  if (weights.every((weight) => weight === 0)) {
    throw new DomainError(field, weights, "must not all be 0");
  }
}

function checkedMetrics(weights: Vector): number {
  const proxies = Array.isArray(weights) ? weights.length : 0;
  if (proxies === 0) throw new DomainError("weights", weights, "must be a list of weights, one a proxy");
  checkWeights("weights", weights, proxies);
  return proxies + 1;
}
