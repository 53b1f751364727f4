import type { Alternative } from "../core/alternative.ts";
import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import {
  differenceStandardError,
  liftStandardError,
  logOddsRatioStandardError,
} from "../models/effect-standard-errors.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import { oddsRatio, rateDifference, rateLift } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { BARNARD_TEST } from "./barnard-test.ts";
import { BOSCHLOO_TEST } from "./boschloo-test.ts";
import { FISHER_TEST, MID_P_TEST } from "./conditional-test.ts";
import { LIKELIHOOD_RATIO_TEST } from "./likelihood-ratio-test.ts";
import { ratioError } from "./log-scale-estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { proportionCautions } from "./proportion-cautions.ts";
import type { ArmRate, ProportionComparison } from "./proportion-comparison.ts";
import type { ProportionTest, TestBasis } from "./proportion-test.ts";
import { MIETTINEN_NURMINEN_TEST, SCORE_TEST } from "./score-test.ts";
import { checkedTwoProportions, type TwoProportionsOptions } from "./two-proportions.ts";
import { TWO_SIDED_RULES, type TwoSidedRule } from "./two-sided-rule.ts";
import { WALD_TEST } from "./wald-test.ts";
import { YATES_TEST } from "./yates-test.ts";

export type { ProportionComparison } from "./proportion-comparison.ts";

/** Tests of two proportions. Each comes with the intervals that go with it. */
export type ProportionTestName =
  "score" | "miettinen-nurminen" | "wald" | "yates" | "g" | "fisher" | "mid-p" | "boschloo" | "barnard";

export interface CompareProportionsOptions extends TwoProportionsOptions {
  /** `score` unless said. */
  readonly test?: ProportionTestName | undefined;
  /** Of the exact tests; `minimum-likelihood` unless said. */
  readonly twoSided?: TwoSidedRule | undefined;
}

const TESTS: Readonly<Record<ProportionTestName, ProportionTest>> = {
  score: SCORE_TEST,
  "miettinen-nurminen": MIETTINEN_NURMINEN_TEST,
  wald: WALD_TEST,
  yates: YATES_TEST,
  g: LIKELIHOOD_RATIO_TEST,
  fisher: FISHER_TEST,
  "mid-p": MID_P_TEST,
  boschloo: BOSCHLOO_TEST,
  barnard: BARNARD_TEST,
};
const TEST_NAMES = /* @__PURE__ */ Object.keys(TESTS) as readonly ProportionTestName[];

const NORMAL_STATISTIC =
  "The test statistic is close to normal, which fails where few conversions are expected.";
const ASSUMPTIONS: Readonly<Record<TestBasis, readonly string[]>> = {
  "expected-counts": [INDEPENDENT_UNITS, NORMAL_STATISTIC],
  "unpooled-variance": [INDEPENDENT_UNITS, NORMAL_STATISTIC],
  exact: [INDEPENDENT_UNITS],
};

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
 * - `yates`: the score test with the continuity correction, as R's `prop.test`; `g`: the likelihood-ratio test.
 * - `fisher`: exact given all conversions, as R's `fisher.test`, with its conditional estimate of the odds ratio; `mid-p`:
 *   the same with the table seen counted by half.
 * - `boschloo`, `barnard`: exact whatever the common rate, with tables ordered by Fisher's p-value or by the pooled z;
 *   up to 1e7 tables (the units of one arm times those of the other). Less than a millisecond at 100 units an arm;
 *   seconds, and up to a minute, where a handful of units faces millions.
 *
 * Where none or all of the units converted the statistic is 0, and the two-sided p-value 1 (one half for `mid-p` by
 * minimum likelihood).
 *
 * @param options.control - conversions and units of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.test - `score` unless said
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @param options.twoSided - how exact tests judge both sides. `minimum-likelihood` unless said: outcomes no likelier
 *   than the one seen count (for `barnard` those with as large a z, for `boschloo` with as small a Fisher p-value);
 *   `central`: twice the smaller one-sided p-value
 * @returns test and estimates; `statistic` is z or its like, Fisher's p-value for `boschloo`, and null for `fisher` and
 *   `mid-p`; it and the p-values are also null where `wald` has no variance to judge by
 * @throws {DomainError} for a broken arm, an unknown test, alternative or rule, a level outside (0, 1), or more tables
 *   than `boschloo` and `barnard` take
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
 * Mee (1984); Koopman (1984); Miettinen and Nurminen (1985); Fieller (1954); Woolf (1955); Yates (1934); Fisher (1935);
 * Lancaster (1961); Boschloo (1970); Barnard (1947).
 */
export function compareProportions(options: CompareProportionsOptions): ProportionComparison {
  checkObject("options", options);
  const { control, treatment, test = "score", twoSided = "minimum-likelihood" } = options;
  const confidence = checkedTwoProportions(options);
  checkOneOf("test", test, TEST_NAMES);
  checkOneOf("twoSided", twoSided, TWO_SIDED_RULES);
  const { alternative, confidenceLevel } = confidence;
  const sides = { alternative, twoSided };
  const { basis, outcome, intervals, estimateOddsRatio = oddsRatio } = TESTS[test];
  const { statistic, pValue, logPValue } = outcome(control, treatment, sides);
  const status = pValue === null ? "undetermined" : "ok";
  const effects = intervals(control, treatment, confidence, sides);
  return {
    kind: "proportion-comparison",
    method: test,
    alternative,
    confidenceLevel,
    control: armRate(control),
    treatment: armRate(treatment),
    statistic,
    pValue,
    logPValue,
    difference: {
      estimate: rateDifference(control, treatment),
      standardError: differenceStandardError(control, treatment),
      interval: effects.difference,
      status,
    },
    lift: liftEstimate(control, treatment, effects.lift, alternative),
    oddsRatio: oddsRatioEstimate(
      control,
      treatment,
      estimateOddsRatio(control, treatment),
      effects.oddsRatio,
      alternative,
    ),
    status,
    warnings: proportionCautions(control, treatment, basis),
    assumptions: [...ASSUMPTIONS[basis]],
  };
}

function armRate({ n, conversions }: Proportion): ArmRate {
  return { n, conversions, rate: conversions / n };
}

function liftEstimate(
  control: Proportion,
  treatment: Proportion,
  interval: Interval,
  alternative: Alternative,
): Estimate {
  const lift = rateLift(control, treatment);
  const standardError = lift === null ? null : liftStandardError(control, treatment);
  return makeEstimate(lift, standardError, interval, alternative);
}

function oddsRatioEstimate(
  control: Proportion,
  treatment: Proportion,
  ratio: number | null,
  interval: Interval,
  alternative: Alternative,
): Estimate {
  const standardError =
    ratio === null ? null : ratioError(ratio, logOddsRatioStandardError(control, treatment));
  return makeEstimate(ratio, standardError, interval, alternative);
}
