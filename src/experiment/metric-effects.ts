import { type EffectCovariance, isLearned } from "../proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../proxy/elicit-effect-covariance.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/** The covariance of true effects that a document gives for a proxy: as it stands, or elicited; null where it is silent. */
export function metricEffects(metric: MetricDefinition): EffectCovariance | null {
  const { effects } = metric;
  if (effects === undefined) return null;
  return "elasticity" in effects ? elicitEffectCovariance(effects) : effects;
}

/** Whether a proxy's effect covariance was learned from past experiments, and comes with its posterior. */
export function hasLearnedEffects({ effects }: MetricDefinition): boolean {
  return effects !== undefined && !("elasticity" in effects) && isLearned(effects);
}
