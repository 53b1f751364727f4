import { checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { countDispersion, type Dispersion } from "../models/count-dispersion.ts";
import {
  eventDifferenceStandardError,
  eventLiftStandardError,
  eventRateDifference,
  eventRateLift,
} from "../models/count-effects.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { checkEventCount, type Count } from "../summaries/count.ts";
import { checkedConfidence, type Confidence, type ConfidenceOptions } from "../core/confidence.ts";
import { countCautions } from "./count-cautions.ts";
import type { CountArm, CountComparison } from "./count-comparison.ts";
import { type CountTest, countScoreTest } from "./count-score-test.ts";
import { exactCountTest } from "./exact-count-test.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { TWO_SIDED_RULES, type TwoSidedRule } from "./two-sided-rule.ts";

export type { CountArm, CountComparison } from "./count-comparison.ts";

/** Tests of two rates of events. */
export type CountTestName = "quasi-poisson" | "score" | "exact";

export interface CompareCountsOptions extends ConfidenceOptions {
  readonly control: Count;
  readonly treatment: Count;
  /** `quasi-poisson` where both arms have a variance, else `score`, unless said. */
  readonly test?: CountTestName | undefined;
  /** Of the `exact` test: `minimum-likelihood` unless said. */
  readonly twoSided?: TwoSidedRule | undefined;
}

const TESTS: readonly CountTestName[] = ["quasi-poisson", "score", "exact"];

/**
 * Compares events per unit, such as sessions or orders per user, in two arms.
 *
 * H0: both rates of events are equal. H1: they differ (`two-sided`), or the treatment's is higher (`greater`) or lower
 * (`less`).
 *
 * - `quasi-poisson`: the score test of two Poisson rates with the variance times the dispersion that the units show
 *   (Pearson's statistic, one dispersion for both arms), by Student's t; the intervals invert it. It is the default
 *   where both arms have a variance, since events of one user come in bunches. Where the arms' dispersions differ, which
 *   brings a warning, `compareMeans` on events per unit is the safer choice.
 * - `score`: the same for Poisson counts, whose variance is their mean, by the normal distribution.
 * - `exact`: binomial given all events; two-sided by adding up all outcomes that are no likelier than the one seen
 *   (`minimum-likelihood`, as R's `poisson.test`) or by doubling the smaller tail (`central`). The interval of the lift
 *   is Clopper and Pearson's, which inverts `central` and the one-sided tests; that of the difference is the score
 *   interval, which does not.
 *
 * @param options.control - units, events and, if known, the variance of events between units of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.test - `quasi-poisson` where both arms have a variance, else `score`, unless said
 * @param options.twoSided - of the exact test: `minimum-likelihood` unless said, or `central`
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test and estimates; finite p-values without events too; null where no unit differs from its arm's mean
 * @throws {DomainError} for a broken arm, `quasi-poisson` without variances or 3 units, an unknown name, or a level
 * outside (0, 1)
 * @example
 * ```ts
 * import { compareCounts } from "microlift";
 * const sessions = compareCounts({
 *   control: { n: 4000, events: 9120, variance: 5.1 },
 *   treatment: { n: 4100, events: 9710, variance: 5.4 },
 * });
 * sessions.dispersion; // 2.26
 * sessions.lift.estimate; // 0.0387
 * ```
 * Przyborowski and Wilenski (1940); McCullagh and Nelder (1989), 6.2 and 9.2; Gu, Ng, Tang and Schucany (2008).
 */
export function compareCounts(options: CompareCountsOptions): CountComparison {
  checkObject("options", options);
  const { control, treatment, twoSided = "minimum-likelihood" } = options;
  checkEventCount("control", control);
  checkEventCount("treatment", treatment);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const known = countDispersion(control, treatment);
  const { test = known !== null && known.degreesOfFreedom > 0 ? "quasi-poisson" : "score" } = options;
  checkOneOf("test", test, TESTS);
  checkOneOf("twoSided", twoSided, TWO_SIDED_RULES);
  const found = testResult(control, treatment, confidence, test, twoSided, known);
  const isDetermined = found.pValue !== null;
  // Of a known dispersion only the quasi-Poisson test makes use.
  const scale = test === "quasi-poisson" ? Math.sqrt(known?.dispersion ?? 1) : 1;
  const lift = isDetermined ? eventRateLift(control, treatment) : null;
  const liftError = lift === null ? null : times(scale, eventLiftStandardError(control, treatment));
  return {
    kind: "count-comparison",
    method: test,
    alternative: confidence.alternative,
    confidenceLevel: confidence.confidenceLevel,
    control: countArm(control),
    treatment: countArm(treatment),
    dispersion: known?.dispersion ?? null,
    statistic: found.statistic,
    degreesOfFreedom: found.degreesOfFreedom,
    pValue: found.pValue,
    logPValue: found.logPValue,
    difference: {
      estimate: eventRateDifference(control, treatment),
      standardError: scale * eventDifferenceStandardError(control, treatment),
      interval: found.difference,
      status: isDetermined ? "ok" : "undetermined",
    },
    lift: makeEstimate(lift, liftError, found.lift, confidence.alternative),
    status: isDetermined ? "ok" : "undetermined",
    warnings: countCautions(control, treatment, test, known, isDetermined),
    assumptions: [
      INDEPENDENT_UNITS,
      test === "quasi-poisson"
        ? "The variance of the units' counts is the same multiple of their mean in both arms."
        : "The units' counts are Poisson: their variance is their mean, so that the events of one unit do not come in bunches.",
    ],
  };
}

function testResult(
  control: Count,
  treatment: Count,
  confidence: Confidence,
  test: CountTestName,
  twoSided: TwoSidedRule,
  known: Dispersion | null,
): CountTest {
  if (test === "exact") return exactCountTest(control, treatment, confidence, twoSided);
  if (test === "score") return countScoreTest(control, treatment, confidence, 1, Infinity);
  if (known === null) {
    const field = control.variance === undefined ? "control.variance" : "treatment.variance";
    throw new DomainError(field, undefined, 'must be given for the test "quasi-poisson"');
  }
  const { dispersion, degreesOfFreedom } = known;
  if (degreesOfFreedom === 0) {
    throw new DomainError("treatment.n", treatment.n, "must make at least 3 units together with the control");
  }
  return countScoreTest(control, treatment, confidence, dispersion ?? 1, degreesOfFreedom);
}

/** An infinite error stays one, whatever the dispersion. */
function times(scale: number, error: number): number {
  return error === Infinity ? error : scale * error;
}

function countArm({ n, events, variance }: Count): CountArm {
  return { n, events, ...(variance === undefined ? {} : { variance }), rate: events / n };
}
