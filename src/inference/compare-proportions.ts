import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Estimate } from "../core/estimate.ts";
import {
  differenceStandardError,
  liftStandardError,
  logOddsRatioStandardError,
} from "../models/effect-standard-errors.ts";
import { crossProduct, oddsRatio, rateDifference, rateLift } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { SCORE_DIFFERENCE } from "./difference-interval.ts";
import { fiellerInterval } from "./fieller-interval.ts";
import { SCORE_LIFT } from "./lift-interval.ts";
import { makeEstimate } from "./make-estimate.ts";
import { normalLogPValue, normalPValue } from "./normal-p-value.ts";
import { SCORE_ODDS_RATIO } from "./odds-ratio-interval.ts";
import { proportionCautions } from "./proportion-cautions.ts";
import type { ArmRate, ProportionComparison } from "./proportion-comparison.ts";
import { scoreInterval } from "./score-interval.ts";
import {
  checkedTwoProportions,
  type NormalConfidence,
  type TwoProportionsOptions,
} from "./two-proportions.ts";
import { waldInterval, waldIsDetermined } from "./wald-interval.ts";
import { woolfInterval } from "./woolf-interval.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";

export type { ProportionComparison } from "./proportion-comparison.ts";

/** Tests of two proportions. Each comes with the intervals that go with it. */
export type ProportionTestName = "score" | "miettinen-nurminen" | "wald";

export interface CompareProportionsOptions extends TwoProportionsOptions {
  /** `score` unless said. */
  readonly test?: ProportionTestName | undefined;
}

const TESTS: readonly ProportionTestName[] = ["score", "miettinen-nurminen", "wald"];

/**
 * Compares the conversion rates of two arms: a test, and the difference, lift and odds ratio with intervals.
 *
 * H0: both rates are equal. H1: they differ (`two-sided`), or the treatment's is higher (`greater`) or lower (`less`).
 *
 * - `score`: the pooled z-test, as R's `prop.test(correct = FALSE)`, with the intervals that invert it: Mee's for the
 *   difference, Koopman's for the lift and the score interval of the odds ratio.
 * - `miettinen-nurminen`: the same with the variance times N/(N − 1), in the test and in the intervals.
 * - `wald`: the unpooled z-test, with the Wald interval of the difference and Fieller's of the lift, which invert it,
 *   and Woolf's of the odds ratio, which does not.
 *
 * Where none or all of the units converted the score statistic is 0, and its two-sided p-value 1.
 *
 * @param options.control - conversions and units of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.test - `score` unless said
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test and estimates; `statistic` and the p-values are null only where `wald` has no variance to judge by
 * @throws {DomainError} for a broken arm, an unknown test or alternative, or a level outside (0, 1)
 * @example
 * ```ts
 * import { compareProportions } from "microlift";
 * const result = compareProportions({
 *   control: { n: 21_306, conversions: 122 },
 *   treatment: { n: 21_307, conversions: 267 },
 * });
 * result.pValue; // 1.5e-13
 * result.lift.interval.lower; // 0.7688
 * ```
 * Mee (1984); Koopman (1984); Miettinen and Nurminen (1985); Fieller (1954); Woolf (1955).
 */
export function compareProportions(options: CompareProportionsOptions): ProportionComparison {
  checkObject("options", options);
  const { control, treatment, test = "score" } = options;
  const confidence = checkedTwoProportions(options);
  checkOneOf("test", test, TESTS);
  const { alternative, confidenceLevel } = confidence;
  const isWald = test === "wald";
  const statistic = isWald ? waldStatistic(control, treatment) : scoreStatistic(control, treatment, test);
  return {
    kind: "proportion-comparison",
    method: test,
    alternative,
    confidenceLevel,
    control: armRate(control),
    treatment: armRate(treatment),
    statistic,
    pValue: statistic === null ? null : normalPValue(statistic, alternative),
    logPValue: statistic === null ? null : normalLogPValue(statistic, alternative),
    difference: differenceEstimate(control, treatment, confidence, test),
    lift: liftEstimate(control, treatment, confidence, test),
    oddsRatio: oddsRatioEstimate(control, treatment, confidence, test),
    status: statistic === null ? "undetermined" : "ok",
    warnings: proportionCautions(control, treatment, isWald),
    assumptions: [
      INDEPENDENT_UNITS,
      "The test statistic is close to normal, which fails where few conversions are expected.",
    ],
  };
}

function armRate({ n, conversions }: Proportion): ArmRate {
  return { n, conversions, rate: conversions / n };
}

/** The pooled z; 0 where none or all of the units converted. */
function scoreStatistic(control: Proportion, treatment: Proportion, test: ProportionTestName): number {
  const total = control.n + treatment.n;
  const converted = control.conversions + treatment.conversions;
  const rest = control.n - control.conversions + (treatment.n - treatment.conversions);
  if (converted === 0 || rest === 0) return 0;
  const units = test === "miettinen-nurminen" ? total - 1 : total;
  return crossProduct(control, treatment) * Math.sqrt(units / (control.n * treatment.n) / (converted * rest));
}

/** The unpooled z; 0 for equal rates without variance, and null for unequal ones. */
function waldStatistic(control: Proportion, treatment: Proportion): number | null {
  if (!waldIsDetermined(control, treatment)) return null;
  const difference = rateDifference(control, treatment);
  return difference === 0 ? 0 : difference / differenceStandardError(control, treatment);
}

function differenceEstimate(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
  test: ProportionTestName,
): Estimate {
  const interval =
    test === "wald"
      ? waldInterval(control, treatment, confidence)
      : scoreInterval(SCORE_DIFFERENCE, control, treatment, confidence, test === "score" ? "mee" : test);
  return {
    estimate: rateDifference(control, treatment),
    standardError: differenceStandardError(control, treatment),
    interval,
    status: test === "wald" && !waldIsDetermined(control, treatment) ? "undetermined" : "ok",
  };
}

function liftEstimate(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
  test: ProportionTestName,
): Estimate {
  const lift = rateLift(control, treatment);
  const interval =
    test === "wald"
      ? fiellerInterval(control, treatment, confidence)
      : scoreInterval(SCORE_LIFT, control, treatment, confidence, test === "score" ? "koopman" : test);
  const standardError = lift === null ? null : liftStandardError(control, treatment);
  return makeEstimate(lift, standardError, interval, confidence.alternative);
}

function oddsRatioEstimate(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
  test: ProportionTestName,
): Estimate {
  const ratio = oddsRatio(control, treatment);
  const interval =
    test === "wald"
      ? woolfInterval(control, treatment, confidence)
      : scoreInterval(SCORE_ODDS_RATIO, control, treatment, confidence, test);
  // The ratio times the error of its log; towards a ratio of 0 that falls to 0.
  const standardError = ratio ? ratio * logOddsRatioStandardError(control, treatment) : ratio;
  return makeEstimate(ratio, standardError, interval, confidence.alternative);
}
