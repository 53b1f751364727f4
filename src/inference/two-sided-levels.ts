import type { Interval } from "../core/interval.ts";
import type { Confidence } from "./confidence.ts";
import { levelLiftInterval, wholeLine } from "./level-lift-interval.ts";
import { independentLevels, type Levels } from "./levels.ts";
import type { QuantileEnd, QuantileSpread } from "./quantile-spread.ts";

/**
 * What the two ends of a difference rest on, where estimates are less sure on one side than on the other: its lower end
 * on the lower side of the treatment and the upper side of the control, its upper end on the others (Zou and Donner
 * 2008). Infinite errors leave an end open.
 */
export interface TwoSidedLevels {
  readonly lower: Levels;
  readonly upper: Levels;
}

export function twoSidedLevels(control: QuantileSpread, treatment: QuantileSpread): TwoSidedLevels {
  return {
    lower: levelsOf(control.above, treatment.below),
    upper: levelsOf(control.below, treatment.above),
  };
}

function levelsOf(control: QuantileEnd, treatment: QuantileEnd): Levels {
  return independentLevels(control.value, treatment.value, control.error, treatment.error, Infinity);
}

/**
 * Standard errors between both levels, on the side where they might meet; 0 where they may be equal, and null where
 * they differ and have no error to judge that by.
 */
export function twoSidedStatistic(
  { lower, upper }: TwoSidedLevels,
  { alternative }: Confidence,
): number | null {
  if (alternative === "greater" || (alternative === "two-sided" && lower.difference > 0))
    return inErrors(lower);
  if (alternative === "less" || upper.difference < 0) return inErrors(upper);
  return 0;
}

function inErrors({ difference, standardError }: Levels): number | null {
  if (difference === 0) return 0;
  return standardError === 0 ? null : difference / standardError;
}

/** The differences that the test does not reject. */
export function twoSidedInterval(
  { lower, upper }: TwoSidedLevels,
  critical: number,
  { alternative, confidenceLevel }: Confidence,
  method: string,
): Interval {
  return {
    lower:
      alternative === "less" || lower.standardError === Infinity
        ? -Infinity
        : lower.difference - critical * lower.standardError,
    upper:
      alternative === "greater" || upper.standardError === Infinity
        ? Infinity
        : upper.difference + critical * upper.standardError,
    confidenceLevel,
    method,
    dualToTest: isDual(alternative === "less" ? upper : lower, critical),
    excluded: null,
  };
}

// At a one-sided level below one half (critical < 0) the p-value of one half rejects, and an interval of no width or
// without end holds 0.
function isDual({ standardError }: Levels, critical: number): boolean {
  return critical >= 0 || (standardError > 0 && standardError < Infinity);
}

/** The lifts that the test does not reject, by Fieller's method with the errors of each side (Donner and Zou 2012). */
export function twoSidedFieller(
  spreads: readonly [QuantileSpread, QuantileSpread],
  critical: number,
  confidence: Confidence,
): Interval {
  const [control, treatment] = spreads;
  const { below, above } = treatment;
  // Below 0 a ratio moves outwards, and not inwards, as the control gets larger.
  const isLowestPositive = below.value - critical * below.error >= 0;
  const isHighestPositive = above.value + critical * above.error >= 0;
  const lower = fieller(isLowestPositive ? control.above : control.below, below, critical, confidence);
  const upper = fieller(isHighestPositive ? control.below : control.above, above, critical, confidence);
  const isSet = lower.excluded === null && upper.excluded === null;
  const line = wholeLine("fieller", confidence);
  return {
    ...line,
    lower: lower.lower,
    upper: upper.upper,
    // A gap in either set is not shown: the interval is then wider than what the test does not reject.
    dualToTest: isSet && lower.dualToTest && upper.dualToTest,
  };
}

function fieller(
  control: QuantileEnd,
  treatment: QuantileEnd,
  critical: number,
  confidence: Confidence,
): Interval {
  const levels = levelsOf(control, treatment);
  if (levels.standardError === Infinity || control.value <= 0) {
    return { ...wholeLine("fieller", confidence), dualToTest: critical >= 0 };
  }
  return levelLiftInterval(levels, critical, confidence, "fieller");
}
