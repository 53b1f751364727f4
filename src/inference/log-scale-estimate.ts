import type { Estimate } from "../core/estimate.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import { makeEstimate } from "./make-estimate.ts";
import type { NormalConfidence } from "./two-proportions.ts";

const EVERY_LIFT = { lower: -1, upper: Infinity };
const EVERY_RATIO = { lower: 0, upper: Infinity };

/**
 * A lift with the interval that is ± z standard errors of ln(1 + lift) wide; without such an error it knows nothing.
 *
 * @param lift - null where it cannot be known
 */
export function liftOnLogScale(
  lift: number | null,
  logError: number,
  confidence: NormalConfidence,
  method: string,
): Estimate {
  const reach = confidence.z * logError;
  const limits =
    lift === null || logError === Infinity
      ? EVERY_LIFT
      : { lower: Math.expm1(Math.log1p(lift) - reach), upper: Math.expm1(Math.log1p(lift) + reach) };
  return makeEstimate(
    lift,
    lift === null ? null : ratioError(1 + lift, logError),
    intervalWithoutTest(method, confidence, limits, EVERY_LIFT),
    confidence.alternative,
  );
}

/** The same for a ratio, such as one of odds. */
export function ratioOnLogScale(
  ratio: number | null,
  logError: number,
  confidence: NormalConfidence,
  method: string,
): Estimate {
  const factor = Math.exp(confidence.z * logError);
  const limits =
    ratio === null || logError === Infinity ? EVERY_RATIO : { lower: ratio / factor, upper: ratio * factor };
  return makeEstimate(
    ratio,
    ratio === null ? null : ratioError(ratio, logError),
    intervalWithoutTest(method, confidence, limits, EVERY_RATIO),
    confidence.alternative,
  );
}

/** Standard error of a ratio, which is the ratio times that of its log; towards a ratio of 0 that falls to 0. */
export function ratioError(ratio: number, logError: number): number {
  return ratio === 0 ? 0 : ratio * logError;
}
