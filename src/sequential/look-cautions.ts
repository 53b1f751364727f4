import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import type { Warning } from "../core/warning.ts";
import { levelLiftCautions } from "../models/level-lift-cautions.ts";
import type { Levels } from "../models/levels.ts";

/** What there may be to mind at one look. */
export interface LookToJudge {
  readonly levels: Levels | null;
  readonly isJudged: boolean;
  readonly lift: Interval;
  readonly alternative: Alternative;
  /** The fewest units of an arm; of a rate, the fewest that converted, or did not. */
  readonly fewest: number;
  readonly isRate: boolean;
  /** How many times as wide as at the tightest the intervals are. */
  readonly slack: number;
  readonly isStartedAnew: boolean;
}

/**
 * Below so many units of an arm, or of a rate so many that converted or did not, the variance seen is so rough that the
 * chance of a false rejection can be more than twice alpha: test/validation/jobs/peeking.ts.
 */
const SMALLEST_COUNT = 20;

/** Beyond so many times the least width, another tuning would have been worth having. */
const LARGEST_SLACK = 1.5;

/** The looks so far rule out every value. */
export const STARTED_ANEW: Warning = {
  code: "NOTHING_IN_COMMON",
  message:
    "The intervals of the looks have no value in common: either chance missed, or the effect has changed over time. The running interval starts anew with this look.",
};

export function lookCautions(look: LookToJudge): Warning[] {
  const { levels, isJudged, lift, alternative, fewest, isRate, slack } = look;
  const warnings: Warning[] = [];
  if (levels === null) {
    warnings.push({
      code: "NO_DENOMINATOR",
      message: "The mean denominator of an arm is 0, so its ratio cannot be known.",
    });
  } else {
    if (!isJudged) {
      warnings.push({
        code: "NO_VARIANCE",
        message: "An arm does not vary yet, so that nothing can be said: no evidence, and no limits.",
      });
    }
    warnings.push(...levelLiftCautions(levels, isJudged ? lift : null, alternative));
  }
  if (fewest < SMALLEST_COUNT) {
    warnings.push({
      code: "SMALL_COUNTS",
      message: isRate
        ? `An arm holds fewer than ${SMALLEST_COUNT} conversions or units without one, where the normal approximation is rough: with arms of unequal size a rejection this early is not to be relied on. liftConfidenceSequence is exact.`
        : `An arm holds fewer than ${SMALLEST_COUNT} units, whose variance is a rough guess: a rejection this early is not to be relied on.`,
    });
  }
  if (slack > LARGEST_SLACK) {
    warnings.push({
      code: "FAR_FROM_TIGHTEST",
      message: `The intervals are ${slack.toPrecision(2)} times as wide as a sequence tuned for this many units would have them; for the next experiment, tune for the size at which it is to be decided.`,
    });
  }
  if (look.isStartedAnew) warnings.push(STARTED_ANEW);
  return warnings;
}
