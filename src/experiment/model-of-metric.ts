import { DomainError } from "../core/domain-error.ts";
import type { BetaPriorChoice } from "../bayesian/beta-prior.ts";
import type { EachArm } from "../bayesian/each-arm.ts";
import type { GammaPriorChoice } from "../bayesian/gamma-prior.ts";
import type { NormalInverseGammaPriorChoice } from "../bayesian/normal-inverse-gamma-prior.ts";
import type { Arm, ArmsTest } from "../inference/arm-family.ts";
import type { Count } from "../summaries/count.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { differenceOf } from "./difference-of.ts";
import { differenceModel, logLiftModel, rateEffectModel } from "./effect-models.ts";
import { countModel, meanModel, rateModel } from "./level-models.ts";
import { logLiftOf } from "./log-lift-of.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { MetricEffectPrior } from "./metric-effect-prior.ts";
import type { PosteriorModel } from "./posterior-model.ts";

/**
 * The model of a metric's posterior, by its kind and its priors; null where the data leave it none.
 *
 * @param arms - of the metric's kind, with units enough for a comparison
 * @param comparison - the test between them
 */
export function modelOfMetric(
  metric: MetricDefinition,
  arms: EachArm<Arm>,
  comparison: ArmsTest,
  effectPrior: MetricEffectPrior | null,
  confidenceLevel: number,
): PosteriorModel | null {
  try {
    return soundModel(metric, arms, comparison, effectPrior, confidenceLevel);
  } catch (error) {
    // The document is sound, so this is about numbers whose squares no double holds.
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function soundModel(
  { kind, prior }: MetricDefinition,
  arms: EachArm<Arm>,
  comparison: ArmsTest,
  effectPrior: MetricEffectPrior | null,
  confidenceLevel: number,
): PosteriorModel | null {
  // The schema has seen to it that the prior is of the metric's kind.
  if (kind === "proportion") {
    const rates = arms as EachArm<Proportion>;
    const choice = prior as BetaPriorChoice | undefined;
    return effectPrior === null
      ? rateModel(rates, choice, confidenceLevel)
      : rateEffectModel(rates, effectPrior, choice, confidenceLevel);
  }
  if (effectPrior !== null) {
    const effect = logLiftOf(comparison.lift);
    return effect === null ? null : logLiftModel(effect, effectPrior, levelOf(arms.control), confidenceLevel);
  }
  switch (kind) {
    case "mean":
      return meanModel(
        arms as EachArm<Mean>,
        prior as NormalInverseGammaPriorChoice | undefined,
        confidenceLevel,
      );
    case "count":
      return countModel(arms as EachArm<Count>, prior as GammaPriorChoice | undefined, confidenceLevel);
    case "ratio": {
      const difference = differenceOf(comparison.difference);
      return difference === null ? null : differenceModel(difference);
    }
  }
}

/** What one unit of an arm, or of its denominator, comes to. */
function levelOf(arm: Arm): number {
  if ("conversions" in arm) return arm.conversions / arm.n;
  if ("mean" in arm) return arm.mean;
  if ("events" in arm) return arm.events / arm.n;
  return arm.numerator.mean / arm.denominator.mean;
}
