import type { Warning } from "../core/warning.ts";
import { type EffectCovariance, isLearned } from "../proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../proxy/elicit-effect-covariance.ts";
import { estimateEffectCovariance } from "../proxy/estimate-effect-covariance.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/** How true effects on a proxy and on the macro metric go together. */
export interface MetricEffects extends EffectCovariance {
  /** What to mind about how it was learned; empty where it was given. */
  readonly cautions: readonly Warning[];
}

/**
 * The covariance of true effects that a document gives for a proxy: as it stands, elicited, or learned from past
 * experiments, which takes a tenth of a second or so; null where it is silent.
 */
export function metricEffects({ effects }: MetricDefinition): MetricEffects | null {
  if (effects === undefined) return null;
  if ("elasticity" in effects) return { ...elicitEffectCovariance(effects), cautions: [] };
  if (!("pastExperiments" in effects)) return { ...effects, cautions: [] };
  const learned = estimateEffectCovariance({ experiments: effects.pastExperiments, scale: effects.scale });
  return { ...learned, cautions: learned.warnings };
}

/** Whether a proxy's effect covariance was learned from past experiments, and is given with its posterior. */
export function hasLearnedEffects({ effects }: MetricDefinition): boolean {
  if (effects === undefined || "elasticity" in effects) return false;
  return "pastExperiments" in effects || isLearned(effects);
}
