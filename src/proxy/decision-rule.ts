import { checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { mixtureQuantile, type NormalMixture } from "../numerics/normal-mixture.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import {
  assistedWeights,
  averageEstimate,
  type LinearEstimate,
  macroOnlyWeights,
} from "./assisted-weights.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { unmovedNormals } from "./population-normals.ts";
import { proxyOnly, type SampleSizes, samplingVariance } from "./sample-sizes.ts";
import { type ShippingRule, signalOf } from "./shipping-rule.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * When a change ships: `sign`, the estimate is above 0; `significance`, it is above z(1 − alpha/2) standard errors;
 * `posterior-mean`, the expected macro effect given the estimate is above 0 (with zero means and rho > 0 the same as
 * `sign`).
 */
export type DecisionRule =
  | { readonly kind: "sign" }
  | { readonly kind: "significance"; readonly alpha: number }
  | { readonly kind: "posterior-mean" };

/**
 * Checks a decision rule where it enters a public function.
 *
 * @throws {DomainError} for an unknown kind or an alpha outside (0, 1)
 */
export function checkDecisionRule(field: string, rule: DecisionRule): void {
  checkOneOf(`${field}.kind`, rule.kind, ["sign", "significance", "posterior-mean"]);
  if (rule.kind === "significance") checkOpenUnit(`${field}.alpha`, rule.alpha);
}

/** What a decision stands on: true effects, sampling and the rule. */
export interface DecisionSetting {
  readonly nodes: readonly CompleteEffectNode[];
  readonly sampling: UnitCovariance;
  readonly rule: DecisionRule;
}

/** Decide by the estimate on the proxy of n units per arm; n = Infinity asks for the ceiling. */
export function proxyRule({ nodes, sampling, rule }: DecisionSetting, n: number): ShippingRule {
  const sizes = proxyOnly(n);
  if (rule.kind === "posterior-mean") {
    return aboveZero(
      averageEstimate(nodes, (node) => assistedWeights(node, sampling, sizes)),
      sampling,
      sizes,
    );
  }
  const noise = sampling.proxy / n;
  return { proxy: 1, macro: 0, threshold: criticalValue(rule) * Math.sqrt(noise), noise };
}

/** Decide by the estimate on the macro metric of n units per arm; under `posterior-mean` n may be 0. */
export function macroRule({ nodes, sampling, rule }: DecisionSetting, n: number): ShippingRule {
  const noise = sampling.macro / n;
  if (rule.kind === "posterior-mean") {
    const { macro, intercept } = averageEstimate(nodes, (node) => macroOnlyWeights(node, sampling, n));
    return { proxy: 0, macro, threshold: 0 - intercept, noise: macro === 0 ? 0 : macro ** 2 * noise };
  }
  return { proxy: 0, macro: 1, threshold: criticalValue(rule) * Math.sqrt(noise), noise };
}

/**
 * Decide by both: ship when the posterior mean of the macro effect is above 0; under the rule `significance`, when it is
 * so large that a change without macro effect ships with probability alpha/2, as it does under the macro test.
 */
export function assistedRule(setting: DecisionSetting, sizes: SampleSizes): ShippingRule {
  const { nodes, sampling, rule } = setting;
  const estimate = averageEstimate(nodes, (node) => assistedWeights(node, sampling, sizes));
  const shipping = aboveZero(estimate, sampling, sizes);
  if (rule.kind !== "significance") return shipping;
  return {
    ...shipping,
    threshold: mixtureQuantile(withoutMacroEffect(nodes, shipping), "upper", rule.alpha / 2),
  };
}

/** Distribution of the weighted sum among changes with a true macro effect of 0. */
export function withoutMacroEffect(nodes: readonly CompleteEffectNode[], rule: ShippingRule): NormalMixture {
  return unmovedNormals(nodes).map((node) => {
    if (node.tauMacro === 0) return { logWeight: 0, mean: 0, standardDeviation: Math.sqrt(rule.noise) };
    const { slope, residual } = signalOf(node, rule);
    return {
      logWeight: ln(node.weight),
      mean: rule.proxy * node.meanProxy + (rule.macro - slope) * node.meanMacro,
      standardDeviation: Math.sqrt(residual),
    };
  });
}

/** Expected gain per test of a macro test with no unit at all: the rule then ships blindly. */
export function gainWithoutData({ nodes, rule }: DecisionSetting): number {
  const mean = nodes.reduce((sum, node) => sum + node.weight * node.meanMacro, 0);
  if (rule.kind === "posterior-mean") return Math.max(0, mean);
  return mean * (rule.kind === "sign" ? 0.5 : rule.alpha / 2);
}

function aboveZero(estimate: LinearEstimate, sampling: UnitCovariance, sizes: SampleSizes): ShippingRule {
  const { proxy, macro, intercept } = estimate;
  return { proxy, macro, threshold: 0 - intercept, noise: samplingVariance(sampling, sizes, proxy, macro) };
}

/** The standardised threshold of a rule on one estimate. */
export function criticalValue(rule: Exclude<DecisionRule, { kind: "posterior-mean" }>): number {
  return rule.kind === "sign" ? 0 : normalUpperQuantile(rule.alpha / 2);
}
