import type { Confidence } from "../core/confidence.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { wholeLine } from "../core/whole-line.ts";
import { type LevelLiftMethod, levelLiftError, levelLiftInterval } from "../models/level-lift-interval.ts";
import { type Levels, liftOfLevels } from "../models/levels.ts";

/** What both arms say at one look, and how many standard errors are allowed. */
export interface EffectsNow {
  /** Null where an arm has no value. */
  readonly levels: Levels | null;
  /** The same where there is variance to judge by; null otherwise. */
  readonly judged: Levels | null;
  readonly isRate: boolean;
  readonly criticalValue: number;
  readonly confidence: Confidence;
  readonly method: string;
  readonly liftMethod: LevelLiftMethod;
}

/** Treatment − control with the differences that this look does not reject. */
export function differenceNow(now: EffectsNow): Estimate {
  const { levels, judged, isRate, criticalValue, confidence, method } = now;
  const { alternative, confidenceLevel } = confidence;
  const bound = isRate ? 1 : Infinity;
  const reach = judged === null ? Infinity : criticalValue * judged.standardError;
  const difference = levels === null ? null : levels.difference;
  return {
    estimate: difference,
    standardError: levels === null ? null : levels.standardError,
    interval: {
      lower: alternative === "less" || reach === Infinity ? -bound : difference! - reach,
      upper: alternative === "greater" || reach === Infinity ? bound : difference! + reach,
      confidenceLevel,
      method,
      dualToTest: true,
      excluded: null,
    },
    status: judged === null ? "undetermined" : reach === Infinity ? "unbounded" : "ok",
  };
}

/**
 * Treatment / control − 1. A mixture looks at m₂ − R m₁ with the same ratio of variances for every R, so that the same
 * number of standard errors is allowed for each: Fieller's set.
 */
export function liftNow({
  levels,
  judged,
  isRate,
  criticalValue,
  confidence,
  liftMethod,
}: EffectsNow): Estimate {
  const isKnown = levels !== null && levels.control > 0;
  const interval =
    judged !== null && isKnown && criticalValue < Infinity
      ? levelLiftInterval(judged, criticalValue, confidence, liftMethod)
      : wholeLine(liftMethod, confidence);
  return makeEstimate(
    isKnown ? liftOfLevels(levels) : isRate && levels!.treatment > 0 ? Infinity : null,
    isKnown ? levelLiftError(levels) : null,
    isRate ? ofRates(interval) : interval,
    confidence.alternative,
  );
}

/** The part of a set of lifts that rates can have. The lower half of a set with a gap lies below −1. */
function ofRates(interval: Interval): Interval {
  if (interval.lower > -Infinity) return interval;
  return { ...interval, lower: Math.max(-1, interval.excluded?.upper ?? -1), excluded: null };
}
