import { checkObject, checkOneOf, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { type BetaPriorChoice, type BetaPriorChoices, type BetaPriors, checkedPriors } from "./beta-prior.ts";
import { plannedUnits } from "./planned-arms.ts";
import { followed, smallestEnough } from "./smallest-enough.ts";
import { narrowness, roughGrowth, type WidthCriterion, type WidthEffect } from "./width-criterion.ts";

export interface PosteriorWidthSampleSizeOptions {
  /** Of both arms, or one for each. */
  readonly prior: BetaPriorChoice | BetaPriorChoices;
  /** Length of the interval that is aimed at. */
  readonly width: number;
  /** Of what: treatment rate − control rate unless said, treatment rate / control rate − 1, or the rate of each arm. */
  readonly effect?: WidthEffect | undefined;
  /** Over what may be seen: intervals of that length on average unless said. */
  readonly criterion?: WidthCriterion | undefined;
  /** Posterior probability of the interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** Treatment n over control n; 1 unless said. */
  readonly allocation?: number | undefined;
}

/** How many units each arm needs, so that the posterior is narrow. */
export interface PosteriorWidthSampleSize extends Result<"posterior-width-sample-size"> {
  readonly method: WidthCriterion;
  readonly effect: WidthEffect;
  /** Whole units; 0 where the prior is narrow enough. */
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
  /** Length of the intervals at these units: the average one, the largest one, or the width asked for. */
  readonly length: number;
  /** Average posterior probability of the intervals at these units. */
  readonly coverage: number;
  readonly width: number;
  readonly confidenceLevel: number;
  readonly allocation: number;
  readonly prior: BetaPriors;
}

/**
 * How many units each arm needs, so that the credible interval of the effect is as short as asked for: on average, by its
 * probability, or in the worst case.
 *
 * A plan for estimation, where sizes for power are plans for a test. `average-length`: equal-tailed intervals of the level
 * are as short on average over what the priors predict. `average-coverage`: the best intervals of that length hold the level
 * on average. `worst-outcome`: equal-tailed intervals are as short whatever is seen, which means rates about one half, and
 * is much to ask of rates that are known to be low. Averages go over the beta-binomial outcomes by Gauss's rule for them:
 * right to 1e-5 of the size for prior shapes from 1, to 1e-8 (of a lift 1e-5) from 10 on, to a few parts in a thousand at 0.5. Takes a tenth
 * of a second to seconds.
 *
 * @param options.prior - `{ alpha, beta }`, `"uniform"` (1 and 1) or `"jeffreys"` (1/2 and 1/2), of both arms, or
 *   `{ control, treatment }` with one each; shapes up to 1e15, from 0.5 for averages, and alpha of the control from 10 for a lift, whose intervals have no useful
 *   average where the control may have no conversions
 * @param options.width - length of the interval: above 0, at most 0.5 for rates, 1 for differences and 10 for lifts
 * @param options.effect - `difference` unless said, `lift`, or `rate`: each arm's own rate, where both arms have to be enough
 * @param options.criterion - `average-length` unless said, `average-coverage`, or `worst-outcome`, which a lift does not have
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @returns whole units per arm, with the length and the coverage they bring
 * @throws {DomainError} for a prior or option out of range, and for a width that takes more than 2^53 units
 * @example
 * ```ts
 * import { sampleSizeForPosteriorWidth } from "microlift";
 * const size = sampleSizeForPosteriorWidth({ prior: { alpha: 50, beta: 950 }, width: 0.01 });
 * size.control; // 13558
 * ```
 * Source: Joseph, Wolfson and du Berger (1995), The Statistician 44, 143–154; Joseph, du Berger and Bélisle (1997),
 * Statistics in Medicine 16, 769–781.
 */
export function sampleSizeForPosteriorWidth(
  options: PosteriorWidthSampleSizeOptions,
): PosteriorWidthSampleSize {
  checkObject("options", options);
  const { width, effect = "difference", criterion = "average-length" } = options;
  const { confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  const prior = checkedPriors(options.prior);
  checkOneOf("effect", effect, ["difference", "lift", "rate"]);
  checkOneOf("criterion", criterion, ["average-length", "average-coverage", "worst-outcome"]);
  checkPositive("width", width);
  if (width > WIDEST[effect]) {
    throw new DomainError("width", width, `must be at most ${WIDEST[effect]} for a ${effect}`);
  }
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const allocation = checkedAllocation(options.allocation);
  if (criterion !== "worst-outcome") checkAveraged(prior, options.prior);
  if (effect === "lift") checkLift(prior, criterion);

  const target = { effect, criterion, width, confidenceLevel };
  const rough = (n: number): number => roughGrowth(target, prior, plannedUnits(n, allocation));
  const growthAt = (n: number): number => narrowness(target, prior, plannedUnits(n, allocation)).growth;
  const control = growthAt(0) <= 1 ? 0 : smallestEnough(growthAt, followed(rough, 1));
  const units = plannedUnits(control, allocation);
  if (!Number.isSafeInteger(units.control + units.treatment) || control === Number.MAX_SAFE_INTEGER) {
    throw new DomainError(
      "width",
      width,
      "must be larger: no number of units is large enough that can be counted",
    );
  }
  const { length, coverage } = narrowness(target, prior, units);
  return {
    kind: "posterior-width-sample-size",
    method: criterion,
    effect,
    ...units,
    total: units.control + units.treatment,
    length,
    coverage,
    width,
    confidenceLevel,
    allocation,
    prior,
    warnings: [],
    assumptions: ["Units are independent of each other, and the two rates before the data."],
  };
}

const WIDEST: Readonly<Record<WidthEffect, number>> = { rate: 0.5, difference: 1, lift: 10 };

/** Conversions of the control that the prior should stand for: its rate is then far enough from 0. */
const SMALLEST_ALPHA_OF_LIFT = 10;

/** Rates that are next to 0 or 1 for certain leave posteriors that no few outcomes can stand for. */
const SMALLEST_SHAPE_OF_AVERAGE = 0.5;

function checkAveraged({ control, treatment }: BetaPriors, given: unknown): void {
  const smallest = Math.min(control.alpha, control.beta, treatment.alpha, treatment.beta);
  if (smallest < SMALLEST_SHAPE_OF_AVERAGE) {
    throw new DomainError(
      "prior",
      given,
      `must have shapes at or above ${SMALLEST_SHAPE_OF_AVERAGE} for an average`,
    );
  }
}

function checkLift({ control }: BetaPriors, criterion: WidthCriterion): void {
  if (criterion === "worst-outcome") {
    throw new DomainError(
      "criterion",
      criterion,
      "must be an average for a lift, which is unbounded at the worst",
    );
  }
  if (control.alpha < SMALLEST_ALPHA_OF_LIFT) {
    throw new DomainError(
      "prior",
      control,
      `must have a control with alpha at or above ${SMALLEST_ALPHA_OF_LIFT} for a lift: its intervals have no useful average where the control may have no conversions`,
    );
  }
}
