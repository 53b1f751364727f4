import type { Interval } from "../core/interval.ts";
import { liftStandardError } from "../models/effect-standard-errors.ts";
import { rateLift } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** The lift ± z standard errors by the delta method, not cut at −1; over a control rate of 0 it knows nothing. */
export function deltaInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  const lift = control.conversions > 0 ? rateLift(control, treatment) : null;
  const reach = confidence.z * liftStandardError(control, treatment);
  const everything = { lower: -1, upper: Infinity };
  return intervalWithoutTest(
    "delta",
    confidence,
    lift === null ? everything : { lower: lift - reach, upper: lift + reach },
    everything,
  );
}
