import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import { betaQuantilePoint } from "../numerics/beta-quantile.ts";
import { binomialLogPmf } from "../numerics/binomial-tails.ts";
import { incompleteBeta, logIncompleteBeta } from "../numerics/incomplete-beta.ts";
import { logAdd } from "../numerics/log-sum.ts";
import { smallestTrue } from "../numerics/smallest-true.ts";
import { eventCrossProduct } from "../models/count-effects.ts";
import { LOG_TIE_TOLERANCE } from "../models/equally-likely.ts";
import type { Count } from "../summaries/count.ts";
import type { Confidence } from "../core/confidence.ts";
import { type CountTest, countScoreTest } from "./count-score-test.ts";
import type { TwoSidedRule } from "./two-sided-rule.ts";
import type { LoggedPValue } from "./logged-p-value.ts";

// Given all events, those of the treatment are binomial with the treatment's share of the units, if rates are equal
// (Przyborowski and Wilenski 1940).

/** The exact test of two Poisson rates with Clopper and Pearson's interval of the lift; the difference has score limits. */
export function exactCountTest(
  control: Count,
  treatment: Count,
  confidence: Confidence,
  twoSided: TwoSidedRule,
): CountTest {
  const { difference } = countScoreTest(control, treatment, confidence, 1, Infinity);
  return {
    statistic: null,
    degreesOfFreedom: null,
    ...exactPValues(control, treatment, confidence.alternative, twoSided),
    difference: { ...difference, dualToTest: false },
    lift: exactLift(control, treatment, confidence, twoSided),
  };
}

function exactPValues(
  control: Count,
  treatment: Count,
  alternative: Alternative,
  twoSided: TwoSidedRule,
): LoggedPValue {
  const greater = tail(treatment, control, treatment.events);
  const less = tail(control, treatment, control.events);
  if (alternative === "greater") return greater;
  if (alternative === "less") return less;
  if (twoSided === "central") {
    const { pValue, logPValue } = greater.logPValue < less.logPValue ? greater : less;
    return { pValue: Math.min(1, 2 * pValue), logPValue: Math.min(0, Math.LN2 + logPValue) };
  }
  const cross = eventCrossProduct(control, treatment);
  if (cross === 0) return { pValue: 1, logPValue: 0 };
  const near = cross > 0 ? greater : less;
  const far = cross > 0 ? oppositeTail(treatment, control) : oppositeTail(control, treatment);
  return {
    pValue: Math.min(1, near.pValue + far.pValue),
    logPValue: Math.min(0, logAdd(near.logPValue, far.logPValue)),
  };
}

/** P(an arm has `events` or more of all), both arms' rates being equal. */
function tail(arm: Count, other: Count, events: number): LoggedPValue {
  if (events === 0) return { pValue: 1, logPValue: 0 };
  const total = arm.events + other.events;
  if (events > total) return { pValue: 0, logPValue: -Infinity };
  const units = arm.n + other.n;
  const at = [arm.n / units, other.n / units, events, total - events + 1] as const;
  return { pValue: incompleteBeta(...at).lower, logPValue: logIncompleteBeta(...at).lower };
}

/**
 * Probability of the outcomes on the other side, where the arm that has more events than expected has fewer, that are as
 * unlikely as what was seen.
 */
function oppositeTail(more: Count, fewer: Count): LoggedPValue {
  const total = more.events + fewer.events;
  const share = fewer.n / (more.n + fewer.n);
  const limit = binomialLogPmf(fewer.events, total, share) + LOG_TIE_TOLERANCE;
  // From what is expected upwards probabilities fall.
  const expected = Math.ceil(total * share);
  const mirrored = 2 * expected - fewer.events;
  const reached = smallestTrue(
    (events) => binomialLogPmf(events, total, share) <= limit,
    mirrored,
    expected,
    total + 1,
  );
  return tail(fewer, more, reached);
}

/**
 * The lifts that the one-sided exact tests do not reject: Clopper and Pearson's (1934) limits of the treatment's share
 * of all events, as R's `poisson.test` has them.
 */
function exactLift(
  control: Count,
  treatment: Count,
  { alternative, confidenceLevel, tail: miss }: Confidence,
  twoSided: TwoSidedRule,
): Interval {
  const x1 = control.events;
  const x2 = treatment.events;
  const liftAt = ({ x, y }: { readonly x: number; readonly y: number }): number =>
    (x / y) * (control.n / treatment.n) - 1;
  const isOpenBelow = alternative === "less" || x2 === 0;
  const isOpenAbove = alternative === "greater" || x1 === 0;
  return {
    lower: isOpenBelow ? -1 : liftAt(betaQuantilePoint(miss, 1 - miss, x2, x1 + 1)),
    upper: isOpenAbove ? Infinity : liftAt(betaQuantilePoint(1 - miss, miss, x2 + 1, x1)),
    confidenceLevel,
    method: "clopper-pearson",
    dualToTest: alternative !== "two-sided" || twoSided === "central",
    excluded: null,
  };
}
