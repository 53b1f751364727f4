import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import type { Side } from "../numerics/beside-line.ts";
import { mixtureLogTail, mixtureQuantile } from "../numerics/normal-mixture.ts";
import { effectMixture } from "./effect-mixture.ts";
import { effectComponents } from "./effect-components.ts";
import { checkEffectPrior, type EffectPrior } from "./effect-prior.ts";
import { equalTailed } from "./equal-tailed.ts";
import { checkObservedEffect, type ObservedEffect } from "./observed-effects.ts";
import { shortestInterval } from "./shortest-interval.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

export interface ShrinkEffectOptions extends ObservedEffect {
  /** How true effects are distributed over the changes one tests. */
  readonly prior: EffectPrior;
  /** Posterior probability of the intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What an estimate says about its effect, given what effects are like. */
export interface ShrunkenEffect extends Result<"shrunken-effect"> {
  readonly observed: ObservedEffect;
  readonly prior: EffectPrior;
  /** Posterior mean. */
  readonly estimate: number;
  /** Posterior standard deviation. */
  readonly standardError: number;
  readonly median: number;
  /** Equal-tailed credible interval. */
  readonly interval: Interval;
  /** The shortest interval with at least this probability. */
  readonly highestDensityInterval: Interval;
  /** P(effect > 0). */
  readonly probabilityPositive: number;
  /** Its natural log, finite far below 1e-308. */
  readonly logProbabilityPositive: number;
  /** P(effect < 0), computed as a tail of its own. */
  readonly probabilityNegative: number;
  readonly logProbabilityNegative: number;
  /** P(effect = 0): above 0 only where the prior holds effects of exactly 0 possible. */
  readonly probabilityOfNoEffect: number;
  readonly logProbabilityOfNoEffect: number;
  /**
   * Weight of the estimate itself in the posterior mean, from 0 (all prior) to 1 (all data). Under a normal prior the
   * posterior mean is `prior.mean + shrinkageFactor · (estimate − prior.mean)`.
   */
  readonly shrinkageFactor: number;
  /** ln of the density that the prior predicts at the estimate: what priors are compared by. */
  readonly logEvidence: number;
  readonly status: Status;
}

/** An estimate that only so small a share of what the prior predicts is as far out as: prior and data disagree. */
const SURPRISING = 1e-3;

/**
 * Shrinks the estimate of an effect towards what effects are like: its posterior under an effect prior, exactly.
 *
 * The estimate is taken as normal around the effect with its standard error. The posterior needs no further correction
 * because the effect was picked for being large or significant: given the estimate itself, that it was picked adds
 * nothing (Dawid 1994). That holds as far as the prior is that of the changes among which it was picked.
 *
 * @param options.estimate - of the effect, on any scale, such as the difference or the log of treatment / control
 * @param options.standardError - of the estimate, above 0
 * @param options.prior - how true effects are distributed, on the same scale; `empiricalEffectPrior` fits one
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @returns posterior mean, standard deviation, median, intervals, and the probabilities of either sign and of no effect
 * @throws {DomainError} for values that are not finite, a standard error at or below 0, a broken prior, or a level
 *   outside (0, 1)
 * @example
 * ```ts
 * import { shrinkEffect } from "microlift";
 * const shrunken = shrinkEffect({
 *   estimate: 0.08,
 *   standardError: 0.03,
 *   prior: { family: "normal", mean: 0, standardDeviation: 0.02 },
 * });
 * shrunken.estimate; // 0.0246
 * shrunken.probabilityPositive; // 0.9305
 * ```
 * Efron (2011), Journal of the American Statistical Association 106, 1602–1614; van Zwet and Gelman (2022).
 */
export function shrinkEffect(options: ShrinkEffectOptions): ShrunkenEffect {
  checkObject("options", options);
  const { prior, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  checkObservedEffect("", options);
  checkEffectPrior("prior", prior);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  return shrunkenEffect(options, prior, confidenceLevel);
}

/** ln of a weight that no quantile notices: the smallest tail of a level below 1 is 5e-17. */
const NEGLIGIBLE = -70;

/** The same without checks. */
export function shrunkenEffect(
  { estimate, standardError }: ObservedEffect,
  prior: EffectPrior,
  confidenceLevel: number,
): ShrunkenEffect {
  const observed = { estimate, standardError };
  const mixture = effectMixture(prior, observed);
  const { components } = mixture;
  const likely = components.filter(({ logWeight }) => logWeight > NEGLIGIBLE);
  const quantile = (side: Side, tail: number): number => mixtureQuantile(likely, side, tail);
  const logProbabilityPositive = mixtureLogTail(components, 0, "upper");
  const logProbabilityNegative = mixtureLogTail(components, 0, "lower");
  const none = components.find(({ mean, standardDeviation }) => mean === 0 && standardDeviation === 0);
  const logProbabilityOfNoEffect = none?.logWeight ?? -Infinity;
  return {
    kind: "shrunken-effect",
    method: prior.family,
    observed,
    prior,
    estimate: mixture.mean,
    standardError: mixture.standardDeviation,
    median: quantile("lower", 0.5),
    interval: equalTailed(confidenceLevel, quantile),
    highestDensityInterval: shortestInterval(likely, confidenceLevel),
    probabilityPositive: exp(logProbabilityPositive),
    logProbabilityPositive,
    probabilityNegative: exp(logProbabilityNegative),
    logProbabilityNegative,
    probabilityOfNoEffect: exp(logProbabilityOfNoEffect),
    logProbabilityOfNoEffect,
    shrinkageFactor: mixture.shrinkageFactor,
    logEvidence: mixture.logEvidence,
    status: "ok",
    warnings: cautions(observed, prior),
    assumptions: [
      "The estimate is normal around the true effect with the standard error given.",
      "The change comes from the same population of changes as those the prior describes.",
    ],
  };
}

/** Says where the estimate is one that the prior hardly predicts, so that the shape of the prior's tails decides. */
function cautions({ estimate, standardError }: ObservedEffect, prior: EffectPrior): Warning[] {
  const predicted = effectComponents(prior, Math.abs(estimate) + Math.abs(prior.mean) + standardError).map(
    (component) => ({
      ...component,
      standardDeviation: hypot(component.standardDeviation, standardError),
    }),
  );
  const logTail = Math.min(
    mixtureLogTail(predicted, estimate, "lower"),
    mixtureLogTail(predicted, estimate, "upper"),
  );
  if (2 * exp(logTail) >= SURPRISING) return [];
  return [
    {
      code: "PRIOR_AND_DATA_DISAGREE",
      message:
        "The estimate is one that the prior hardly predicts: how far it is shrunken rests on the tails of the prior, " +
        "of which past effects tell little. Check the experiment first.",
    },
  ];
}
