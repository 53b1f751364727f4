import type { Interval } from "../core/interval.ts";
import { logRatioStandardError } from "../models/effect-standard-errors.ts";
import { rateLift } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { liftIntervalOnLogScale } from "./log-scale-estimate.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/**
 * The ratio of the rates times e to ± z standard errors of its log (Katz et al. 1978); without conversions in an arm it
 * knows nothing.
 */
export function katzInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  const lift = rateLift(control, treatment);
  return liftIntervalOnLogScale(lift, logRatioStandardError(control, treatment), confidence, "katz");
}
