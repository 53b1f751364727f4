import { type EffectCovariance, isLearned } from "../proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../proxy/elicit-effect-covariance.ts";
import { estimateEffectCovariance } from "../proxy/estimate-effect-covariance.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/**
 * The covariance of true effects that a document gives for a proxy: as it stands, elicited, or learned from past
 * experiments, which takes a tenth of a second or so; null where it is silent.
 */
export function metricEffects({ effects }: MetricDefinition): EffectCovariance | null {
  if (effects === undefined) return null;
  if ("elasticity" in effects) return elicitEffectCovariance(effects);
  if (!("pastExperiments" in effects)) return effects;
  return estimateEffectCovariance({ experiments: effects.pastExperiments, scale: effects.scale });
}

/** Whether a proxy's effect covariance was learned from past experiments, and is given with its posterior. */
export function hasLearnedEffects({ effects }: MetricDefinition): boolean {
  if (effects === undefined || "elasticity" in effects) return false;
  return "pastExperiments" in effects || isLearned(effects);
}
