import type { Contrast } from "./contrast.ts";
import { type Cumulants, differenceCumulants } from "./cumulants.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import { meanMarginal } from "./normal-posterior.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import type { Spot } from "../numerics/two-spots.ts";
import { besideMeeting, FARTHEST_DIFFERENCE, marginalDifference, type Meeting } from "./two-marginals.ts";

/** Treatment mean − control mean: the Behrens–Fisher distribution. */
export function normalDifference(
  control: NormalInverseGammaPrior,
  treatment: NormalInverseGammaPrior,
): Contrast {
  const contrast = marginalDifference(meanMarginal(control), meanMarginal(treatment));
  return {
    ...contrast,
    cumulants: differenceCumulants(meanCumulants(treatment), meanCumulants(control)),
  };
}

/** With fewer degrees of freedom the moments do not exist or say nothing of the body. */
const FEWEST_FOR_MOMENTS = 6;

function meanCumulants(posterior: NormalInverseGammaPrior): Cumulants {
  const degreesOfFreedom = Math.max(FEWEST_FOR_MOMENTS, 2 * posterior.alpha);
  const { width } = meanMarginal(posterior);
  const variance = (width * width * degreesOfFreedom) / (degreesOfFreedom - 2);
  return {
    mean: posterior.mu,
    variance,
    third: 0,
    fourth: (6 / (degreesOfFreedom - 4)) * variance * variance,
  };
}

/** The mean is the difference of both, and infinite where one of them does not exist. */
export function normalDifferenceMoments(
  control: NormalInverseGammaPrior,
  treatment: NormalInverseGammaPrior,
): EffectMoments {
  const ofControl = meanMarginal(control);
  const ofTreatment = meanMarginal(treatment);
  const exists = Number.isFinite(ofControl.mean) && Number.isFinite(ofTreatment.mean);
  return {
    mean: exists ? treatment.mu - control.mu : Infinity,
    standardDeviation: Math.hypot(ofControl.standardDeviation, ofTreatment.standardDeviation),
  };
}

/** ln P(control mean <= 0). */
export function logControlNotPositive(control: NormalInverseGammaPrior): number {
  return meanMarginal(control).logTails(-control.mu).lower;
}

/** Treatment mean / control mean − 1, given that the control's mean is above 0; its center must be. */
export function normalLift(control: NormalInverseGammaPrior, treatment: NormalInverseGammaPrior): Contrast {
  const ofControl = meanMarginal(control);
  const ofTreatment = meanMarginal(treatment);
  const logPositive = ofControl.logTails(-control.mu).upper;
  const ratio = treatment.mu / control.mu;
  const relative = Math.min(1, ofControl.width / control.mu);
  const spread = Math.hypot(ofTreatment.width / control.mu, ratio * relative);
  return {
    beside(value, side) {
      const { logProbability, logDensity } = besideMeeting(liftMeeting(control, treatment, value), side);
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

/** Both means where the treatment's is 1 + lift times the control's, along the log of the control's mean over its center. */
function liftMeeting(
  control: NormalInverseGammaPrior,
  treatment: NormalInverseGammaPrior,
  lift: number,
): Meeting {
  const ofControl = meanMarginal(control);
  const ofTreatment = meanMarginal(treatment);
  const center = control.mu;
  const logCenter = Math.log(center);
  // The treatment's value less its center, where the control's is at its own.
  const gap = lift * center - (treatment.mu - center);
  return {
    near: {
      center: 0,
      width: Math.min(1, ofControl.width / center),
      logDensity: (u) => ofControl.logDensity(center * Math.expm1(u)) + logCenter + u,
    },
    far: ofTreatment,
    follow: (u) => gap + (1 + lift) * center * Math.expm1(u),
    farSpot: treatmentSpot(ofTreatment.width, treatment.mu, (1 + lift) * center),
    logPace: (u) => logCenter + u,
  };
}

/** Where the treatment's distribution varies along the log of the control's mean, given their ratio times its center. */
function treatmentSpot(scale: number, mu: number, slope: number): Spot | null {
  if (slope === 0) return null;
  const isWithin = mu / slope > 0 && scale < Math.abs(mu);
  return isWithin
    ? { center: Math.log(mu / slope), width: scale / Math.abs(mu) }
    : { center: Math.log(Math.hypot(mu, scale) / Math.abs(slope)), width: 1 };
}
