import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { BetaPriors } from "./beta-prior.ts";
import { effectNodes } from "./effect-nodes.ts";
import { checkedRateEffectPrior, type RateEffectPrior } from "./rate-effect-prior.ts";
import { type StoppingAverage, stoppingAverage } from "./stopping-average.ts";
import {
  checkedStoppingDesign,
  chosenComputation,
  type StoppingComputation,
  type StoppingDesignOptions,
  stopsOf,
} from "./stopping-design.ts";
import { stoppingAssumptions, stoppingCautions } from "./stopping-cautions.ts";
import { type AtEnd, type StoppingOutcome, stoppingOutcome } from "./stopping-outcome.ts";
import { checkedStoppingRule, type StoppingRuleOptions } from "./stopping-rule.ts";
import { trueEffects, type TrueEffectsOptions } from "./true-effects.ts";

export interface BayesianStoppingOptions
  extends StoppingDesignOptions, StoppingRuleOptions, TrueEffectsOptions {
  /** `keep-control` unless said. */
  readonly atEnd?: AtEnd | undefined;
  /** What is held about the true effect, to average over. */
  readonly designPrior?: RateEffectPrior | undefined;
}

/** How a Bayesian stopping rule fares under true effects. */
export interface BayesianStopping extends Result<"bayesian-stopping"> {
  readonly method: StoppingComputation;
  readonly rule: "expected-loss" | "probability-to-beat";
  /** The threshold of caring, or the probability to beat. */
  readonly limit: number;
  readonly atEnd: AtEnd;
  readonly baseline: number;
  readonly prior: BetaPriors;
  /** P(the treatment ships without an effect). */
  readonly typeIError: number;
  /** The same with a single look, the last. */
  readonly typeIErrorWithoutLooks: number;
  /** How many times as often the looks ship a treatment without an effect; null where nothing ever ships. */
  readonly typeIErrorInflation: number | null;
  /** Without an effect. */
  readonly none: StoppingOutcome;
  /** Under the true effects asked for, in their order. */
  readonly effects: readonly StoppingOutcome[];
  /** Over the design prior; null where none was given. */
  readonly average: StoppingAverage | null;
}

const AT_END: readonly AtEnd[] = ["keep-control", "lower-loss"];

/**
 * What a Bayesian stopping rule costs and finds: how often, when and how wrongly an experiment stops that ships the
 * treatment as soon as its expected loss is small enough, or its probability to beat the control large enough, and
 * keeps the control as soon as the same holds of it.
 *
 * The posterior at a stop is what it would be without the looks, and averaged over rates drawn from the prior of the
 * analysis the loss it states is the loss suffered. That does not hold at any one true effect: without an effect each
 * look is another chance to ship, and no such rule keeps a type I error. Everything is computed, nothing simulated:
 * exactly for two binomials (to about 1e-13) where that takes at most about a second, by normal posteriors beyond.
 *
 * @param options.baseline - true rate of the control, in (0, 1)
 * @param options.looks - units of each arm at each look, increasing; 1 to 100 looks
 * @param options.thresholdOfCaring - an arm is chosen once its expected loss is at most this: a rate, above 0
 * @param options.probabilityToBeat - instead: once it is better with at least this probability, in (0.5, 1)
 * @param options.lift - true lift or lifts, each above −1, to look at beside none
 * @param options.difference - the same as differences of the rates, instead of `lift`
 * @param options.prior - of the analysis: `{ alpha, beta }` of both arms, `"uniform"` (unless said) or `"jeffreys"`, or
 *   `{ control, treatment }` with one each
 * @param options.atEnd - where the last look chooses no arm: `keep-control`, unless said, or `lower-loss`
 * @param options.designPrior - normal prior of the true effect to average over: `{ scale, mean, standardDeviation }`, of
 *   `"log-lift"` or `"log-odds"`
 * @param options.computation - `exact` or `normal`; by size unless said
 * @returns the stops look by look, without an effect and under each that is asked for, each beside those of a single
 *   look, and their averages
 * @throws {DomainError} for a rate outside (0, 1), looks that do not increase, not exactly one rule, or an exact
 *   computation that would take minutes
 * @example
 * ```ts
 * import { bayesianStopping } from "microlift";
 * const daily = bayesianStopping({
 *   baseline: 0.1, lift: 0.5, probabilityToBeat: 0.95, looks: [100, 200, 300, 400, 500],
 * });
 * daily.typeIError; // 0.1283
 * daily.typeIErrorWithoutLooks; // 0.0492
 * daily.effects[0]?.shipProbability; // 0.8359
 * ```
 * Expected loss as the criterion: Stucchi (2015). What optional stopping does to it: Deng, Lu and Chen (2016); the
 * recursion: Armitage, McPherson and Rowe (1969).
 */
export function bayesianStopping(options: BayesianStoppingOptions): BayesianStopping {
  checkObject("options", options);
  const { baseline, atEnd = "keep-control" } = options;
  const rule = checkedStoppingRule(options);
  const design = { ...checkedStoppingDesign(options), rule };
  checkOneOf("atEnd", atEnd, AT_END);
  const effects = [{ lift: 0, difference: 0, rate: baseline }, ...trueEffects(baseline, options)];
  const largest = design.looks.at(-1)!;
  const prior = options.designPrior;
  const nodes =
    prior === undefined ? null : effectNodes(checkedRateEffectPrior("designPrior", prior), baseline, largest);

  const rates = [...effects.map(({ rate }) => rate), ...(nodes?.rates ?? [])];
  const method = chosenComputation(design, rates, options.computation);
  const stops = stopsOf(design, rates, method);
  const withoutLooks = stopsOf({ ...design, looks: [largest] }, rates, method);
  const [none, ...others] = effects.map((effect, i) =>
    stoppingOutcome(effect, design.looks, stops[i]!, withoutLooks[i]!, atEnd),
  );
  const average =
    nodes === null
      ? null
      : stoppingAverage(
          design,
          nodes,
          stops.slice(effects.length),
          withoutLooks.slice(effects.length),
          atEnd,
        );
  const typeIError = none!.shipProbability;
  const typeIErrorWithoutLooks = none!.withoutLooks.shipProbability;
  const excludedProbability = nodes?.excludedProbability ?? 0;
  return {
    kind: "bayesian-stopping",
    method,
    rule: rule.kind,
    limit: rule.limit,
    atEnd,
    baseline,
    prior: design.priors,
    typeIError,
    typeIErrorWithoutLooks,
    typeIErrorInflation: typeIError > 0 ? typeIError / typeIErrorWithoutLooks : null,
    none: none!,
    effects: others,
    average,
    warnings: stoppingCautions(design, method, { typeIError, typeIErrorWithoutLooks, excludedProbability }),
    assumptions: stoppingAssumptions(design),
  };
}
