import type { Estimate } from "../core/estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";
import type { NormalConfidence } from "../inference/two-proportions.ts";
import { levelLiftInterval } from "../models/level-lift-interval.ts";
import { type FunnelArms, otherVariance } from "./funnel-counts.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/**
 * A step's share of the log lift of the last step, with Fieller's set: the part is one of the independent parts whose
 * sum the total is, so that their covariance is the variance of the part.
 */
export function funnelShare(
  arms: FunnelArms,
  k: number,
  part: Estimate,
  total: Estimate,
  confidence: NormalConfidence,
): Estimate {
  if (!isBounded(part) || !isBounded(total) || total.estimate === 0) {
    return undeterminedEstimate("fieller", confidence);
  }
  const share = part.estimate / total.estimate;
  const restError = Math.sqrt(otherVariance(arms.control, k) + otherVariance(arms.treatment, k));
  const side = Math.sign(total.estimate);
  // The share − 1 is the lift of the part over the total, both turned so that the total is positive.
  const interval = levelLiftInterval(
    {
      control: side * total.estimate,
      treatment: side * part.estimate,
      difference: side * (part.estimate - total.estimate),
      standardError: restError,
      controlError: total.standardError,
      treatmentError: part.standardError,
      correlation: total.standardError === 0 ? 0 : Math.min(1, part.standardError / total.standardError),
      degreesOfFreedom: Infinity,
    },
    confidence.z,
    confidence,
    "fieller",
  );
  const { lower, upper, excluded } = interval;
  return makeEstimate(
    share,
    hypot((1 - share) * part.standardError, share * restError) / Math.abs(total.estimate),
    {
      ...interval,
      lower: lower + 1,
      upper: upper + 1,
      dualToTest: false,
      excluded: excluded && { lower: excluded.lower + 1, upper: excluded.upper + 1 },
    },
    confidence.alternative,
  );
}

interface BoundedEstimate extends Estimate {
  readonly estimate: number;
  readonly standardError: number;
}

function isBounded(estimate: Estimate): estimate is BoundedEstimate {
  return Number.isFinite(estimate.estimate) && Number.isFinite(estimate.standardError);
}
