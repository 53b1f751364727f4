import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { liftInterval } from "../inference/lift-interval.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import { logRatioStandardError } from "../models/effect-standard-errors.ts";
import { logRateRatio } from "../models/proportion-effects.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** ln(1 + lift) of a comparison, with the interval that inverts its test. */
export function funnelLogLift(comparison: ProportionComparison): Estimate {
  const { control, treatment, alternative, lift } = comparison;
  return makeEstimate(
    lift.estimate === null ? null : logRateRatio(control, treatment),
    lift.estimate === null ? null : logRatioStandardError(control, treatment),
    logInterval(comparison),
    alternative,
  );
}

/** A limit of the lift near −1 has lost its digits: there the limit of the arms exchanged has them. */
function logInterval({
  control,
  treatment,
  alternative,
  confidenceLevel,
  lift,
}: ProportionComparison): Interval {
  const { lower, upper } = lift.interval;
  if (lower > -0.5) return { ...lift.interval, lower: log1p(lower), upper: log1p(upper) };
  const exchanged = liftInterval({
    control: treatment,
    treatment: control,
    alternative: EXCHANGED[alternative],
    confidenceLevel,
    method: "koopman",
  });
  return {
    ...lift.interval,
    lower: -log1p(exchanged.upper),
    upper: upper > -0.5 ? log1p(upper) : -log1p(exchanged.lower),
  };
}

const EXCHANGED = { "two-sided": "two-sided", greater: "less", less: "greater" } as const;
