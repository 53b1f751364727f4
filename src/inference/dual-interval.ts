import type { Interval } from "../core/interval.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { IntervalEnds } from "./interval-ends.ts";
import type { NormalConfidence, TwoProportionsInterval } from "./two-proportions.ts";

type EffectLimit<Arm> = (control: Arm, treatment: Arm, chiSquared: number) => number;

/** The limits at which a test of an effect reaches a critical value, and where the parameter itself ends. */
export interface EffectLimits<Arm = Proportion> {
  readonly lowerLimit: EffectLimit<Arm>;
  readonly upperLimit: EffectLimit<Arm>;
  readonly bottom: number;
  readonly top: number;
}

// Stands for z = 0, a one-sided level of exactly one half, where the limit is the estimate: the limits approach it.
const SMALLEST_CHI_SQUARED = 1e-200;

/** The interval of an effect that inverts its test, under a name. */
export function dualMethod(effect: EffectLimits, method: string): TwoProportionsInterval {
  return (control, treatment, confidence) => dualInterval(effect, control, treatment, confidence, method);
}

/**
 * The effects that a test does not reject; that of Miettinen and Nurminen widens the variance by N/(N − 1).
 */
export function dualInterval<Arm extends { readonly n: number }>(
  effect: EffectLimits<Arm>,
  control: Arm,
  treatment: Arm,
  confidence: NormalConfidence,
  method: string,
): Interval {
  const total = control.n + treatment.n;
  const widening = method === "miettinen-nurminen" ? total / (total - 1) : 1;
  const ends = { lower: effect.bottom, upper: effect.top };
  writeDualEnds(effect, control, treatment, confidence, ends, widening);
  return {
    lower: ends.lower,
    upper: ends.upper,
    confidenceLevel: confidence.confidenceLevel,
    method,
    dualToTest: true,
    excluded: null,
  };
}

/** Writes the ends of the effects that a test does not reject, with its variance times `widening`. */
export function writeDualEnds<Arm>(
  effect: EffectLimits<Arm>,
  control: Arm,
  treatment: Arm,
  { alternative, z }: NormalConfidence,
  ends: IntervalEnds,
  widening = 1,
): void {
  const { lowerLimit, upperLimit, bottom, top } = effect;
  const chiSquared = Math.max(z * z * widening, SMALLEST_CHI_SQUARED);
  // Below a one-sided level of one half z is negative, and the lower limit lies above the estimate.
  const isTurned = z < 0;
  const lower = isTurned ? upperLimit : lowerLimit;
  const upper = isTurned ? lowerLimit : upperLimit;
  ends.lower = alternative === "less" ? bottom : lower(control, treatment, chiSquared);
  // At the bottom a limit may be rounded to below it.
  ends.upper = alternative === "greater" ? top : Math.max(bottom, upper(control, treatment, chiSquared));
}
