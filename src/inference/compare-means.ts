import { checkCount, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { checkSameCaps, describeCaps } from "../summaries/caps.ts";
import { checkMean, type Mean, unitSkewness } from "../summaries/mean.ts";
import { compareLevels } from "./compare-levels.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "../core/confidence.ts";
import { LEVEL_LIFT_METHODS, type LevelLiftMethod } from "../models/level-lift-interval.ts";
import { type Levels, pooledLevels, welchLevels } from "../models/levels.ts";
import type { MeanComparison } from "./mean-comparison.ts";
import { skewnessCaution } from "./skewness-caution.ts";

export type { MeanComparison } from "./mean-comparison.ts";

/** Tests of two means: with a variance for each arm, or with one for both. */
export type MeanTestName = "welch" | "pooled";

export interface CompareMeansOptions extends ConfidenceOptions {
  readonly control: Mean;
  readonly treatment: Mean;
  /** `welch` unless said. */
  readonly test?: MeanTestName | undefined;
  /** `fieller` unless said. */
  readonly liftMethod?: LevelLiftMethod | undefined;
}

export const MEAN_TESTS: readonly MeanTestName[] = ["welch", "pooled"];

/**
 * Compares the means of a metric in two arms by Welch's t-test, or by the pooled one.
 *
 * H0: both means are equal. H1: they differ (`two-sided`), or the treatment's is larger (`greater`) or smaller
 * (`less`). `welch` does not take the variances for equal; `pooled` does. The interval of the difference and Fieller's
 * set of the lift both invert the test; where the control mean cannot be told from 0 that set is unbounded, with a gap
 * (`excluded`) or without. The intervals `delta` and `log` of the lift do not invert it. A control mean at or below 0
 * leaves the lift undetermined. Without variance in either arm equal means give p = 1, and unequal ones no answer.
 *
 * Where both arms say their skewness or third moment, a warning tells whether n is too small for it. Winsorised arms must have been capped
 * at the same values; the effect is then that of the capped values.
 *
 * @param options.control - units, mean and sample variance of the control arm, of at least 2 units for `welch`
 * @param options.treatment - the same of the treatment arm
 * @param options.test - `welch` unless said; `pooled` needs 3 units in both arms together
 * @param options.liftMethod - `fieller` unless said; `delta` is the delta method, `log` the same for the log of the ratio
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test and estimates; `statistic` and the p-values are null only where there is no variance to judge by
 * @throws {DomainError} for a broken arm, caps that differ, too few units, an unknown name, or a level outside (0, 1)
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
 * Student (1908); Welch (1947); Fieller (1954); of the warning Hall (1992), Boos and Hughes-Oliver (2000).
 */
export function compareMeans(options: CompareMeansOptions): MeanComparison {
  checkObject("options", options);
  const { control, treatment, test = "welch", liftMethod = "fieller" } = options;
  checkMean("control", control);
  checkMean("treatment", treatment);
  checkSameCaps("control.winsorized", control.winsorized, "treatment.winsorized", treatment.winsorized);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  checkOneOf("test", test, MEAN_TESTS);
  checkOneOf("liftMethod", liftMethod, LEVEL_LIFT_METHODS);
  checkUnits(control, treatment, test);
  const levels = (test === "welch" ? welchLevels : pooledLevels)(control, treatment);
  return meanComparison(control, treatment, levels, confidence, test, liftMethod);
}

/** The same from levels that are made already, such as with one variance for more than two arms. */
export function meanComparison(
  control: Mean,
  treatment: Mean,
  levels: Levels,
  confidence: Confidence,
  test: MeanTestName,
  liftMethod: LevelLiftMethod,
): MeanComparison {
  const compared = compareLevels(levels, confidence, test, liftMethod);
  return {
    kind: "mean-comparison",
    method: test,
    ...compared,
    control: meanArm(control),
    treatment: meanArm(treatment),
    warnings: [...compared.warnings, ...skewnessCaution(control, treatment, test, confidence.tail)],
    assumptions: [
      INDEPENDENT_UNITS,
      "The means are close to normal, which fails where few units carry most of the total.",
      ...(control.winsorized === undefined
        ? []
        : [
            `The effect is that of the capped values (${describeCaps(control.winsorized)}), not of the raw ones.`,
          ]),
    ],
  };
}

function meanArm(arm: Mean): Mean {
  const { n, mean, variance, winsorized } = arm;
  const skewness = unitSkewness(arm);
  return {
    n,
    mean,
    variance,
    ...(skewness === undefined ? {} : { skewness }),
    ...(winsorized === undefined ? {} : { winsorized: { ...winsorized } }),
  };
}

function checkUnits(control: Mean, treatment: Mean, test: MeanTestName): void {
  if (test === "welch") {
    checkCount("control.n", control.n, 2);
    checkCount("treatment.n", treatment.n, 2);
  } else if (control.n + treatment.n < 3) {
    throw new DomainError("treatment.n", treatment.n, "must make at least 3 units together with the control");
  }
}
