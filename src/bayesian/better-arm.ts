import type { BetaDensity } from "../numerics/beta-density.ts";
import { meanDifference } from "./beta-effects.ts";
import { besideLine } from "../numerics/beside-line.ts";
import { differenceLine } from "../numerics/line.ts";
import { log1mexp } from "../numerics/log1mexp.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Of the integrals: what they leave out is below the rounding of the sums. */
const PRECISION = 40;

/** Which arm converts better, and what a wrong choice costs. */
export interface BetterArm {
  /** ln P(treatment rate > control rate). */
  readonly logProbabilityToBeat: number;
  /** ln P(treatment rate < control rate). */
  readonly logProbabilityToLose: number;
  /** For each arm, what choosing it is expected to lose: E max(the other's rate − its own, 0). */
  readonly expectedLoss: { readonly control: number; readonly treatment: number };
}

/**
 * What is unlikely is computed on its own and what is likely as its complement. Likewise the smaller loss: the losses
 * differ by the difference of the means, so the larger one is a sum.
 */
export function betterArm(control: BetaDensity, treatment: BetaDensity): BetterArm {
  const lead = meanDifference(control, treatment);
  if (lead < 0) {
    const { logProbabilityToBeat, logProbabilityToLose, expectedLoss } = betterArm(treatment, control);
    return {
      logProbabilityToBeat: logProbabilityToLose,
      logProbabilityToLose: logProbabilityToBeat,
      expectedLoss: { control: expectedLoss.treatment, treatment: expectedLoss.control },
    };
  }
  const line = differenceLine(0);
  const below = besideLine(control, treatment, line, "lower", PRECISION);
  const loss = exp(below.logExcess);
  const expectedLoss = { control: loss + lead, treatment: loss };
  if (below.logProbability <= -Math.LN2) {
    const logProbabilityToBeat = log1mexp(below.logProbability);
    return { logProbabilityToBeat, logProbabilityToLose: below.logProbability, expectedLoss };
  }
  // Skewed posteriors: the arm with the higher mean is the less likely one to win.
  const { logProbability } = besideLine(control, treatment, line, "upper", PRECISION);
  const logProbabilityToLose = log1mexp(logProbability);
  return { logProbabilityToBeat: logProbability, logProbabilityToLose, expectedLoss };
}
