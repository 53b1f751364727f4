import type { Alternative } from "../core/alternative.ts";
import { checkOneOf } from "../core/checks.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "../core/confidence.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { LEVEL_LIFT_METHODS, type LevelLiftMethod } from "../models/level-lift-interval.ts";
import type { Levels } from "../models/levels.ts";
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
import { differenceNow, type EffectsNow, liftNow } from "./effects-now.ts";
import { type SequenceEstimate, sequenceEstimate } from "./sequence-estimate.ts";

/** Both arms since the start, how sure one must be, and where the sequence is to be tight. */
export interface SequentialLookOptions extends SequentialArms, ConfidenceOptions, MixtureTuningOptions {
  /** `normal-mixture` unless said. */
  readonly method?: MixtureMethod | undefined;
  /** `fieller` unless said. */
  readonly liftMethod?: LevelLiftMethod | undefined;
}

/** What an always-valid reading of two arms finds at one look. */
export interface SequentialEffects<Kind extends string> extends Result<Kind> {
  readonly method: MixtureMethod;
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly control: SequentialValue;
  readonly treatment: SequentialValue;
  /** Whether the levels are rates of conversion. */
  readonly isRate: boolean;
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
}

/** The same with what a p-value is made of. */
export interface SequentialLook<Kind extends string> {
  readonly effects: SequentialEffects<Kind>;
  /** Null where there is no variance to judge by, or no ratio. */
  readonly statistic: number | null;
  /** ln of the mixture likelihood ratio; 0, no evidence, where there is no variance to judge by. */
  readonly logLikelihoodRatio: number;
  /** What the estimates were made of. */
  readonly now: EffectsNow;
}

export function sequentialLook<Kind extends string>(
  kind: Kind,
  options: SequentialLookOptions,
  previous: PreviousLook | undefined,
): SequentialLook<Kind> {
  const { method = "normal-mixture", liftMethod = "fieller" } = options;
  const { levels, isRate, fewest, control, treatment } = observedArms(options);
  checkMixtureMethod("method", method);
  checkOneOf("liftMethod", liftMethod, LEVEL_LIFT_METHODS);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const { alternative, confidenceLevel } = confidence;
  const tuning = checkedTuning(options);
  if (previous !== undefined) {
    checkPreviousLook(previous, { method, alternative, confidenceLevel, tuning, control, treatment });
  }
  // Without variance there is no evidence yet, whatever the difference. A rate of 0 or 1 has an error that cannot be
  // plugged in: a small arm without conversions beside a large one with a few would reject at once.
  const isJudged = levels !== null && levels.standardError > 0 && fewest > 0;
  const judged = isJudged ? levels : null;
  const { mixture, ratio, criticalValue, slack } = looked(confidence, method, tuning, control.n, judged);
  const statistic = judged === null ? null : judged.difference / judged.standardError;
  const now = { levels, judged, isRate, criticalValue, confidence, method, liftMethod };
  const difference = sequenceEstimate(differenceNow(now), previous?.difference.running);
  const lift = sequenceEstimate(liftNow(now), previous?.lift.running);
  const isStartedAnew = !(difference.isContinued && lift.isContinued);
  return {
    effects: {
      kind,
      method,
      alternative,
      confidenceLevel,
      control,
      treatment,
      isRate,
      tuning,
      criticalValue,
      difference: difference.estimate,
      lift: lift.estimate,
      status: isJudged ? "ok" : "undetermined",
      warnings: lookCautions({
        levels,
        isJudged,
        lift: lift.estimate.interval,
        alternative,
        fewest,
        isRate,
        slack,
        isStartedAnew,
      }),
      assumptions: assumptionsOf(tuning),
    },
    statistic,
    logLikelihoodRatio:
      statistic === null
        ? 0
        : logMixtureRatio(mixture, ratio, alternative === "less" ? -statistic : statistic),
    now,
  };
}

/** The mixture, τ² over the squared standard error, and the standard errors that are allowed. */
function looked(
  { alternative, confidenceLevel }: Confidence,
  method: MixtureMethod,
  tuning: MixtureTuning,
  controlN: number,
  levels: Levels | null,
): { mixture: Mixture; ratio: number; criticalValue: number; slack: number } {
  const mixture = mixtureOf(method, alternative);
  if (levels === null) return { mixture, ratio: 0, criticalValue: Infinity, slack: 1 };
  const alpha = 1 - confidenceLevel;
  const tightest = mixture.tightestRatio(alpha);
  const ratio = mixtureRatio(tuning, tightest, controlN, levels.standardError);
  const criticalValue = mixtureCriticalValue(mixture, ratio, alpha);
  return {
    mixture,
    ratio,
    criticalValue,
    slack: criticalValue / mixtureCriticalValue(mixture, tightest, alpha),
  };
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
