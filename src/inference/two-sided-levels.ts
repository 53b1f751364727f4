import type { Interval } from "../core/interval.ts";
import type { Confidence } from "../core/confidence.ts";
import { levelLiftInterval } from "../models/level-lift-interval.ts";
import { independentLevels, type Levels, reachOf } from "../models/levels.ts";
import type { QuantileEnd, QuantileSpread } from "./quantile-spread.ts";
import { wholeLine } from "../core/whole-line.ts";

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
        : lower.difference - reachOf(critical, lower.standardError),
    upper:
      alternative === "greater" || upper.standardError === Infinity
        ? Infinity
        : upper.difference + reachOf(critical, upper.standardError),
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
  control: QuantileSpread,
  { below, above }: QuantileSpread,
  critical: number,
  confidence: Confidence,
): Interval {
  // Below 0 a ratio moves outwards, and not inwards, as the control gets larger.
  const isLowestPositive = below.value - reachOf(critical, below.error) >= 0;
  const isHighestPositive = above.value + reachOf(critical, above.error) >= 0;
  const sides = { below: control.above, above: control.below };
  const lowest = fiellerSet(
    control,
    isLowestPositive ? sides.below : sides.above,
    below,
    critical,
    confidence,
  );
  const highest = fiellerSet(
    control,
    isHighestPositive ? sides.above : sides.below,
    above,
    critical,
    confidence,
  );
  const { alternative } = confidence;
  const isLower = alternative !== "less";
  const isUpper = alternative !== "greater";
  return {
    ...wholeLine("fieller", confidence),
    lower: isLower ? lowest.lower : -Infinity,
    upper: isUpper ? highest.upper : Infinity,
    dualToTest: (!isLower || lowest.dualToTest) && (!isUpper || highest.dualToTest),
  };
}

/**
 * Fieller's set where the control is above 0 beyond doubt on both sides. Where it is not, the set is no interval: then
 * the whole line, which is more than what the test does not reject.
 */
function fiellerSet(
  control: QuantileSpread,
  side: QuantileEnd,
  treatment: QuantileEnd,
  critical: number,
  confidence: Confidence,
): Interval {
  const reach = Math.abs(critical);
  const isPositive = [control.below, control.above].every(
    ({ value, error }) => value > reachOf(reach, error),
  );
  if (!isPositive || treatment.error === Infinity) return wholeLine("fieller", confidence);
  return levelLiftInterval(
    levelsOf(side, treatment),
    critical,
    { ...confidence, alternative: "two-sided" },
    "fieller",
  );
}
