import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import type { NormalConfidence } from "./two-proportions.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

const EVERY_LIFT = { lower: -1, upper: Infinity };
const EVERY_RATIO = { lower: 0, upper: Infinity };

/** The interval that is ± z standard errors of ln(1 + lift) wide; without such an error it knows nothing. */
export function liftIntervalOnLogScale(
  lift: number | null,
  logError: number,
  confidence: NormalConfidence,
  method: string,
): Interval {
  const reach = confidence.z * logError;
  const limits =
    lift === null || logError === Infinity
      ? EVERY_LIFT
      : { lower: expm1(log1p(lift) - reach), upper: expm1(log1p(lift) + reach) };
  return intervalWithoutTest(method, confidence, limits, EVERY_LIFT);
}

/** The same for a ratio, such as one of odds. */
export function ratioIntervalOnLogScale(
  ratio: number | null,
  logError: number,
  confidence: NormalConfidence,
  method: string,
): Interval {
  const factor = exp(confidence.z * logError);
  const limits =
    ratio === null || logError === Infinity ? EVERY_RATIO : { lower: ratio / factor, upper: ratio * factor };
  return intervalWithoutTest(method, confidence, limits, EVERY_RATIO);
}

/**
 * A lift with its interval on the log scale.
 *
 * @param lift - null where it cannot be known
 */
export function liftOnLogScale(
  lift: number | null,
  logError: number,
  confidence: NormalConfidence,
  method: string,
): Estimate {
  return makeEstimate(
    lift,
    lift === null ? null : ratioError(1 + lift, logError),
    liftIntervalOnLogScale(lift, logError, confidence, method),
    confidence.alternative,
  );
}

/** The same for a ratio. */
export function ratioOnLogScale(
  ratio: number | null,
  logError: number,
  confidence: NormalConfidence,
  method: string,
): Estimate {
  return makeEstimate(
    ratio,
    ratio === null ? null : ratioError(ratio, logError),
    ratioIntervalOnLogScale(ratio, logError, confidence, method),
    confidence.alternative,
  );
}

/** Standard error of a ratio, which is the ratio times that of its log; towards a ratio of 0 that falls to 0. */
export function ratioError(ratio: number, logError: number): number {
  return ratio === 0 ? 0 : ratio * logError;
}
