import type { Alternative } from "../core/alternative.ts";
import { checkCount, checkObject } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import type { Warning } from "../core/warning.ts";
import { studentTLogSf, studentTSf, studentTUpperQuantile } from "../numerics/student-t.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "./confidence.ts";
import { makeEstimate } from "./make-estimate.ts";
import type { MeanComparison } from "./mean-comparison.ts";
import { meanLiftInterval } from "./mean-lift-interval.ts";
import { type Welch, welch } from "./welch.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";

export type { MeanComparison } from "./mean-comparison.ts";

export interface CompareMeansOptions extends ConfidenceOptions {
  readonly control: Mean;
  readonly treatment: Mean;
}

/**
 * Compares the means of a metric in two arms by Welch's test, which does not take the variances for equal.
 *
 * H0: both means are equal. H1: they differ (`two-sided`), or the treatment's is larger (`greater`) or smaller
 * (`less`). The interval of the difference and Fieller's set of the lift both invert the test. Where the control mean
 * cannot be told from 0 Fieller's set is unbounded, with a gap (`excluded`) or without. A control mean at or below 0
 * leaves the lift undetermined. Without variance in either arm equal means give p = 1, and unequal ones no answer.
 *
 * @param options.control - units, mean and sample variance of the control arm, of at least 2 units
 * @param options.treatment - the same of the treatment arm
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test and estimates; `statistic` and the p-values are null only where there is no variance to judge by
 * @throws {DomainError} for a broken arm, an arm of one unit, an unknown alternative, or a level outside (0, 1)
 * @example
 * ```ts
 * import { compareMeans } from "microlift";
 * const result = compareMeans({
 *   control: { n: 1000, mean: 10.2, variance: 16.81 },
 *   treatment: { n: 1020, mean: 10.6, variance: 18.49 },
 * });
 * result.pValue; // 0.032
 * result.lift.interval.lower; // 0.0032
 * ```
 * Welch (1947); Fieller (1954).
 */
export function compareMeans(options: CompareMeansOptions): MeanComparison {
  checkObject("options", options);
  const { control, treatment } = options;
  checkArm("control", control);
  checkArm("treatment", treatment);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const { alternative, confidenceLevel, tail } = confidence;
  const sampling = welch(control, treatment);
  const { difference, standardError, degreesOfFreedom } = sampling;
  const isDetermined = standardError > 0 || difference === 0;
  const statistic = isDetermined ? (difference === 0 ? 0 : difference / standardError) : null;
  const critical = studentTUpperQuantile(tail, degreesOfFreedom);
  const differenceInterval = tInterval(sampling, critical, confidence, isDetermined);
  const hasLift = control.mean > 0;
  const liftInterval = meanLiftInterval(
    control,
    treatment,
    sampling,
    critical,
    confidence,
    hasLift && isDetermined,
  );
  const ratio = treatment.mean / control.mean;
  return {
    kind: "mean-comparison",
    method: "welch",
    alternative,
    confidenceLevel,
    control: { n: control.n, mean: control.mean, variance: control.variance },
    treatment: { n: treatment.n, mean: treatment.mean, variance: treatment.variance },
    statistic,
    degreesOfFreedom,
    pValue: statistic === null ? null : tPValue(statistic, degreesOfFreedom, alternative),
    logPValue: statistic === null ? null : tLogPValue(statistic, degreesOfFreedom, alternative),
    difference: {
      estimate: difference,
      standardError,
      interval: differenceInterval,
      status: isDetermined ? "ok" : "undetermined",
    },
    lift: makeEstimate(
      hasLift ? difference / control.mean : null,
      // The delta method.
      hasLift ? Math.hypot(sampling.treatmentError, ratio * sampling.controlError) / control.mean : null,
      liftInterval,
      alternative,
    ),
    status: isDetermined ? "ok" : "undetermined",
    warnings: cautions(isDetermined, hasLift, liftInterval, alternative),
    assumptions: [
      INDEPENDENT_UNITS,
      "The means are close to normal, which fails where few units carry most of the total.",
    ],
  };
}

function checkArm(field: string, arm: Mean): void {
  checkMean(field, arm);
  checkCount(`${field}.n`, arm.n, 2);
}

function tInterval(
  { difference, standardError }: Welch,
  critical: number,
  { alternative, confidenceLevel }: Confidence,
  isDetermined: boolean,
): Interval {
  // Without variance nothing can be said about unequal means: the whole line.
  const reach = isDetermined ? critical * standardError : Infinity;
  return {
    lower: alternative === "less" ? -Infinity : difference - reach,
    upper: alternative === "greater" ? Infinity : difference + reach,
    confidenceLevel,
    method: "welch",
    // At a one-sided level below one half the p-value of one half rejects, and an interval of no width holds 0.
    dualToTest: isDetermined && (standardError > 0 || critical >= 0),
    excluded: null,
  };
}

function tPValue(t: number, df: number, alternative: Alternative): number {
  if (alternative === "two-sided") return 2 * studentTSf(Math.abs(t), df);
  return studentTSf(alternative === "greater" ? t : -t, df);
}

function tLogPValue(t: number, df: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.LN2 + studentTLogSf(Math.abs(t), df);
  return studentTLogSf(alternative === "greater" ? t : -t, df);
}

function cautions(
  isDetermined: boolean,
  hasLift: boolean,
  lift: Interval,
  alternative: Alternative,
): Warning[] {
  const warnings: Warning[] = [];
  if (!isDetermined) {
    warnings.push({
      code: "NO_VARIANCE",
      message: "No unit differs from its arm's mean, so there is no variance to judge the difference by.",
    });
  }
  if (!hasLift) {
    warnings.push({
      code: "UNDETERMINED_LIFT",
      message:
        "The control mean is not above 0, so a lift over it means nothing; read the difference instead.",
    });
  } else if (isDetermined && (alternative === "less" ? lift.upper === Infinity : lift.lower === -Infinity)) {
    warnings.push({
      code: "UNBOUNDED_LIFT",
      message:
        "The control mean cannot be told from 0 at this confidence, so the lift has no bounds; read the difference instead.",
    });
  }
  return warnings;
}
