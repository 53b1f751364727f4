import type { Interval } from "../core/interval.ts";
import type { Warning } from "../core/warning.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import type { Comparison } from "./comparison.ts";
import type { Confidence } from "../core/confidence.ts";
import { levelLiftCautions } from "../models/level-lift-cautions.ts";
import { type LevelLiftMethod, levelLiftError, levelLiftInterval } from "../models/level-lift-interval.ts";
import { type Levels, liftOfLevels, reachOf } from "../models/levels.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { NO_VARIANCE } from "./no-variance.ts";
import { tLogPValue, tPValue } from "./t-p-value.ts";
import { undeterminedEstimate, wholeLine } from "../core/whole-line.ts";

/** The part of a comparison that is the same for means, ratios and adjusted means. */
export interface LevelComparison extends Omit<
  Comparison<string, never>,
  "kind" | "method" | "control" | "treatment" | "assumptions"
> {
  readonly degreesOfFreedom: number;
}

/**
 * Tests two levels for equality, and gives their difference and lift with intervals.
 *
 * A control level at or below 0 leaves the lift undetermined. Without a standard error equal levels give p = 1, and
 * unequal ones no answer.
 *
 * @param method - names the test, and the interval of the difference that inverts it
 */
export function compareLevels(
  levels: Levels,
  confidence: Confidence,
  method: string,
  liftMethod: LevelLiftMethod,
): LevelComparison {
  const { alternative, confidenceLevel, tail } = confidence;
  const { difference, standardError, degreesOfFreedom } = levels;
  const isDetermined = standardError > 0 || difference === 0;
  const statistic = isDetermined ? (difference === 0 ? 0 : difference / standardError) : null;
  const critical = studentTUpperQuantile(tail, degreesOfFreedom);
  const hasLift = levels.control > 0;
  const lift =
    hasLift && isDetermined
      ? levelLiftInterval(levels, critical, confidence, liftMethod)
      : wholeLine(liftMethod, confidence);
  return {
    alternative,
    confidenceLevel,
    statistic,
    degreesOfFreedom,
    pValue: statistic === null ? null : tPValue(statistic, degreesOfFreedom, alternative),
    logPValue: statistic === null ? null : tLogPValue(statistic, degreesOfFreedom, alternative),
    difference: {
      estimate: difference,
      standardError,
      interval: differenceInterval(levels, critical, confidence, method, isDetermined),
      status: isDetermined ? "ok" : "undetermined",
    },
    lift: makeEstimate(
      hasLift ? liftOfLevels(levels) : null,
      hasLift ? levelLiftError(levels) : null,
      lift,
      alternative,
    ),
    status: isDetermined ? "ok" : "undetermined",
    warnings: cautions(levels, isDetermined, lift, confidence),
  };
}

/** The same where there are no levels to compare; the caller says why. */
export function noLevels(
  confidence: Confidence,
  method: string,
  liftMethod: LevelLiftMethod,
): LevelComparison {
  return {
    alternative: confidence.alternative,
    confidenceLevel: confidence.confidenceLevel,
    statistic: null,
    degreesOfFreedom: Infinity,
    pValue: null,
    logPValue: null,
    difference: undeterminedEstimate(method, confidence),
    lift: undeterminedEstimate(liftMethod, confidence),
    status: "undetermined",
    warnings: [],
  };
}

function differenceInterval(
  { difference, standardError }: Levels,
  critical: number,
  { alternative, confidenceLevel }: Confidence,
  method: string,
  isDetermined: boolean,
): Interval {
  // Without variance nothing can be said about unequal levels, whose difference may lie beyond the doubles: the whole line.
  const reach = reachOf(critical, standardError);
  const [lower, upper] = isDetermined ? [difference - reach, difference + reach] : [-Infinity, Infinity];
  return {
    lower: alternative === "less" ? -Infinity : lower,
    upper: alternative === "greater" ? Infinity : upper,
    confidenceLevel,
    method,
    // At a one-sided level below one half the p-value of one half rejects, and an interval of no width holds 0.
    dualToTest: isDetermined && (standardError > 0 || critical >= 0),
    excluded: null,
  };
}

function cautions(
  levels: Levels,
  isDetermined: boolean,
  lift: Interval,
  { alternative }: Confidence,
): Warning[] {
  return [
    ...(isDetermined ? [] : [NO_VARIANCE]),
    ...levelLiftCautions(levels, isDetermined ? lift : null, alternative),
  ];
}
