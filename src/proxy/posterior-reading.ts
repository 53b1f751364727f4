import type { Interval } from "../core/interval.ts";
import type { Marginal } from "./covariance-marginals.ts";

/** A quantity over a posterior. */
export interface PosteriorReading {
  readonly median: number;
  /** Equal-tailed. */
  readonly interval: Interval;
}

/** Median and equal-tailed interval of a distribution. */
export function readMarginal({ quantile }: Marginal, confidenceLevel: number): PosteriorReading {
  const tail = (1 - confidenceLevel) / 2;
  return {
    median: quantile(0.5),
    interval: {
      lower: quantile(tail),
      upper: quantile(1 - tail),
      confidenceLevel,
      method: "posterior-quantiles",
      dualToTest: false,
      excluded: null,
    },
  };
}
