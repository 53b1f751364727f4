import type { Interval } from "../core/interval.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { NormalConfidence, TwoProportionsInterval } from "./two-proportions.ts";

type ScoreLimit<Arm> = (control: Arm, treatment: Arm, chiSquared: number) => number;

/** An effect whose interval inverts the score test: its two limits, and where the parameter itself ends. */
export interface ScoreEffect<Arm = Proportion> {
  readonly lowerLimit: ScoreLimit<Arm>;
  readonly upperLimit: ScoreLimit<Arm>;
  readonly bottom: number;
  readonly top: number;
}

// Stands for z = 0, a one-sided level of exactly one half, where the limit is the estimate: the limits approach it.
const SMALLEST_CHI_SQUARED = 1e-200;

/** The score interval of an effect under a name. */
export function scoreMethod(effect: ScoreEffect, method: string): TwoProportionsInterval {
  return (control, treatment, confidence) => scoreInterval(effect, control, treatment, confidence, method);
}

/**
 * The effects that the score test does not reject; those of Miettinen and Nurminen widen the variance by N/(N − 1).
 */
export function scoreInterval<Arm extends { readonly n: number }>(
  effect: ScoreEffect<Arm>,
  control: Arm,
  treatment: Arm,
  { alternative, confidenceLevel, z }: NormalConfidence,
  method: string,
): Interval {
  const total = control.n + treatment.n;
  const widening = method === "miettinen-nurminen" ? total / (total - 1) : 1;
  const chiSquared = Math.max(z * z * widening, SMALLEST_CHI_SQUARED);
  // Below a one-sided level of one half z is negative, and the lower limit lies above the estimate.
  const { lowerLimit, upperLimit } =
    z < 0 ? { lowerLimit: effect.upperLimit, upperLimit: effect.lowerLimit } : effect;
  return {
    lower: alternative === "less" ? effect.bottom : lowerLimit(control, treatment, chiSquared),
    upper: alternative === "greater" ? effect.top : upperLimit(control, treatment, chiSquared),
    confidenceLevel,
    method,
    dualToTest: true,
    excluded: null,
  };
}
