import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { inverseVariance } from "../models/inverse-variance.ts";
import { chiSquaredLogSf } from "../numerics/chi-squared.ts";
import { checkEffect, EFFECT_FAMILIES, type EffectPrior, type EffectFamily } from "./effect-prior.ts";
import { type EffectFit, fitEffects } from "./fit-effects.ts";
import { type FittedParameter, fittedParameters } from "./fitted-parameter.ts";
import { checkObservedEffects, type ObservedEffect } from "./observed-effects.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

export interface EmpiricalEffectPriorOptions {
  /** What past experiments found, at least two. */
  readonly effects: readonly ObservedEffect[];
  /** Shape of the distribution of true effects; `normal` unless said. */
  readonly family?: EffectFamily | undefined;
  /** Where the mean of the true effects is held, such as 0; fitted unless said. */
  readonly mean?: number | undefined;
  /** Of the profile-likelihood intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** How true effects vary beyond sampling, by the effects of past experiments. */
export interface EmpiricalEffectPrior extends Result<"empirical-effect-prior"> {
  /** How many effects it is fitted to. */
  readonly count: number;
  /** The distribution of true effects that makes the estimates likeliest: the prior for the next experiment. */
  readonly prior: EffectPrior;
  /** What was fitted, each with standard error and interval. */
  readonly parameters: readonly FittedParameter[];
  /** ln of the marginal likelihood at its maximum. */
  readonly logLikelihood: number;
  /** Akaike's criterion, 2 · parameters − 2 ln likelihood: of several families, the one with the smallest. */
  readonly aic: number;
  /** Schwarz's criterion, ln(count) · parameters − 2 ln likelihood. */
  readonly bic: number;
  /** Cochran's test of H0: all true effects are equal, against H1: they vary. */
  readonly heterogeneity: {
    readonly q: number;
    readonly degreesOfFreedom: number;
    readonly pValue: number;
    readonly logPValue: number;
    /** Share of the variation of the estimates beyond chance, in [0, 1]. */
    readonly iSquared: number;
  };
  readonly status: Status;
}

/** With fewer effects the spread of true effects is known to a factor of two or so. */
const FEW_EFFECTS = 20;

/**
 * Fits the distribution of true effects to the estimates of past experiments, by marginal maximum likelihood: the prior
 * that shrinks the next estimate.
 *
 * Each estimate is normal around its true effect with its known standard error, and the true effects come from one
 * distribution. With `normal` that is the random-effects meta-analysis (maximum likelihood, not REML). `student-t` lets a
 * few effects be far larger; `spike-and-normal` has a share of changes without any effect; `two-normals` mixes changes
 * that matter little with changes that matter. Compare families by `aic` or `bic`. The marginal likelihood is exact.
 * The shape of a mixture, and the tails, can only be told from many effects whose spread is not small beside their
 * standard errors: read the intervals of the parameters.
 *
 * The effects must be those of all experiments, not of the published or shipped ones, and independent: treatments of one
 * experiment that share a control are not, and make the mean and the spread seem better known than they are. Take one
 * effect of each experiment, chosen without looking at it.
 *
 * @param options.effects - `{ estimate, standardError }` of each past experiment, at least two, all on one scale
 * @param options.family - `normal` (unless said), `student-t`, `spike-and-normal` or `two-normals`
 * @param options.mean - of the true effects (with a spike, of those that are not 0), held fixed; fitted unless said
 * @param options.confidenceLevel - of the intervals of the parameters, in (0, 1); 0.95 unless said
 * @returns the prior, its parameters with intervals, likelihood, criteria and heterogeneity
 * @throws {DomainError} for fewer than two effects, a broken one, an unknown family, or a level outside (0, 1)
 * @example
 * ```ts
 * import { empiricalEffectPrior } from "microlift";
 * const effects = [0.1, 0.3, -0.2, 0.5, -0.1].map((estimate) => ({ estimate, standardError: 0.1 }));
 * const { prior, parameters } = empiricalEffectPrior({ effects });
 * prior; // { family: "normal", mean: 0.12, standardDeviation: 0.2358 }
 * ```
 * Normal: Hardy and Thompson (1996), Statistics in Medicine 15, 619–629. Mixtures: Efron (2014), Statistical Science 29,
 * 285–301. Student's t for experiments: Azevedo et al. (2020), Journal of Political Economy 128, 4614–4672.
 */
export function empiricalEffectPrior(options: EmpiricalEffectPriorOptions): EmpiricalEffectPrior {
  checkObject("options", options);
  const { effects, family = "normal", mean, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  checkObservedEffects("effects", effects);
  if (effects.length < 2) throw new DomainError("effects", effects, "must be a list of at least two effects");
  checkOneOf("family", family, EFFECT_FAMILIES);
  if (mean !== undefined) checkEffect("mean", mean);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  return fittedEffectPrior(effects, family, mean, confidenceLevel);
}

/** The same without checks. */
export function fittedEffectPrior(
  effects: readonly ObservedEffect[],
  family: EffectFamily,
  mean: number | undefined,
  confidenceLevel: number,
): EmpiricalEffectPrior {
  const fit = fitEffects(family, effects, mean);
  const { likelihood, maximum, box, coordinates, logLikelihood } = fit;
  const { q, iSquared } = inverseVariance(
    effects.map(({ estimate }) => estimate),
    effects.map(({ standardError }) => standardError),
  );
  const degreesOfFreedom = effects.length - 1;
  const logPValue = chiSquaredLogSf(q, degreesOfFreedom);
  return {
    kind: "empirical-effect-prior",
    method: family,
    count: effects.length,
    prior: fit.distribution,
    parameters: fittedParameters(likelihood, maximum, box, coordinates, confidenceLevel),
    logLikelihood,
    aic: 2 * coordinates.length - 2 * logLikelihood,
    bic: ln(effects.length) * coordinates.length - 2 * logLikelihood,
    heterogeneity: { q, degreesOfFreedom, pValue: exp(logPValue), logPValue, iSquared },
    status: "ok",
    warnings: cautions(fit, effects.length),
    assumptions: [
      "Each estimate is normal around its true effect with the standard error given.",
      "The true effects are independent draws from one distribution, and none was left out for what it turned out to be.",
    ],
  };
}

function cautions({ distribution, isShapeless }: EffectFit, count: number): Warning[] {
  const warnings: Warning[] = [];
  const spread = "standardDeviation" in distribution ? distribution.standardDeviation : Infinity;
  if (spread === 0) {
    warnings.push({
      code: "NO_SPREAD",
      message:
        "The estimates vary no more than their standard errors explain: as far as these effects tell, all true effects " +
        "are equal. That is not known: use the upper end of the interval of the spread before shrinking to a point.",
    });
  }
  if (isShapeless) {
    warnings.push({
      code: "SHAPE_NOT_IDENTIFIED",
      message:
        "A simpler distribution is as likely as the best of this family, so the effects do not tell its other " +
        "parameters: fit the family normal.",
    });
  }
  if (count < FEW_EFFECTS) {
    warnings.push({
      code: "FEW_EFFECTS",
      message: `Only ${count} effects: the spread of true effects is hardly known, and what is shrunken by it neither.`,
    });
  }
  return warnings;
}
