import type { Warning } from "../core/warning.ts";
import type { Spot } from "../numerics/two-spots.ts";
import type { Contrast } from "./contrast.ts";
import type { Marginal } from "./marginal.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import { meanMarginal } from "./normal-posterior.ts";
import { besideMeeting, FARTHEST_DIFFERENCE, type Meeting, type NearArm, nearArm } from "./two-marginals.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The lift of two means, given that the control's is above 0. */
export interface NormalLift {
  /** Null where the control's mean is not surely enough above 0. */
  readonly contrast: Contrast | null;
  readonly warnings: readonly Warning[];
}

/** A chance of a control at or below 0 is worth a word from this share of what the interval leaves out at one end. */
const NOTEWORTHY = 0.01;

/** Undetermined where the control's mean is at or below 0 with more than the probability left out at one end. */
export function normalLift(
  control: NormalInverseGammaPrior,
  treatment: NormalInverseGammaPrior,
  confidenceLevel: number,
): NormalLift {
  const chance = exp(meanMarginal(control).logTails(-control.mu).lower);
  const tail = (1 - confidenceLevel) / 2;
  if (chance > tail) {
    const message = `The control's mean is at or below 0 with a probability of ${chance.toPrecision(2)}, so a lift over it means nothing; read the difference instead.`;
    return { contrast: null, warnings: [{ code: "UNDETERMINED_LIFT", message }] };
  }
  const contrast = liftGivenPositiveControl(control, treatment);
  if (chance <= NOTEWORTHY * tail) return { contrast, warnings: [] };
  const message = `The control's mean is at or below 0 with a probability of ${chance.toPrecision(2)}; the lift is that given a mean above 0, and its tails are long because the control may be next to 0.`;
  return { contrast, warnings: [{ code: "CONTROL_NEAR_ZERO", message }] };
}

/** Treatment mean / control mean − 1, given that the control's mean is above 0; its center must be. */
function liftGivenPositiveControl(
  control: NormalInverseGammaPrior,
  treatment: NormalInverseGammaPrior,
): Contrast {
  const ofControl = meanMarginal(resolvable(control));
  const ofTreatment = meanMarginal(resolvable(treatment));
  const logPositive = ofControl.logTails(-control.mu).upper;
  const ratio = treatment.mu / control.mu;
  const relative = Math.min(1, ofControl.width / control.mu);
  const spread = hypot(ofTreatment.width / control.mu, ratio * relative);
  const near = logMeanArm(ofControl, control.mu);
  return {
    beside(value, side) {
      const { logProbability, logDensity } = besideMeeting(
        liftMeeting(near, control.mu, ofTreatment, treatment.mu, value),
        side,
      );
      return { logProbability: logProbability - logPositive, logDensity: logDensity - logPositive };
    },
    lowest: -FARTHEST_DIFFERENCE,
    highest: FARTHEST_DIFFERENCE,
    cumulants: {
      mean: (treatment.mu - control.mu) / control.mu,
      variance: spread * spread,
      third: 6 * ratio * spread * spread * relative * relative,
      fourth: 0,
    },
  };
}

/** Of a mean, the share of it below which a ratio of means has no digits. */
const LEAST_SHARE = 1e-15;

/** A mean that is known to more digits than a double has, known to as many as that. */
function resolvable(arm: NormalInverseGammaPrior): NormalInverseGammaPrior {
  const leastScale = LEAST_SHARE * Math.abs(arm.mu);
  return { ...arm, beta: Math.max(arm.beta, arm.alpha * arm.kappa * leastScale * leastScale) };
}

/** A mean along the log of it over its center. */
function logMeanArm({ width, logDensity }: Marginal, center: number): NearArm {
  const logCenter = ln(center);
  return nearArm({
    center: 0,
    width: Math.min(1, width / center),
    logDensity: (u) => logDensity(center * expm1(u)) + logCenter + u,
  });
}

/** Both means where the treatment's is 1 + lift times the control's. */
function liftMeeting(
  near: NearArm,
  center: number,
  treatment: Marginal,
  treatmentCenter: number,
  lift: number,
): Meeting {
  const logCenter = ln(center);
  // The treatment's value less its center, where the control's is at its own.
  const gap = lift * center - (treatmentCenter - center);
  const slope = (1 + lift) * center;
  return {
    near,
    far: treatment,
    follow: (u) => gap + slope * expm1(u),
    farSpot: treatmentSpot(treatment.width, treatmentCenter, slope),
    logPace: (u) => logCenter + u,
  };
}

/** Where the treatment's distribution varies along the log of the control's mean, given their ratio times its center. */
function treatmentSpot(scale: number, mu: number, slope: number): Spot | null {
  if (slope === 0) return null;
  const isWithin = mu / slope > 0 && scale < Math.abs(mu);
  return isWithin
    ? { center: ln(mu / slope), width: scale / Math.abs(mu) }
    : { center: ln(hypot(mu, scale) / Math.abs(slope)), width: 1 };
}
