import { checkCount, checkModerate, checkObject, checkOneOf } from "../core/checks.ts";
import { DEFAULT_ALARM_THRESHOLD } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Warning } from "../core/warning.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { checkSameCaps } from "../summaries/caps.ts";
import { type Mean, mergeMeans } from "../summaries/mean.ts";
import { checkedMean } from "../summaries/proportion-mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { compareLevels } from "./compare-levels.ts";
import { compareMeans } from "./compare-means.ts";
import { compareProportions } from "./compare-proportions.ts";
import type { Comparison } from "./comparison.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { dilutedLevels } from "./diluted-levels.ts";
import { LEVEL_LIFT_METHODS, type LevelLiftMethod } from "../models/level-lift-interval.ts";
import { welchLevels } from "../models/levels.ts";
import type { MeanComparison } from "./mean-comparison.ts";
import type { ProportionComparison } from "./proportion-comparison.ts";

/** Both arms of a part of the units. */
export type TriggerArms = TwoArms<Mean | Proportion>;

export interface CompareTriggeredOptions extends ConfidenceOptions {
  /** Units that saw the change, or would have seen it in the control arm. */
  readonly triggered: TriggerArms;
  /** All other units of the experiment. */
  readonly untriggered: TriggerArms;
  /** `fieller` unless said. */
  readonly liftMethod?: LevelLiftMethod | undefined;
}

/** An arm of which a part was triggered. */
export interface TriggeredArm {
  /** All units of the arm. */
  readonly n: number;
  readonly triggered: number;
  readonly triggerRate: number;
  /** Over all units, with the trigger rate and the untriggered mean of both arms together. */
  readonly mean: number;
}

/** What `compareTriggered` finds: the test of the triggered units, and the effect over all units on two scales. */
export interface TriggeredComparison extends Comparison<"triggered-comparison", TriggeredArm> {
  readonly degreesOfFreedom: number;
  /** Triggered units over all units, in both arms together. */
  readonly triggerRate: number;
  /** The effect on the units that were triggered. */
  readonly triggered: MeanComparison;
  /** Whether the arms trigger equally often, as they must if the trigger does not depend on the change. */
  readonly triggerRates: ProportionComparison;
  /** Whether untriggered units differ between the arms, as they must not. */
  readonly placebo: MeanComparison;
}

/**
 * Compares the units that a change could reach, and dilutes their effect back to all units.
 *
 * H0: the means of the triggered units are equal. H1: they differ (`two-sided`), or the treatment's is larger
 * (`greater`) or smaller (`less`). Welch's t-test of the triggered units alone: the others cannot have an effect and only
 * add noise. Over all units the difference is the trigger rate times the triggered one, and the lift is that over the
 * control's mean of all units; both intervals carry the errors of the trigger rate and of the untriggered mean. They do
 * not invert the test, though they rarely disagree with it.
 *
 * Two checks stand beside it, each with a warning below p = 0.001: the arms must trigger equally often, and their
 * untriggered units must not differ. If one fails, the trigger depends on the change or misses units that saw it, and
 * the effect of the triggered units is biased.
 *
 * @param options.triggered - both arms' triggered units: rates or means, of at least 2 units each
 * @param options.untriggered - both arms' other units, of at least 2 units each; together with the triggered ones, all
 * @param options.liftMethod - `fieller` unless said
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns the test, the diluted difference and lift, the triggered comparison and both checks
 * @throws {DomainError} for a broken arm, caps that differ, fewer than 2 units, an unknown name, or a level outside (0, 1)
 * @example
 * ```ts
 * import { compareTriggered } from "microlift";
 * const result = compareTriggered({
 *   triggered: { control: { n: 4010, conversions: 401 }, treatment: { n: 3985, conversions: 478 } },
 *   untriggered: { control: { n: 16_020, conversions: 320 }, treatment: { n: 16_005, conversions: 331 } },
 * });
 * result.triggered.lift.estimate; // 0.1995
 * result.lift.estimate; // 0.11
 * ```
 * Deng and Hu (2015), "Diluted Treatment Effect Estimation for Trigger Analysis in Online Controlled Experiments".
 */
export function compareTriggered(options: CompareTriggeredOptions): TriggeredComparison {
  checkObject("options", options);
  const { liftMethod = "fieller" } = options;
  const triggered = checkedArms("triggered", options.triggered);
  const untriggered = checkedArms("untriggered", options.untriggered);
  checkSameCaps(
    "triggered.control.winsorized",
    triggered.control.winsorized,
    "untriggered.control.winsorized",
    untriggered.control.winsorized,
  );
  checkOneOf("liftMethod", liftMethod, LEVEL_LIFT_METHODS);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const { alternative, confidenceLevel } = confidence;
  const controlN = triggered.control.n + untriggered.control.n;
  const treatmentN = triggered.treatment.n + untriggered.treatment.n;
  const n = controlN + treatmentN;
  if (!Number.isSafeInteger(n)) {
    throw new DomainError(
      "untriggered.treatment.n",
      untriggered.treatment.n,
      "must leave at most 2^53 - 1 units in all",
    );
  }
  const triggerRate = (triggered.control.n + triggered.treatment.n) / n;
  const levels = dilutedLevels({
    triggered: welchLevels(triggered.control, triggered.treatment),
    triggerRate,
    n,
    untriggered: mergeMeans([untriggered.control, untriggered.treatment]),
  });
  const effect = compareMeans({ ...triggered, alternative, confidenceLevel, liftMethod });
  const { difference, lift, warnings } = compareLevels(levels, confidence, "diluted", liftMethod);
  const triggerRates = compareProportions({
    control: { n: controlN, conversions: triggered.control.n },
    treatment: { n: treatmentN, conversions: triggered.treatment.n },
  });
  const placebo = compareMeans(untriggered);
  return {
    kind: "triggered-comparison",
    method: "welch",
    alternative,
    confidenceLevel,
    control: triggeredArm(controlN, triggered.control.n, levels.control),
    treatment: triggeredArm(treatmentN, triggered.treatment.n, levels.treatment),
    statistic: effect.statistic,
    degreesOfFreedom: effect.degreesOfFreedom,
    pValue: effect.pValue,
    logPValue: effect.logPValue,
    difference: withoutDual(difference),
    lift: withoutDual(lift),
    status: effect.status,
    triggerRate,
    triggered: effect,
    triggerRates,
    placebo,
    warnings: [...warnings, ...cautions(triggerRates, placebo)],
    assumptions: [
      INDEPENDENT_UNITS,
      "The change has no effect on untriggered units, and who is triggered does not depend on the arm.",
    ],
  };
}

function checkedArms(field: string, arms: TriggerArms): TwoArms<Mean> {
  checkObject(field, arms);
  const control = checkedMean(`${field}.control`, arms.control);
  const treatment = checkedMean(`${field}.treatment`, arms.treatment);
  checkCount(`${field}.control.n`, control.n, 2);
  checkCount(`${field}.treatment.n`, treatment.n, 2);
  checkModerate(`${field}.control.mean`, control.mean);
  checkModerate(`${field}.treatment.mean`, treatment.mean);
  checkSameCaps(
    `${field}.control.winsorized`,
    control.winsorized,
    `${field}.treatment.winsorized`,
    treatment.winsorized,
  );
  return { control, treatment };
}

function triggeredArm(n: number, triggered: number, mean: number): TriggeredArm {
  return { n, triggered, triggerRate: triggered / n, mean };
}

/** The test is that of the triggered units, which knows nothing of the trigger rate's error. */
function withoutDual(estimate: Estimate): Estimate {
  return { ...estimate, interval: { ...estimate.interval, dualToTest: false } };
}

function cautions(triggerRates: ProportionComparison, placebo: MeanComparison): Warning[] {
  const warnings: Warning[] = [];
  if (triggerRates.pValue !== null && triggerRates.pValue < DEFAULT_ALARM_THRESHOLD) {
    warnings.push({
      code: "TRIGGER_RATE_MISMATCH",
      message: `The arms do not trigger equally often (p = ${triggerRates.pValue.toExponential(1)}): the trigger depends on the change, and the triggered units cannot be compared.`,
    });
  }
  if (placebo.pValue !== null && placebo.pValue < DEFAULT_ALARM_THRESHOLD) {
    warnings.push({
      code: "UNTRIGGERED_EFFECT",
      message: `Untriggered units differ between the arms (p = ${placebo.pValue.toExponential(1)}): the trigger misses units that the change reaches, and the diluted effect leaves them out.`,
    });
  }
  return warnings;
}
