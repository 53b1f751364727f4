import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

/** How an effect is reported, from the scale on which its posterior is nearest to normal. */
export interface EffectScale {
  readonly value: (parameter: number) => number;
  /** ln of the derivative of the value, which turns the density of the parameter into that of the value. */
  readonly logSlope: (parameter: number) => number;
}

/** A difference, as it is. */
export const DIFFERENCE_SCALE: EffectScale = { value: (parameter) => parameter, logSlope: () => 0 };

/** A lift, from the log of treatment / control. */
export const LIFT_SCALE: EffectScale = { value: expm1, logSlope: (parameter) => parameter };

/** An odds ratio, from its log. */
export const ODDS_RATIO_SCALE: EffectScale = { value: exp, logSlope: (parameter) => parameter };
