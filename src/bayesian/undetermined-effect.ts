import type { EffectPosterior } from "./effect-posterior.ts";

/** The posterior of an effect that has no meaning. */
export function undeterminedEffect(confidenceLevel: number): EffectPosterior {
  const whole = { lower: -Infinity, upper: Infinity, confidenceLevel, dualToTest: false, excluded: null };
  return {
    estimate: null,
    standardError: null,
    interval: { ...whole, method: "equal-tailed" },
    status: "undetermined",
    mean: null,
    median: null,
    highestDensityInterval: { ...whole, method: "highest-density" },
    quantiles: [],
  };
}
