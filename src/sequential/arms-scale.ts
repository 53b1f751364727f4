import { checkObject } from "../core/checks.ts";
import { checkSameCaps } from "../summaries/caps.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { checkRatio, type Ratio } from "../summaries/ratio.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import {
  checkRatioUnits,
  checkWelchUnits,
  type EffectScale,
  meanScale,
  proportionScale,
  ratioScale,
} from "./effect-scale.ts";

/** Two arms of a metric that is looked at: a proportion, a mean or a ratio. */
export type LookArms = TwoArms<Proportion> | TwoArms<Mean> | TwoArms<Ratio>;

/** Checks both arms, and finds the way to the scales of their effect. */
export function checkedScale(field: string, arms: LookArms): EffectScale {
  const { control } = arms;
  checkObject(`${field}.control`, control);
  if ("conversions" in control) checkBoth(field, arms as TwoArms<Proportion>, checkProportion);
  else if ("numerator" in control) checkRatios(field, arms as TwoArms<Ratio>);
  else checkMeans(field, arms as TwoArms<Mean>);
  return armsScale(arms);
}

/** The same of arms that have been checked. */
export function armsScale({ control, treatment }: LookArms): EffectScale {
  if ("conversions" in control) return proportionScale(control, treatment as Proportion);
  if ("numerator" in control) return ratioScale(control, treatment as Ratio);
  return meanScale(control, treatment as Mean);
}

function checkBoth<Arm>(
  field: string,
  { control, treatment }: TwoArms<Arm>,
  check: (field: string, arm: Arm) => void,
): void {
  check(`${field}.control`, control);
  check(`${field}.treatment`, treatment);
}

function checkMeans(field: string, arms: TwoArms<Mean>): void {
  checkBoth(field, arms, checkMean);
  checkSameCaps(
    `${field}.control.winsorized`,
    arms.control.winsorized,
    `${field}.treatment.winsorized`,
    arms.treatment.winsorized,
  );
  checkWelchUnits(field, arms);
}

function checkRatios(field: string, arms: TwoArms<Ratio>): void {
  checkBoth(field, arms, checkRatio);
  checkRatioUnits(field, arms);
}
