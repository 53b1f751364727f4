import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { undeterminedEstimate, wholeLine } from "../core/whole-line.ts";
import { intervalWithoutTest } from "../inference/interval-without-test.ts";
import { liftInterval } from "../inference/lift-interval.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import { logRatioStandardError, relativeVariance } from "../models/effect-standard-errors.ts";
import { levelLiftInterval } from "../models/level-lift-interval.ts";
import { logRateRatio, rateDifference } from "../models/proportion-effects.ts";
import { log1pmx } from "../numerics/log1pmx.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { atStep, type FunnelCounts, pastStep } from "./funnel-counts.ts";
import type { NormalReach } from "./funnel-arm.ts";

// The last rate is the product of the conditional rates, so the log of its ratio between the arms is the sum of theirs,
// and so are the variances: 1/x_k − 1/x_{k−1} in each arm, which telescope to 1/x_K − 1/n.

/** Both arms of a funnel. */
export interface FunnelArms {
  readonly control: FunnelCounts;
  readonly treatment: FunnelCounts;
}

/** ln(1 + lift) of a comparison, with the interval that inverts its test. */
export function logLift(comparison: ProportionComparison): Estimate {
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
  if (lower > -0.5) return { ...lift.interval, lower: Math.log1p(lower), upper: Math.log1p(upper) };
  const exchanged = liftInterval({
    control: treatment,
    treatment: control,
    alternative: EXCHANGED[alternative],
    confidenceLevel,
    method: "koopman",
  });
  return {
    ...lift.interval,
    lower: -Math.log1p(exchanged.upper),
    upper: upper > -0.5 ? Math.log1p(upper) : -Math.log1p(exchanged.lower),
  };
}

const EXCHANGED = { "two-sided": "two-sided", greater: "less", less: "greater" } as const;

/**
 * A step's share of the log lift of the last step, with Fieller's set: the part is one of the independent parts whose
 * sum the total is, so that their covariance is the variance of the part.
 */
export function shareOf(
  arms: FunnelArms,
  k: number,
  part: Estimate,
  total: Estimate,
  { confidence, z }: NormalReach,
): Estimate {
  if (!isFinite(part) || !isFinite(total) || total.estimate === 0) {
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
    z,
    confidence,
    "fieller",
  );
  const { lower, upper, excluded } = interval;
  return makeEstimate(
    share,
    Math.hypot((1 - share) * part.standardError, share * restError) / Math.abs(total.estimate),
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

interface FiniteEstimate extends Estimate {
  readonly estimate: number;
  readonly standardError: number;
}

function isFinite(estimate: Estimate): estimate is FiniteEstimate {
  return Number.isFinite(estimate.estimate) && Number.isFinite(estimate.standardError);
}

/**
 * What each step added to the difference of the last rates p: L ln φ_k, where φ_k is the ratio of its conditional rates
 * and L = (p₂ − p₁)/ln(p₂/p₁) the logarithmic mean (LMDI: Ang 2004, 2005). These add up whatever the order of the steps,
 * and those of neighbours add up to that of both as one step, which the Shapley value does not give. Where one arm has no
 * unit at the last step the whole difference is the first empty step's, which is the limit.
 */
export function contributionOf(
  arms: FunnelArms,
  k: number,
  part: Estimate,
  { confidence, z }: NormalReach,
): Estimate {
  const last = arms.control.reached.length - 1;
  const [control, treatment] = [atStep(arms.control, last), atStep(arms.treatment, last)];
  if (control.conversions === 0 || treatment.conversions === 0) {
    if (control.conversions === treatment.conversions) return undeterminedEstimate("delta", confidence);
    const empty = control.conversions === 0 ? arms.control : arms.treatment;
    const isFirstEmpty = empty.reached.indexOf(0) === k;
    const estimate = isFirstEmpty ? rateDifference(control, treatment) : 0;
    return makeEstimate(estimate, Infinity, wholeLine("delta", confidence), confidence.alternative);
  }
  const a = treatment.conversions / treatment.n;
  const b = control.conversions / control.n;
  const total = logRateRatio(control, treatment)!;
  // L between a and b, and its slopes along ln a and ln b.
  const mean = total === 0 ? a : rateDifference(control, treatment) / total;
  const slopeA = a * excess(-total);
  const slopeB = b * excess(total);
  const log = part.estimate!;
  const standardError = Math.hypot(
    (log * slopeA + mean) * Math.sqrt(relativeVariance(pastStep(arms.treatment, k))),
    log * slopeA * Math.sqrt(otherVariance(arms.treatment, k)),
    (log * slopeB - mean) * Math.sqrt(relativeVariance(pastStep(arms.control, k))),
    log * slopeB * Math.sqrt(otherVariance(arms.control, k)),
  );
  const estimate = mean * log;
  const limits = { lower: estimate - z * standardError, upper: estimate + z * standardError };
  const interval = intervalWithoutTest("delta", confidence, limits, EVERY_DIFFERENCE);
  return makeEstimate(estimate, standardError, interval, confidence.alternative);
}

const EVERY_DIFFERENCE = { lower: -1, upper: 1 };

/** (e^u − 1 − u)/u². */
function excess(u: number): number {
  const size = Math.abs(u);
  if (size < 1e-8) return 0.5 + u / 6;
  // Near 0 the difference cancels, and far below 0 e^u − 1 has lost u.
  return (size < 1 ? -log1pmx(Math.expm1(u)) : Math.expm1(u) - u) / (u * u);
}

/** Variance of the log of all conditional rates but that of step k. */
function otherVariance(arm: FunnelCounts, k: number): number {
  const { n, conversions }: Proportion = pastStep(arm, k);
  return (
    relativeVariance({ n: arm.n, conversions: n }) +
    relativeVariance({ n: conversions, conversions: arm.reached.at(-1)! })
  );
}
