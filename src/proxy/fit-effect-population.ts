import { fitEffects } from "../bayesian/fit-effects.ts";
import {
  checkEffect,
  EFFECT_FAMILIES,
  type EffectFamily,
  type EffectPrior,
} from "../bayesian/effect-prior.ts";
import { checkObservedEffects, type ObservedEffect } from "../bayesian/observed-effects.ts";
import { checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { type EffectPopulation, LARGEST_RATIO } from "./effect-population.ts";
import { effectTable } from "./effect-table.ts";
import type { PastExperiment } from "./past-experiment.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** What past experiments found, as effects with standard errors. */
export interface FitEffectPopulationFromEffects {
  /** What past experiments found on one metric, three or more, all on one scale. */
  readonly effects: readonly ObservedEffect[];
  /** Where the mean of the true effects is held, such as 0; fitted unless said. */
  readonly mean?: number | undefined;
}

/** What past experiments found, as counts or as effects of proxy and macro metric. */
export interface FitEffectPopulationFromExperiments {
  /** Past experiments on the proxy, three or more: joint counts, or effects with their sampling covariance. */
  readonly experiments: readonly PastExperiment[];
  /** Whose effects show the shape; the proxy's unless said, which are known better. */
  readonly metric?: "proxy" | "macro" | undefined;
  /** Scale of the effects; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** Where the mean of the true effects is held, such as 0; fitted unless said. */
  readonly mean?: number | undefined;
}

export type FitEffectPopulationInput = FitEffectPopulationFromEffects | FitEffectPopulationFromExperiments;

/** One family at its largest likelihood. */
export interface FittedPopulation {
  readonly family: EffectFamily;
  /** Null where the fit has no covariance: Student's t with two degrees of freedom or fewer, or no spread at all. */
  readonly population: EffectPopulation | null;
  /** Standard deviation of the true effects over all changes, those without effect included; null as `population` is. */
  readonly tau: number | null;
  /** Mean of the true effects over all changes. */
  readonly mean: number;
  /** Whether a normal distribution is as likely, so that the effects do not tell the family's own parameters. */
  readonly isShapeless: boolean;
  /** ln of the marginal likelihood at its maximum. */
  readonly logLikelihood: number;
  /** Akaike's criterion, 2 · parameters − 2 ln likelihood. */
  readonly aic: number;
  readonly status: Status;
}

/** The shape of the population of changes, as the effects of past ones tell it. */
export interface FittedEffectPopulation extends Result<"effect-population"> {
  /** How many effects it is fitted to. */
  readonly count: number;
  /** The family with the smallest `aic` of those that have a covariance. */
  readonly family: EffectFamily;
  /** That family, ready to be the `population` of an effect covariance. */
  readonly population: EffectPopulation;
  /** Standard deviation of the true effects under it, over all changes. */
  readonly tau: number;
  /** Mean of the true effects under it, over all changes. */
  readonly mean: number;
  /** All families, to compare: the smaller `aic` the better. */
  readonly families: readonly FittedPopulation[];
  readonly status: Status;
}

/** Fewer effects have no shape: two can be any distances apart in any family. */
const FEWEST_EFFECTS = 3;
/** With fewer, a share of changes without effect and heavy tails cannot be told apart. */
const FEW_EFFECTS = 100;
/** A family whose criterion lies this close to the best is about as credible (Burnham and Anderson 2002, section 2.6). */
const CLOSE_AIC = 2;

/**
 * Fits the shape of the population of changes to the effects of past ones: normal, a share without any effect, Student's
 * t, or two normal distributions, by marginal maximum likelihood, and takes the one with the smallest AIC.
 *
 * What a proxy decision earns rests on the shape: where most changes do nothing, a few earn all, and an ordinary effect
 * is more likely noise. The shape is taken to be that of both metrics. It takes a hundred effects or more, not small
 * beside their standard errors, to tell a shape: with fewer the normal one is mostly kept, and the decision is worth
 * reading under each of `families`. Intervals of the parameters are `empiricalEffectPrior`'s. Fit changes of different
 * types, such as texts and prices, apart where each has enough experiments: types of different spread look like heavy
 * tails together. About a hundredth of a second for a hundred effects.
 *
 * @param input - effects `{ estimate, standardError }` on one metric, or past experiments and which metric of theirs
 * @returns the population of the smallest AIC, its spread and mean, and every family with its likelihood and AIC
 * @throws {DomainError} for fewer than three effects, or broken ones
 * @example
 * ```ts
 * import { decisionSpeedup, fitEffectPopulation } from "microlift";
 * const found = [0.001, -0.002, 0.11, 0.003, 0, -0.001, 0.004, -0.003, -0.14, 0.002, 0.001, -0.004, 0.09, -0.001];
 * const { population, families } = fitEffectPopulation({
 *   effects: found.map((estimate) => ({ estimate, standardError: 0.003 })),
 *   mean: 0,
 * });
 * population; // { family: "spike-and-normal", probabilityOfNoEffect: 0.777 }
 * // What a proxy earns, and the sales it can be worth at most, if the population is normal or has such a spike:
 * const sampling = { proxy: 18, macro: 98, correlation: 0.4 };
 * const readings = families.map(({ population: shape }) => {
 *   const effects = { tauProxy: 0.053, tauMacro: 0.04, rho: 0.8, ...(shape && { population: shape }) };
 *   return decisionSpeedup({ effects, sampling, n: 5000 });
 * });
 * [readings[0].gainProxy, readings[0].ceiling.macroEquivalentN]; // [0.00845, 108889]
 * [readings[2].gainProxy, readings[2].ceiling.macroEquivalentN]; // [0.00531, 24263]
 * ```
 * Efron (2014), Statistical Science 29, 285–301; Azevedo et al. (2020), Journal of Political Economy 128, 4614–4672.
 */
export function fitEffectPopulation(input: FitEffectPopulationInput): FittedEffectPopulation {
  checkObject("input", input);
  const { effects, sharesControls } = "experiments" in input ? effectsOfMetric(input) : ownEffects(input);
  if (input.mean !== undefined) checkEffect("mean", input.mean);
  const families = EFFECT_FAMILIES.map((family) => fittedPopulation(family, effects, input.mean));
  const best = families.filter(hasCovariance).reduce((a, b) => (b.aic < a.aic ? b : a));
  return {
    kind: "effect-population",
    method: "maximum-likelihood",
    count: effects.length,
    family: best.family,
    population: best.population,
    tau: best.tau,
    mean: best.mean,
    families,
    status: "ok",
    warnings: cautions(best, families, effects.length, sharesControls),
    assumptions: [
      "Each estimate is normal around its true effect with the standard error given.",
      "The true effects are independent draws from one distribution, and none was left out for what it turned out to be.",
      "Effects on the proxy and on the macro metric are distributed in the same shape.",
    ],
  };
}

interface Sample {
  readonly effects: readonly ObservedEffect[];
  readonly sharesControls: boolean;
}

function ownEffects({ effects }: FitEffectPopulationFromEffects): Sample {
  checkObservedEffects("effects", effects);
  if (effects.length < FEWEST_EFFECTS) {
    throw new DomainError("effects", effects, `must be a list of at least ${FEWEST_EFFECTS} effects`);
  }
  return { effects, sharesControls: false };
}

function effectsOfMetric(input: FitEffectPopulationFromExperiments): Sample {
  const { experiments, metric = "proxy", scale = "log-lift" } = input;
  checkOneOf("metric", metric, ["proxy", "macro"]);
  const table = effectTable("experiments", experiments, scale);
  const at = metric === "proxy" ? 0 : 1;
  return {
    effects: Array.from({ length: table.experiments }, (_, k) => ({
      estimate: table.effects[2 * k + at]!,
      standardError: Math.sqrt(table.covariances[4 * k + 3 * at]!),
    })),
    sharesControls: table.clusters.length > 0,
  };
}

function fittedPopulation(
  family: EffectFamily,
  effects: readonly ObservedEffect[],
  fixedMean: number | undefined,
): FittedPopulation {
  const { distribution, coordinates, logLikelihood, isShapeless } = fitEffects(family, effects, fixedMean);
  const { population, tau, mean } = asPopulation(distribution);
  const isKnown = family === "normal" || (tau > 0 && tau < Infinity);
  return {
    family,
    population: isKnown ? population : null,
    tau: isKnown ? tau : null,
    mean,
    isShapeless,
    logLikelihood,
    aic: 2 * coordinates.length - 2 * logLikelihood,
    status: isKnown ? "ok" : "undetermined",
  };
}

interface Shape {
  readonly population: EffectPopulation;
  readonly tau: number;
  readonly mean: number;
}

/** A prior of one metric as shape and spread. */
function asPopulation(prior: EffectPrior): Shape {
  switch (prior.family) {
    case "normal":
      return { population: { family: "normal" }, tau: prior.standardDeviation, mean: prior.mean };
    case "student-t": {
      const { degreesOfFreedom, scale, mean } = prior;
      const inflation = 1 / (1 - 2 / degreesOfFreedom);
      const tau = inflation > 0 ? scale * Math.sqrt(inflation) : Infinity;
      return { population: { family: "student-t", degreesOfFreedom }, tau, mean };
    }
    case "spike-and-normal": {
      const { probabilityOfNoEffect, standardDeviation, mean } = prior;
      const moving = 1 - probabilityOfNoEffect;
      return {
        population: { family: "spike-and-normal", probabilityOfNoEffect },
        tau: Math.sqrt(moving) * standardDeviation,
        mean: moving === 0 ? 0 : moving * mean,
      };
    }
    case "two-normals": {
      const { narrowStandardDeviation: narrow, wideStandardDeviation: wide, wideProbability, mean } = prior;
      return {
        // A narrow one without any spread is, to every digit, one of a spread that is nothing beside the wide one's.
        population: {
          family: "two-normals",
          wideProbability,
          spreadRatio: wide / Math.max(narrow, wide / LARGEST_RATIO),
        },
        tau: hypot(Math.sqrt(1 - wideProbability) * narrow, Math.sqrt(wideProbability) * wide),
        mean,
      };
    }
  }
}

interface KnownPopulation extends FittedPopulation {
  readonly population: EffectPopulation;
  readonly tau: number;
}

function hasCovariance(fit: FittedPopulation): fit is KnownPopulation {
  return fit.population !== null;
}

function cautions(
  best: KnownPopulation,
  families: readonly FittedPopulation[],
  count: number,
  sharesControls: boolean,
): Warning[] {
  const warnings: Warning[] = [];
  if (best.tau === 0) {
    warnings.push({
      code: "NO_SPREAD",
      message:
        "The estimates vary no more than their standard errors explain: as far as these effects tell, all true effects " +
        "are equal, and have no shape.",
    });
  }
  const close = families.filter((fit) => fit.family !== best.family && fit.aic - best.aic < CLOSE_AIC);
  if (best.tau > 0 && close.length > 0) {
    warnings.push({
      code: "SHAPE_UNCERTAIN",
      message: `About as credible as ${best.family}, by an AIC less than ${CLOSE_AIC} larger: ${close
        .map(({ family }) => family)
        .join(", ")}. Read decisions under each.`,
    });
  }
  if (families.some((fit) => fit.aic < best.aic)) {
    warnings.push({
      code: "NO_COVARIANCE",
      message:
        "A family without a covariance fits better: tails so heavy that the largest effects are what a programme earns. " +
        "Look at them one by one.",
    });
  }
  if (count < FEW_EFFECTS) {
    warnings.push({
      code: "FEW_EFFECTS",
      message: `Only ${count} effects: the shape of their population is hardly known, far effects least of all.`,
    });
  }
  if (sharesControls) {
    warnings.push({
      code: "SHARED_CONTROLS",
      message:
        "Experiments that share a control are taken as independent here: take one of each cluster to be sure.",
    });
  }
  return warnings;
}
