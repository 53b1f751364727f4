import type { Contrast } from "./contrast.ts";
import { type Cumulants, differenceCumulants } from "./cumulants.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import { meanMarginal } from "./normal-posterior.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import { marginalDifference } from "./two-marginals.ts";

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
