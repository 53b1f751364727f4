import { productDifference } from "../models/product-difference.ts";
import { betaExcess } from "../numerics/beta-excess.ts";
import { logBetaPrefix } from "../numerics/beta-prefix.ts";
import { betaQuantilePoint } from "../numerics/beta-quantile.ts";
import type { Side } from "../numerics/beside-line.ts";
import { logIncompleteBeta } from "../numerics/incomplete-beta.ts";
import type { BetterArm } from "./better-arm.ts";
import type { Contrast } from "./contrast.ts";
import { type Cumulants, differenceCumulants, logOddsCumulants } from "./cumulants.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import { gammaMarginal } from "./gamma-marginal.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import { marginalDifference } from "./two-marginals.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

// Of C ~ Gamma(a, r) and T ~ Gamma(b, s), independent, the share X = r C / (r C + s T) is Beta(a, b) and independent of
// the sum r C + s T. So T / C exceeds k exactly where X stays below r / (r + s k), and all that rests on the ratio has
// a closed form. Johnson, Kotz and Balakrishnan (1994), Continuous univariate distributions 1, 17.8.

/** A point of the share: x and 1 − x, and how far the mean of the share lies above it, times the sum of the shapes. */
interface SharePoint {
  readonly x: number;
  readonly y: number;
  readonly lambda: number;
}

/** The share at which treatment / control is exp(logRatio). */
function shareAt(control: GammaPrior, treatment: GammaPrior, logRatio: number): SharePoint {
  const scaled = treatment.rate * exp(logRatio);
  const total = control.rate + scaled;
  const atRatioOne = productDifference(control.shape, treatment.rate, treatment.shape, control.rate);
  const lambda = (atRatioOne + control.shape * treatment.rate * expm1(logRatio)) / total;
  return { x: control.rate / total, y: scaled / total, lambda };
}

function logTailsAt(
  control: GammaPrior,
  treatment: GammaPrior,
  { x, y, lambda }: SharePoint,
): Record<Side, number> {
  const share = logIncompleteBeta(x, y, control.shape, treatment.shape, lambda);
  return { upper: share.lower, lower: share.upper };
}

/** Far beyond what a reader believes, and products of its exponential with shapes and rates are doubles. */
const FARTHEST = 500;

/** ln(treatment rate / control rate). */
export function gammaLogRatio(control: GammaPrior, treatment: GammaPrior): Contrast {
  const scale = ln(control.rate) - ln(treatment.rate);
  const { mean, ...rest } = logOddsCumulants(treatment.shape, control.shape);
  return {
    beside(value, side) {
      const point = shareAt(control, treatment, value);
      const { x, y, lambda } = point;
      return {
        logProbability: logTailsAt(control, treatment, point)[side],
        logDensity: logBetaPrefix(x, y, control.shape, treatment.shape, lambda),
      };
    },
    lowest: -FARTHEST,
    highest: FARTHEST,
    quantileBeyond(side, tail) {
      const [lower, upper] = side === "lower" ? [tail, 1 - tail] : [1 - tail, tail];
      const { x, y } = betaQuantilePoint(lower, upper, treatment.shape, control.shape);
      const quantile = ln(x) - ln(y) + scale;
      return Math.abs(quantile) < FARTHEST ? null : quantile;
    },
    cumulants: { mean: mean + scale, ...rest },
  };
}

/** Treatment rate − control rate. */
export function gammaDifference(control: GammaPrior, treatment: GammaPrior): Contrast {
  const { beside, lowest, highest } = marginalDifference(
    gammaMarginal(control.shape, control.rate),
    gammaMarginal(treatment.shape, treatment.rate),
  );
  return {
    beside,
    lowest,
    highest,
    cumulants: differenceCumulants(gammaCumulants(treatment), gammaCumulants(control)),
  };
}

function gammaCumulants({ shape, rate }: GammaPrior): Cumulants {
  const mean = shape / rate;
  const variance = mean / rate;
  return { mean, variance, third: (2 * variance) / rate, fourth: ((6 * variance) / rate) * (1 / rate) };
}

/** E T − E C and the standard deviation of T − C. */
export function gammaDifferenceMoments(control: GammaPrior, treatment: GammaPrior): EffectMoments {
  return {
    mean:
      productDifference(treatment.shape, control.rate, control.shape, treatment.rate) /
      control.rate /
      treatment.rate,
    standardDeviation: hypot(
      Math.sqrt(control.shape) / control.rate,
      Math.sqrt(treatment.shape) / treatment.rate,
    ),
  };
}

/** Of T / C − 1, with E[1/C] = r / (a − 1) and E[1/C²] = r² / ((a − 1) (a − 2)). */
export function gammaLiftMoments(control: GammaPrior, treatment: GammaPrior): EffectMoments {
  const [a, b] = [control.shape, treatment.shape];
  if (a <= 1) return { mean: Infinity, standardDeviation: Infinity };
  const excess = productDifference(b, control.rate, treatment.rate, a - 1);
  const scale = control.rate / treatment.rate / (a - 1);
  return {
    mean: excess / treatment.rate / (a - 1),
    standardDeviation: a <= 2 ? Infinity : scale * Math.sqrt((b * (a + b - 1)) / (a - 2)),
  };
}

/** Which arm has the higher rate, and what a wrong choice costs: the smaller loss, and from it the larger one. */
export function betterGamma(control: GammaPrior, treatment: GammaPrior): BetterArm {
  const point = shareAt(control, treatment, 0);
  const { upper, lower } = logTailsAt(control, treatment, point);
  const lead = gammaDifferenceMoments(control, treatment).mean;
  const loss = lead >= 0 ? lossOfLeader(control, treatment) : lossOfLeader(treatment, control);
  return {
    logProbabilityToBeat: upper,
    logProbabilityToLose: lower,
    expectedLoss:
      lead >= 0 ? { control: loss + lead, treatment: loss } : { control: loss, treatment: loss - lead },
  };
}

/** E max(C − T, 0) where E T >= E C: the sum times E max(share − x, 0), both over r s / (r + s). */
function lossOfLeader(control: GammaPrior, treatment: GammaPrior): number {
  const { x, y, lambda } = shareAt(control, treatment, 0);
  const [a, b] = [control.shape, treatment.shape];
  const { shortfall } = betaExcess(y, x, b, a, -lambda);
  const logPrefix = logBetaPrefix(y, x, b, a, -lambda);
  return (1 / control.rate + 1 / treatment.rate) * exp(logPrefix) * shortfall;
}
