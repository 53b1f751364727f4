import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { empiricalEffectPrior } from "../bayesian/empirical-effect-prior.ts";
import type { NormalPrior } from "../bayesian/normal-prior.ts";
import { checkObservedEffects } from "../bayesian/observed-effects.ts";
import { checkedRateEffectPrior } from "../bayesian/rate-effect-prior.ts";
import type { MetricDefinition, PastEffectEstimates } from "./metric-definition.ts";

/** What true effects on a metric are like, in log-lift, and how that is known. */
export interface MetricEffectPrior extends NormalPrior {
  /** In words that follow "what": `12 past tests make likely`. */
  readonly source: string;
  /** Of the fit to past effects. */
  readonly warnings: readonly Warning[];
}

/**
 * What true effects on a metric are like: as the document says it, or fitted to past effects; null where it is silent.
 *
 * @throws {DomainError} for a prior out of range, and for past effects that vary no more than their errors explain
 */
export function metricEffectPrior({ effectPrior }: MetricDefinition): MetricEffectPrior | null {
  if (effectPrior === undefined) return null;
  if ("pastEffects" in effectPrior) return fittedPrior(effectPrior);
  const { mean, standardDeviation } = checkedRateEffectPrior("effectPrior", {
    ...effectPrior,
    scale: "log-lift",
  });
  return { mean, standardDeviation, source: "the prior makes likely", warnings: [] };
}

/** Below it all true effects are as good as one. */
const SMALLEST_DEVIATION = 1e-6;

function fittedPrior({ pastEffects }: PastEffectEstimates): MetricEffectPrior {
  const field = "effectPrior.pastEffects";
  checkObservedEffects(field, pastEffects);
  if (pastEffects.length < 2) {
    throw new DomainError(field, pastEffects, "must be a list of at least two effects");
  }
  const { prior, warnings } = empiricalEffectPrior({ effects: pastEffects });
  const { mean, standardDeviation } = prior as NormalPrior;
  if (!(standardDeviation >= SMALLEST_DEVIATION)) {
    throw new DomainError(
      field,
      pastEffects,
      "must vary by more than their standard errors explain: these do not tell how far true effects are apart; give a mean and a standardDeviation instead",
    );
  }
  checkedRateEffectPrior(field, { scale: "log-lift", mean, standardDeviation });
  return {
    mean,
    standardDeviation,
    source: `${pastEffects.length} past tests make likely`,
    warnings,
  };
}
