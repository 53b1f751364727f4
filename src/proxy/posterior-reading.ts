import type { Interval } from "../core/interval.ts";
import type { Marginal } from "./covariance-marginals.ts";
import { equalTailedInterval } from "./posterior-interval.ts";

/** A quantity over a posterior. */
export interface PosteriorReading {
  readonly median: number;
  /** Equal-tailed. */
  readonly interval: Interval;
}

/** Median and equal-tailed interval of a distribution. */
export function readMarginal(
  { quantile }: Pick<Marginal, "quantile">,
  confidenceLevel: number,
): PosteriorReading {
  return { median: quantile(0.5), interval: equalTailedInterval(quantile, confidenceLevel) };
}
