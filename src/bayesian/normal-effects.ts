import type { Contrast } from "./contrast.ts";
import { type Cumulants, differenceCumulants } from "./cumulants.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import type { EffectScale } from "./effect-scale.ts";
import type { Marginal } from "./marginal.ts";
import { meanMarginal } from "./normal-posterior.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import { studentTMarginal } from "./student-t-marginal.ts";
import { marginalDifference } from "./two-marginals.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The Behrens–Fisher distribution, in a unit of its own, so that no mean or variance is too large or too small for it. */
export interface NormalDifference {
  /** Of the difference less that of the centres, over the joint scale of both arms. */
  readonly contrast: Contrast;
  readonly scale: EffectScale;
  /** From a difference to that of the contrast. */
  readonly parameter: (value: number) => number;
}

/** Treatment mean − control mean. */
export function normalDifference(
  control: NormalInverseGammaPrior,
  treatment: NormalInverseGammaPrior,
): NormalDifference {
  const lead = treatment.mu - control.mu;
  const widths = [control, treatment].map((arm) => meanMarginal(arm).width);
  const unit = hypot(...widths);
  const logUnit = ln(unit);
  const [x, y] = [control, treatment].map(({ alpha }, i) => ({ width: widths[i]! / unit, df: 2 * alpha }));
  return {
    contrast: {
      ...marginalDifference(aboutZero(x!), aboutZero(y!)),
      cumulants: differenceCumulants(meanCumulants(y!), meanCumulants(x!)),
    },
    scale: { value: (parameter) => lead + unit * parameter, logSlope: () => logUnit },
    parameter: (value) => (value - lead) / unit,
  };
}

/** The width and the degrees of freedom of a mean's t distribution. */
interface Spread {
  readonly width: number;
  readonly df: number;
}

function aboutZero({ width, df }: Spread): Marginal {
  return studentTMarginal(0, width, df);
}

/** With fewer degrees of freedom the moments do not exist or say nothing of the body. */
const FEWEST_FOR_MOMENTS = 6;

function meanCumulants({ width, df }: Spread): Cumulants {
  const degreesOfFreedom = Math.max(FEWEST_FOR_MOMENTS, df);
  const variance = (width * width * degreesOfFreedom) / (degreesOfFreedom - 2);
  return { mean: 0, variance, third: 0, fourth: (6 / (degreesOfFreedom - 4)) * variance * variance };
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
    standardDeviation: hypot(ofControl.standardDeviation, ofTreatment.standardDeviation),
  };
}
