import type { Interval } from "../core/interval.ts";
import { betaQuantile, betaUpperQuantile } from "../numerics/beta.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import { equalTailed } from "./equal-tailed.ts";

/** The posterior of one arm's conversion rate: a Beta distribution. */
export interface BetaPosterior {
  readonly alpha: number;
  readonly beta: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** Equal-tailed credible interval. */
  readonly interval: Interval;
}

export function betaPosterior(
  { a, b, total, deviation }: BetaDensity,
  confidenceLevel: number,
): BetaPosterior {
  const interval = equalTailed(confidenceLevel, (side, tail) =>
    side === "lower" ? betaQuantile(tail, a, b) : betaUpperQuantile(tail, a, b),
  );
  return { alpha: a, beta: b, mean: a / total, standardDeviation: deviation, interval };
}
