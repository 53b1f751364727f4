import { type CohortLook, lookSizes } from "./cohort-look.ts";
import { assistedRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { rootMeanSquareError } from "./false-ships.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import type { ShippingRule } from "./shipping-rule.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** A look with the posterior mean that it allows: what is known by then, whatever it will say. */
export interface AssistedLook extends CohortLook {
  readonly sizes: SampleSizes;
  /** The posterior mean as a shipping rule: its weighted sum less its threshold. */
  readonly rule: ShippingRule;
  /** Its root mean square error; for a known effect covariance the posterior standard deviation. */
  readonly error: number;
}

export function assistedLook(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  look: CohortLook,
): AssistedLook {
  const sizes = lookSizes(look, sampling.correlation);
  const rule = assistedRule({ nodes, sampling, rule: { kind: "posterior-mean" } }, sizes);
  return { ...look, sizes, rule, error: rootMeanSquareError(nodes, rule) };
}

/** The posterior mean over its error, from the estimates of a look. */
export function assistedScore(
  { rule, error }: AssistedLook,
  proxyEffect: number,
  macroEffect: number,
): number {
  return (rule.proxy * proxyEffect + rule.macro * macroEffect - rule.threshold) / error;
}
