import type { BetaPriorChoice } from "../bayesian/beta-prior.ts";
import type { BetterArm } from "../bayesian/better-arm.ts";
import { compareWithEffectPrior } from "../bayesian/compare-with-effect-prior.ts";
import type { EachArm } from "../bayesian/each-arm.ts";
import { effectMixture } from "../bayesian/effect-mixture.ts";
import { checkObservedEffect, type ObservedEffect } from "../bayesian/observed-effects.ts";
import { shrinkEffect } from "../bayesian/shrink-effect.ts";
import { normalLogSf } from "../numerics/normal.ts";
import { logNormalLosses } from "../numerics/log-normal-loss.ts";
import { logNormalLoss } from "../numerics/normal-loss.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { metricChance } from "./metric-chance.ts";
import type { MetricEffectPrior } from "./metric-effect-prior.ts";
import type { PosteriorModel } from "./posterior-model.ts";
import { exp } from "../numerics/elementary/exp.ts";

// Models of the effect itself: with a prior on it, or of an estimate that is normal around it.

/** Rates under a prior on their log-lift: exact, and as slow for the chance as for all of the posterior. */
export function rateEffectModel(
  arms: EachArm<Proportion>,
  { mean, standardDeviation, warnings: ofPrior }: MetricEffectPrior,
  baselinePrior: BetaPriorChoice | undefined,
  confidenceLevel: number,
): PosteriorModel {
  const whole = compareWithEffectPrior({
    ...arms,
    effectPrior: { scale: "log-lift", mean, standardDeviation },
    baselinePrior,
    confidenceLevel,
  });
  const { baselinePrior: prior, warnings, assumptions } = whole;
  const basis = { method: "effect-prior", prior, effectPrior: { mean, standardDeviation } } as const;
  return {
    chance: metricChance({ ...basis, warnings: [...ofPrior, ...warnings], assumptions }, whole),
    posterior: () => whole,
  };
}

const NORMAL_LOG_LIFT =
  "The estimate of the log-lift is normal around the true one, with its standard error known; losses are counted at the level of the control as it was seen.";

/**
 * A metric of any kind under a prior on its log-lift, by the normal approximation.
 *
 * @param level - of the control, above 0
 */
export function logLiftModel(
  effect: ObservedEffect,
  { mean, standardDeviation, warnings }: MetricEffectPrior,
  level: number,
  confidenceLevel: number,
): PosteriorModel {
  checkObservedEffect("", effect);
  const prior = { family: "normal", mean, standardDeviation } as const;
  const posterior = effectMixture(prior, effect);
  const { short, beyond } = logNormalLosses(posterior.mean, posterior.standardDeviation);
  return {
    chance: metricChance(
      {
        method: "normal-log-lift",
        prior: null,
        effectPrior: { mean, standardDeviation },
        warnings,
        assumptions: [NORMAL_LOG_LIFT],
      },
      {
        ...normalOrder(posterior.mean / posterior.standardDeviation),
        expectedLoss: { control: level * beyond, treatment: level * short },
      },
    ),
    posterior: () => shrinkEffect({ ...effect, prior, confidenceLevel }),
  };
}

const NORMAL_DIFFERENCE =
  "The estimate of the difference is normal around the true one, with its standard error known, and before the data all differences are equally likely.";

/** In standard errors: from far nearer on nothing is left of a loss. */
const FARTHEST = 1e3;

/** A metric whose difference is all that is modelled, under a flat prior. */
export function differenceModel({ estimate, standardError }: ObservedEffect): PosteriorModel {
  const z = estimate / standardError;
  const loss = standardError * exp(logNormalLoss(Math.min(Math.abs(z), FARTHEST)));
  return {
    chance: metricChance(
      { method: "normal", prior: null, effectPrior: null, warnings: [], assumptions: [NORMAL_DIFFERENCE] },
      {
        ...normalOrder(z),
        expectedLoss: {
          control: loss + Math.max(0, estimate),
          treatment: loss + Math.max(0, -estimate),
        },
      },
    ),
    posterior: () => null,
  };
}

/** Of a normal effect that lies z standard deviations above 0. */
function normalOrder(z: number): Pick<BetterArm, "logProbabilityToBeat" | "logProbabilityToLose"> {
  return { logProbabilityToBeat: normalLogSf(-z), logProbabilityToLose: normalLogSf(z) };
}
