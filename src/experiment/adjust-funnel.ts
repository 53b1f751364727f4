import type { Alternative } from "../core/alternative.ts";
import { checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { ADJUSTMENT_METHODS, type AdjustmentMethod, adjustOn } from "../inference/adjust-on.ts";
import { LINEAR } from "../inference/p-value-scale.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import { exitProbabilities } from "../numerics/exit-probabilities.ts";
import { sumOf } from "../numerics/sum.ts";

/**
 * How the tests of several steps are accounted for: a method of `adjustPValues`; `max-z` by the law of the largest of
 * the statistics, whose correlations are known; `fixed-sequence` from the last step upwards, each tested only if all
 * after it are significant.
 */
export type FunnelAdjustment = AdjustmentMethod | "max-z" | "fixed-sequence";

const ADJUSTMENTS: readonly FunnelAdjustment[] = [...ADJUSTMENT_METHODS, "max-z", "fixed-sequence"];

/** With more, the law of the largest statistic takes more than a second. */
const MOST_STEPS_OF_MAX_Z = 50;

export function checkFunnelAdjustment(
  field: string,
  value: FunnelAdjustment,
  steps: readonly string[],
): void {
  checkOneOf(field, value, ADJUSTMENTS);
  if (value === "max-z" && steps.length > MOST_STEPS_OF_MAX_Z) {
    throw new DomainError("steps", steps, `must be at most ${MOST_STEPS_OF_MAX_Z} with ${field} "max-z"`);
  }
}

/** The p-value of each step, accounted for the number of steps. */
export function adjustFunnel(
  effects: readonly ProportionComparison[],
  adjustment: FunnelAdjustment,
  alternative: Alternative,
): number[] {
  const pValues = effects.map(({ pValue }) => pValue!);
  if (adjustment === "max-z") return largestStatistic(effects, alternative);
  if (adjustment === "fixed-sequence") return fromTheLast(pValues);
  return adjustOn(LINEAR, pValues, adjustment);
}

/** A step is tested only if all after it are significant, so its p-value is the largest of theirs and its own. */
function fromTheLast(pValues: readonly number[]): number[] {
  return pValues.map((_, k) => Math.max(...pValues.slice(k)));
}

/**
 * Odds of a step in both arms together. Where the treatment changes nothing two nested rates p > p' of an arm have
 * covariance p'(1 − p)/n, so that their correlation is the root of the ratio of their odds.
 */
function pooledOdds({ control, treatment }: ProportionComparison): number {
  const converted = control.conversions + treatment.conversions;
  return converted / (control.n - control.conversions + (treatment.n - treatment.conversions));
}

/** The correlations of the steps' statistics where the treatment changes nothing. */
export function funnelCorrelation(effects: readonly ProportionComparison[]): number[][] {
  const odds = effects.map(pooledOdds);
  return odds.map((own, i) =>
    odds.map((other, j) => {
      if (i === j) return 1;
      const hasVariance = Math.min(own, other) > 0 && Math.max(own, other) < Infinity;
      return hasVariance ? Math.sqrt(Math.min(own, other) / Math.max(own, other)) : 0;
    }),
  );
}

/** Steps whose odds agree better than this are one to the law of the largest: their statistics hardly differ. */
const SAME_ODDS = 1e-6;

/**
 * The chance that the largest of all statistics lies as far out. With correlations √(o_j/o_i) they are a Brownian motion
 * seen, from the last step to the first, at times that are the odds, as a group-sequential test sees its looks.
 */
function largestStatistic(effects: readonly ProportionComparison[], alternative: Alternative): number[] {
  const isTwoSided = alternative === "two-sided";
  const odds = effects.map(pooledOdds);
  const information: number[] = [];
  for (const time of odds.toReversed()) {
    const before = information.at(-1) ?? 0;
    if (time < Infinity && time > before * (1 + SAME_ODDS)) information.push(time);
  }
  // The statistic of a step that all units took, or none, is 0 for certain.
  const hasZero = odds.includes(0) || odds.includes(Infinity);
  return effects.map(({ statistic }) => {
    const z = statistic!;
    const score = isTwoSided ? Math.abs(z) : alternative === "greater" ? z : -z;
    if (score <= 0 && (isTwoSided || hasZero)) return 1;
    const { lower, upper } = exitProbabilities(
      {
        information,
        lower: information.map(() => (isTwoSided ? -score : -Infinity)),
        upper: information.map(() => score),
      },
      0,
    );
    return Math.min(1, sumOf(lower) + sumOf(upper));
  });
}
