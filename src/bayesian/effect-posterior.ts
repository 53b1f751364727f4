import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import type { Side } from "../numerics/beside-line.ts";
import type { Contrast } from "./contrast.ts";
import type { EffectScale } from "./effect-scale.ts";
import { equalTailed } from "./equal-tailed.ts";
import { highestDensity } from "./highest-density.ts";
import { quantileCurve } from "./quantile-curve.ts";
import { type QuantileAt, quantilesAt } from "./quantiles-at.ts";

/** The posterior of an effect. `standardError` is its standard deviation, and the interval equal-tailed. */
export interface EffectPosterior extends Estimate {
  /** Posterior mean; infinite where it does not exist. Null only together with the status `undetermined`. */
  readonly mean: number | null;
  /** Posterior median. Null only together with the status `undetermined`. */
  readonly median: number | null;
  /**
   * The shortest interval of the same probability; it begins at an end of the scale where the density rises to it. Only
   * an arm without data whose prior has both shapes below 1 gives an effect more than one peak: then it is an interval
   * that cannot be shortened by moving it a little.
   */
  readonly highestDensityInterval: Interval;
  /** One for each level asked for; none unless asked for. */
  readonly quantiles: readonly QuantileAt[];
}

/** An effect posterior that is always determined. */
export interface KnownEffectPosterior extends EffectPosterior {
  readonly estimate: number;
  readonly standardError: number;
  readonly mean: number;
  readonly median: number;
}

/** Moments of an effect on the scale on which it is reported, infinite where they do not exist. */
export interface EffectMoments {
  readonly mean: number;
  readonly standardDeviation: number;
}

/**
 * Reads the posterior of an effect off its contrast.
 *
 * @param summary which of the two the estimate is: a lift's mean depends on the far tail, and may be infinite
 */
export function effectPosterior(
  contrast: Contrast,
  scale: EffectScale,
  { mean, standardDeviation }: EffectMoments,
  summary: "mean" | "median",
  confidenceLevel: number,
  quantileLevels: readonly number[] = [],
): KnownEffectPosterior {
  const curve = quantileCurve(contrast);
  const quantile = (side: Side, tail: number): number => scale.value(curve.quantile(side, tail));
  const interval = equalTailed(confidenceLevel, quantile);
  const median = quantile("lower", 0.5);
  return {
    estimate: summary === "mean" ? mean : median,
    standardError: standardDeviation,
    interval,
    status: interval.upper === Infinity ? "unbounded" : "ok",
    mean,
    median,
    highestDensityInterval: highestDensity(curve, scale, confidenceLevel),
    quantiles: quantilesAt(quantileLevels, quantile),
  };
}
