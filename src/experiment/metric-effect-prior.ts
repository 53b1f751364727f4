import { empiricalEffectPrior } from "../bayesian/empirical-effect-prior.ts";
import type { NormalPrior } from "../bayesian/normal-prior.ts";
import { checkedRateEffectPrior } from "../bayesian/rate-effect-prior.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/**
 * What true effects on a metric are like: as the document says it, or fitted to past effects; null where it is silent.
 *
 * @throws {DomainError} for a prior out of range, and for past effects that vary no more than their errors explain
 */
export function metricEffectPrior({ effectPrior }: MetricDefinition): NormalPrior | null {
  if (effectPrior === undefined) return null;
  if (!("pastEffects" in effectPrior)) {
    return checkedPrior(effectPrior);
  }
  const { prior } = empiricalEffectPrior({ effects: effectPrior.pastEffects });
  return checkedPrior(prior as NormalPrior);
}

function checkedPrior(prior: NormalPrior): NormalPrior {
  const { mean, standardDeviation } = checkedRateEffectPrior("effectPrior", { ...prior, scale: "log-lift" });
  return { mean, standardDeviation };
}
