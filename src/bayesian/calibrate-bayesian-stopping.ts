import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { normalCdf } from "../numerics/normal.ts";
import { sumOf } from "../numerics/sum.ts";
import type { BetaPriors } from "./beta-prior.ts";
import {
  checkedStoppingDesign,
  chosenComputation,
  type StoppingComputation,
  type StoppingDesignOptions,
  stopsOf,
} from "./stopping-design.ts";
import type { StoppingRule } from "./stopping-rule.ts";
import { stoppingAssumptions } from "./stopping-cautions.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

export interface CalibrateBayesianStoppingOptions extends StoppingDesignOptions {
  /** `expected-loss` unless said. */
  readonly rule?: StoppingRule["kind"] | undefined;
  /** P(ships without an effect) that is wanted, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
}

/** The limit at which a Bayesian stopping rule keeps a type I error. */
export interface BayesianStoppingCalibration extends Result<"bayesian-stopping-calibration"> {
  readonly method: StoppingComputation;
  /** `undetermined` where no limit has the type I error: then the limit is null. */
  readonly status: Status;
  readonly rule: StoppingRule["kind"];
  /** The threshold of caring, or the probability to beat; null together with the status `undetermined`. */
  readonly limit: number | null;
  /** What is reached, at most alpha; null together with the status `undetermined`. */
  readonly typeIError: number | null;
  readonly alpha: number;
  readonly baseline: number;
  readonly looks: readonly number[];
  readonly prior: BetaPriors;
}

const NO_LIMIT: Warning = {
  code: "NO_SOLUTION",
  message:
    "No limit has this type I error: it is above the largest, where all stops are at the first look, or the prior alone decides.",
};

/** Positions between which a limit is looked for: the type I error rises from the lowest to the highest. */
interface LimitScale {
  readonly lowest: number;
  readonly highest: number;
  readonly limitAt: (position: number) => number;
}

/** ln of the threshold: no loss is above 1. */
const THRESHOLDS: LimitScale = { lowest: -690, highest: 0, limitAt: exp };
/** The normal quantile of the probability, with its sign changed: from next to 1 to next to 1/2. */
const PROBABILITIES: LimitScale = { lowest: -8, highest: -1e-9, limitAt: (position) => normalCdf(-position) };

const RULES: readonly StoppingRule["kind"][] = ["expected-loss", "probability-to-beat"];

/** Of a position: exact type I errors rise in steps, and a step that is lost to this is a small one. */
const TOLERANCES: Readonly<Record<StoppingComputation, number>> = { exact: 1e-4, normal: 1e-9 };
/** How far normal posteriors may mislead the search at first. */
const NEAR_GUESS = 0.05;
/** A search looks at the rule about so often. */
const EVALUATIONS = 20;

/**
 * The threshold of caring, or the probability to beat, at which a Bayesian stopping rule with these looks ships a
 * treatment without an effect with a wanted probability: as large a threshold, or as small a probability, as keeps it.
 *
 * H0: both arms have the rate of the baseline. Where the last look chooses no arm, the control stays. Exact counts give
 * type I errors that rise in steps, and the step at or below alpha is taken. About a second at most.
 *
 * @param options.baseline - rate of both arms, in (0, 1)
 * @param options.looks - units of each arm at each look, increasing; 1 to 100 looks
 * @param options.rule - `expected-loss`, unless said, or `probability-to-beat`
 * @param options.alpha - P(ships without an effect) that is wanted, in (0, 1); 0.05 unless said
 * @param options.prior - of the analysis: `{ alpha, beta }` of both arms, `"uniform"` (unless said) or `"jeffreys"`, or
 *   `{ control, treatment }` with one each
 * @param options.computation - `exact` or `normal`; by size unless said
 * @returns the limit for `bayesianStopping`, with the type I error that it has
 * @throws {DomainError} for a rate or an alpha outside (0, 1), looks that do not increase, or an exact computation that
 *   would take minutes
 * @example
 * ```ts
 * import { calibrateBayesianStopping } from "microlift";
 * const fair = calibrateBayesianStopping({
 *   baseline: 0.1, rule: "probability-to-beat", looks: [100, 200, 300, 400, 500],
 * });
 * fair.limit; // 0.9825
 * fair.typeIError; // 0.0498
 * ```
 * Shi and Yin (2019), Control of type I error rates in Bayesian sequential designs, Bayesian Analysis 14, 399–425.
 */
export function calibrateBayesianStopping(
  options: CalibrateBayesianStoppingOptions,
): BayesianStoppingCalibration {
  checkObject("options", options);
  const { rule = "expected-loss", alpha = DEFAULT_ALPHA } = options;
  checkOneOf("rule", rule, RULES);
  checkOpenUnit("alpha", alpha);
  const scale = rule === "expected-loss" ? THRESHOLDS : PROBABILITIES;
  const arms = checkedStoppingDesign(options);
  const { baseline, looks, priors } = arms;
  const method = chosenComputation(arms, [baseline], options.computation, 1 / EVALUATIONS);

  const errorBy =
    (computation: StoppingComputation) =>
    (position: number): number => {
      const design = { ...arms, rule: { kind: rule, limit: scale.limitAt(position) } };
      return sumOf(stopsOf(design, [baseline], computation)[0]!.ship);
    };
  const search = (computation: StoppingComputation, guess: number | null): number | null =>
    largestWithin(errorBy(computation), alpha, scale, guess, TOLERANCES[computation]);
  const start = search("normal", null);
  const position = method === "normal" ? start : search("exact", start);
  return {
    kind: "bayesian-stopping-calibration",
    method,
    status: position === null ? "undetermined" : "ok",
    rule,
    limit: position === null ? null : scale.limitAt(position),
    typeIError: position === null ? null : errorBy(method)(position),
    alpha,
    baseline,
    looks,
    prior: priors,
    warnings: position === null ? [NO_LIMIT] : [],
    assumptions: stoppingAssumptions(arms),
  };
}

/** The farthest position at which the error is at most alpha; null where it crosses alpha nowhere. */
function largestWithin(
  errorAt: (position: number) => number,
  alpha: number,
  { lowest, highest }: LimitScale,
  guess: number | null,
  tolerance: number,
): number | null {
  const excess = (position: number): number => ln(errorAt(position) / alpha);
  const [lower, upper] =
    guess === null
      ? [lowest, highest]
      : [Math.max(lowest, guess - NEAR_GUESS), Math.min(highest, guess + NEAR_GUESS)];
  const bracket = bracketRoot(excess, lower, upper, { minimum: lowest, maximum: highest });
  if (bracket === null) return null;
  let position = findRoot(excess, ...bracket, { tolerance });
  for (let step = tolerance; errorAt(position) > alpha; step *= 2) position -= step;
  return position;
}
