import type { Interval } from "../core/interval.ts";
import type { CheckedComparisonOptions } from "./comparison-options.ts";
import { effectPosterior } from "./effect-posterior.ts";
import { marginalContrast } from "./highest-density-of-marginal.ts";
import type { Marginal } from "./marginal.ts";
import type { QuantileAt } from "./quantiles-at.ts";

/** The posterior of a positive amount of one arm. */
export interface AmountPosterior {
  /** Infinite where it does not exist. */
  readonly mean: number;
  /** Infinite where it does not exist. */
  readonly standardDeviation: number;
  readonly median: number;
  /** Equal-tailed credible interval. */
  readonly interval: Interval;
  /** The shortest interval of the same probability. */
  readonly highestDensityInterval: Interval;
  /** One for each level asked for; none unless asked for. */
  readonly quantiles: readonly QuantileAt[];
}

export function amountPosterior(
  marginal: Marginal,
  { confidenceLevel, quantileLevels }: CheckedComparisonOptions,
): AmountPosterior {
  const { mean, standardDeviation } = marginal;
  const { median, interval, highestDensityInterval, quantiles } = effectPosterior(
    marginalContrast(marginal),
    marginal.axis,
    marginal,
    "median",
    confidenceLevel,
    quantileLevels,
  );
  return { mean, standardDeviation, median, interval, highestDensityInterval, quantiles };
}
