import type { Estimate } from "../core/estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { undeterminedEstimate, wholeLine } from "../core/whole-line.ts";
import { intervalWithoutTest } from "../inference/interval-without-test.ts";
import type { NormalConfidence } from "../inference/two-proportions.ts";
import { relativeVariance } from "../models/effect-standard-errors.ts";
import { logRateRatio, rateDifference } from "../models/proportion-effects.ts";
import { log1pmx } from "../numerics/log1pmx.ts";
import { atStep, type FunnelArms, otherVariance, pastStep } from "./funnel-counts.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/**
 * What each step added to the difference of the last rates p: L ln φ_k, where φ_k is the ratio of its conditional rates
 * and L = (p₂ − p₁)/ln(p₂/p₁) the logarithmic mean (LMDI: Ang 2004, 2005). These add up whatever the order of the steps,
 * and those of neighbours add up to that of both as one step, which the Shapley value does not give. Where one arm has no
 * unit at the last step the whole difference is the first empty step's, which is the limit.
 */
export function funnelContribution(
  arms: FunnelArms,
  k: number,
  part: Estimate,
  confidence: NormalConfidence,
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
  const standardError = hypot(
    (log * slopeA + mean) * Math.sqrt(relativeVariance(pastStep(arms.treatment, k))),
    log * slopeA * Math.sqrt(otherVariance(arms.treatment, k)),
    (log * slopeB - mean) * Math.sqrt(relativeVariance(pastStep(arms.control, k))),
    log * slopeB * Math.sqrt(otherVariance(arms.control, k)),
  );
  const estimate = mean * log;
  const limits = {
    lower: estimate - confidence.z * standardError,
    upper: estimate + confidence.z * standardError,
  };
  const interval = intervalWithoutTest("delta", confidence, limits, EVERY_DIFFERENCE);
  return makeEstimate(estimate, standardError, interval, confidence.alternative);
}

const EVERY_DIFFERENCE = { lower: -1, upper: 1 };

/** (e^u − 1 − u)/u². */
function excess(u: number): number {
  const size = Math.abs(u);
  if (size < 1e-8) return 0.5 + u / 6;
  // Near 0 the difference cancels, and far below 0 e^u − 1 has lost u.
  return (size < 1 ? -log1pmx(expm1(u)) : expm1(u) - u) / (u * u);
}
