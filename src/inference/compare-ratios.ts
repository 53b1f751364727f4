import { checkCount, checkObject, checkOneOf } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { checkRatio, type Ratio } from "../summaries/ratio.ts";
import { compareLevels, noLevels } from "./compare-levels.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { LEVEL_LIFT_METHODS, type LevelLiftMethod } from "../models/level-lift-interval.ts";
import { meanError } from "../models/levels.ts";
import { ratioArm, ratioLevels } from "../models/ratio-levels.ts";
import type { RatioComparison } from "./ratio-comparison.ts";

export type { RatioComparison } from "./ratio-comparison.ts";

export interface CompareRatiosOptions extends ConfidenceOptions {
  readonly control: Ratio;
  readonly treatment: Ratio;
  /** `fieller` unless said. */
  readonly liftMethod?: LevelLiftMethod | undefined;
}

/**
 * Compares a ratio metric, such as clicks per session, in two arms by the delta method.
 *
 * H0: both ratios of means are equal. H1: they differ (`two-sided`), or the treatment's is larger (`greater`) or smaller
 * (`less`). Units are what was randomised: sessions of one user are not independent, and their covariance enters through
 * the users' sums. The statistic is taken for normal. The interval of the difference and Fieller's set of the lift
 * invert the test; `delta` and `log` do not. An arm whose denominators are all 0 has no ratio, and the comparison is
 * undetermined; one whose denominator is hard to tell from 0 brings a warning.
 *
 * @param options.control - numerator, denominator and their covariance over at least 2 units of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.liftMethod - `fieller` unless said; `delta` is the delta method, `log` the same for the log of the lift
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test and estimates; null where an arm has no ratio, or nothing varies
 * @throws {DomainError} for a broken arm, fewer than 2 units, an unknown name, or a level outside (0, 1)
 * @example
 * ```ts
 * import { compareRatios } from "microlift";
 * const clicksPerSession = compareRatios({
 *   control: {
 *     n: 10_000,
 *     numerator: { mean: 2.1, variance: 6.4 },
 *     denominator: { mean: 5.3, variance: 20.2 },
 *     covariance: 7.7,
 *   },
 *   treatment: {
 *     n: 10_100,
 *     numerator: { mean: 2.25, variance: 6.9 },
 *     denominator: { mean: 5.25, variance: 19.8 },
 *     covariance: 7.9,
 *   },
 * });
 * clicksPerSession.lift.estimate; // 0.0817
 * clicksPerSession.pValue; // 2.04e-10
 * ```
 * Cochran (1977), 2.11 and 6.8; Deng, Knoblich and Lu (2018); Fieller (1954).
 */
export function compareRatios(options: CompareRatiosOptions): RatioComparison {
  checkObject("options", options);
  const { control, treatment, liftMethod = "fieller" } = options;
  checkRatio("control", control);
  checkRatio("treatment", treatment);
  checkCount("control.n", control.n, 2);
  checkCount("treatment.n", treatment.n, 2);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  checkOneOf("liftMethod", liftMethod, LEVEL_LIFT_METHODS);
  const first = ratioArm("control", control);
  const second = ratioArm("treatment", treatment);
  const levels = ratioLevels(first, second);
  const { warnings, ...compared } =
    levels === null
      ? noLevels(confidence, "delta", liftMethod)
      : compareLevels(levels, confidence, "delta", liftMethod);
  return {
    kind: "ratio-comparison",
    method: "delta",
    ...compared,
    control: first,
    treatment: second,
    warnings: [
      ...denominatorCautions("control", control),
      ...denominatorCautions("treatment", treatment),
      ...warnings,
    ],
    assumptions: [
      INDEPENDENT_UNITS,
      "The means of numerator and denominator are close to normal, and the denominator's is far from 0.",
    ],
  };
}

/**
 * Below so many standard errors from 0 of the denominator's mean, the bias of the ratio can pass a tenth of its standard
 * error: it is at most the denominator's coefficient of variation (Cochran 1977, 6.8, eq. 6.34).
 */
const SAFE_DENOMINATOR = 10;

function denominatorCautions(name: string, { n, denominator }: Ratio): Warning[] {
  const { mean, variance } = denominator;
  if (mean === 0) {
    return [
      {
        code: "NO_DENOMINATOR",
        message: `The mean denominator of the ${name} is 0, so its ratio cannot be known.`,
      },
    ];
  }
  const standardErrors = Math.abs(mean) / meanError({ variance, n });
  if (standardErrors >= SAFE_DENOMINATOR) return [];
  return [
    {
      code: "SMALL_DENOMINATOR",
      message: `The mean denominator of the ${name} is only ${standardErrors.toPrecision(2)} standard errors from 0 (${SAFE_DENOMINATOR} are safe), so the ratio is biased and the delta method unreliable.`,
    },
  ];
}
