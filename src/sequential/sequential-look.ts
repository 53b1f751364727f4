import type { Alternative } from "../core/alternative.ts";
import { checkOneOf } from "../core/checks.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "../core/confidence.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { LEVEL_LIFT_METHODS, type LevelLiftMethod } from "../models/level-lift-interval.ts";
import { checkPreviousLook, type PreviousLook } from "./check-previous-look.ts";
import { logMixtureRatio, type Mixture, mixtureCriticalValue } from "./mixture.ts";
import { checkMixtureMethod, type MixtureMethod, mixtureOf } from "./mixture-method.ts";
import {
  checkedTuning,
  mixtureRatio,
  type MixtureTuning,
  type MixtureTuningOptions,
} from "./mixture-tuning.ts";
import { observedArms, type SequentialArms, type SequentialValue } from "./sequential-arms.ts";
import { lookCautions } from "./look-cautions.ts";
import { differenceNow, liftNow } from "./effects-now.ts";
import { isStartedAnew, type SequenceEstimate, sequenceEstimate } from "./sequence-estimate.ts";

/** Both arms since the start, how sure one must be, and where the sequence is to be tight. */
export interface SequentialLookOptions extends SequentialArms, ConfidenceOptions, MixtureTuningOptions {
  /** `normal-mixture` unless said. */
  readonly method?: MixtureMethod | undefined;
  /** `fieller` unless said. */
  readonly liftMethod?: LevelLiftMethod | undefined;
}

/** What an always-valid reading of two arms finds at one look. */
export interface SequentialEffects {
  readonly method: MixtureMethod;
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly control: SequentialValue;
  readonly treatment: SequentialValue;
  /** What must have been fixed before the first look. */
  readonly tuning: MixtureTuning;
  /** Standard errors from 0 at which this look alone rejects; Infinity where there is no variance to judge by. */
  readonly criticalValue: number;
  /** Treatment − control. */
  readonly difference: SequenceEstimate;
  /** Treatment / control − 1. */
  readonly lift: SequenceEstimate;
  /** `undetermined` where there is no variance to judge by. */
  readonly status: Status;
  readonly warnings: readonly Warning[];
  readonly assumptions: readonly string[];
}

/** The same with what a p-value is made of. */
export interface SequentialLook {
  readonly effects: SequentialEffects;
  /** Null where there is no variance to judge by, or no ratio. */
  readonly statistic: number | null;
  /** ln of the mixture likelihood ratio; 0, no evidence, where there is no variance to judge by. */
  readonly logLikelihoodRatio: number;
}

export function sequentialLook(
  options: SequentialLookOptions,
  previous: PreviousLook | undefined,
): SequentialLook {
  const { method = "normal-mixture", liftMethod = "fieller" } = options;
  const { levels, isRate, fewestOutcomes, control, treatment } = observedArms(options);
  checkMixtureMethod("method", method);
  checkOneOf("liftMethod", liftMethod, LEVEL_LIFT_METHODS);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const { alternative, confidenceLevel } = confidence;
  const tuning = checkedTuning(options);
  const fixed = { method, alternative, confidenceLevel, tuning };
  if (previous !== undefined) checkPreviousLook(previous, { ...fixed, control, treatment });

  const mixture = mixtureOf(method, alternative);
  // Without variance there is no evidence yet, whatever the difference: two units that converted prove nothing.
  const judged = levels !== null && levels.standardError > 0 ? levels : null;
  const ratio =
    judged === null ? 0 : mixtureRatio(tuning, mixture, alpha(confidence), control.n, judged.standardError);
  const criticalValue = judged === null ? Infinity : mixtureCriticalValue(mixture, ratio, alpha(confidence));
  const statistic = judged === null ? null : judged.difference / judged.standardError;
  const now = { levels, judged, isRate, criticalValue, confidence, method, liftMethod };
  const difference = differenceNow(now);
  const lift = liftNow(now);
  return {
    effects: {
      ...fixed,
      control,
      treatment,
      criticalValue,
      difference: sequenceEstimate(difference, previous?.difference.running),
      lift: sequenceEstimate(lift, previous?.lift.running),
      status: judged === null ? "undetermined" : "ok",
      warnings: lookCautions({
        levels,
        isJudged: judged !== null,
        lift: lift.interval,
        alternative,
        fewestOutcomes,
        slack: judged === null ? 1 : slackOf(mixture, criticalValue, alpha(confidence)),
        isStartedAnew:
          isStartedAnew(difference.interval, previous?.difference.running) ||
          isStartedAnew(lift.interval, previous?.lift.running),
      }),
      assumptions: assumptionsOf(tuning),
    },
    statistic,
    logLikelihoodRatio:
      statistic === null
        ? 0
        : logMixtureRatio(mixture, ratio, alternative === "less" ? -statistic : statistic),
  };
}

function alpha({ confidenceLevel }: Confidence): number {
  return 1 - confidenceLevel;
}

/** How many times as wide as at the tightest the intervals are. */
function slackOf(mixture: Mixture, criticalValue: number, missing: number): number {
  return criticalValue / mixtureCriticalValue(mixture, mixture.tightestRatio(missing), missing);
}

const ASSUMPTIONS: readonly string[] = [
  "Units are independent of each other, and the counts of each look are those since the start.",
  "Method, level, alternative and tuning were fixed before the first look.",
  "From the first look on the estimates are close to normal with the variance seen, which fails where few units have converted or carry most of the total.",
];

function assumptionsOf({ name }: MixtureTuning): readonly string[] {
  return name === "mixtureVariance"
    ? ASSUMPTIONS
    : [...ASSUMPTIONS, "Units enter both arms in a proportion that does not change."];
}
