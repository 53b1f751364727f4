import type { Interval } from "../core/interval.ts";
import { logRatioStandardError } from "../models/effect-standard-errors.ts";
import { rateLift } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** The ratio of the rates times e to ± z standard errors of its log (Katz et al. 1978); without conversions in an arm it knows nothing. */
export function katzInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  const standardError = logRatioStandardError(control, treatment);
  const reach = confidence.z * standardError;
  const logRatio = standardError < Infinity ? Math.log1p(rateLift(control, treatment)!) : null;
  const everything = { lower: -1, upper: Infinity };
  return intervalWithoutTest(
    "katz",
    confidence,
    logRatio === null
      ? everything
      : { lower: Math.expm1(logRatio - reach), upper: Math.expm1(logRatio + reach) },
    everything,
  );
}
