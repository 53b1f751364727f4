import type { Interval } from "../core/interval.ts";
import type { CheckedComparisonOptions } from "./comparison-options.ts";
import { effectPosterior } from "./effect-posterior.ts";
import type { EffectScale } from "./effect-scale.ts";
import { momentsOn, type PanelledContrast } from "./panelled-contrast.ts";
import type { QuantileAt } from "./quantiles-at.ts";
import { type ArmEvidence, rateAt } from "./rate-pair.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The posterior of one arm's conversion rate, of whatever family. */
export interface RatePosterior {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly median: number;
  /** Equal-tailed credible interval. */
  readonly interval: Interval;
  /** The shortest interval of the same probability. */
  readonly highestDensityInterval: Interval;
  /** One for each level asked for; none unless asked for. */
  readonly quantiles: readonly QuantileAt[];
}

/** Reads the posterior off the contrast that is the rate's distance in log-odds from the arm's reference. */
export function ratePosterior(
  { reference }: ArmEvidence,
  contrast: PanelledContrast,
  { confidenceLevel, quantileLevels }: CheckedComparisonOptions,
): RatePosterior {
  const scale: EffectScale = {
    value: (distance) => rateAt(reference, distance).rate,
    logSlope: (distance) => {
      const { rate, rest } = rateAt(reference, distance);
      return ln(rate) + ln(rest);
    },
  };
  const moments = momentsOn(scale, contrast);
  const { mean, median, interval, highestDensityInterval, quantiles } = effectPosterior(
    contrast,
    scale,
    moments,
    "mean",
    confidenceLevel,
    quantileLevels,
  );
  return {
    mean,
    standardDeviation: moments.standardDeviation,
    median,
    interval,
    highestDensityInterval,
    quantiles,
  };
}
