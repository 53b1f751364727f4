import type { Interval } from "../core/interval.ts";
import { betaQuantile, betaUpperQuantile } from "../numerics/beta.ts";
import type { Side } from "../numerics/beside-line.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import { equalTailed } from "./equal-tailed.ts";
import { betaMarginal } from "./beta-marginal.ts";
import { highestDensityOfMarginal } from "./highest-density-of-marginal.ts";
import { type QuantileAt, quantilesAt } from "./quantiles-at.ts";

/** The posterior of one arm's conversion rate: a Beta distribution. */
export interface BetaPosterior {
  readonly alpha: number;
  readonly beta: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** Equal-tailed credible interval. */
  readonly interval: Interval;
  /** The shortest interval of the same probability; it begins or ends where the density rises to an end. */
  readonly highestDensityInterval: Interval;
  /** One for each level asked for; none unless asked for. */
  readonly quantiles: readonly QuantileAt[];
}

export function betaPosterior(
  density: BetaDensity,
  confidenceLevel: number,
  quantileLevels: readonly number[] = [],
): BetaPosterior {
  const { a, b, total, deviation } = density;
  const quantile = (side: Side, tail: number): number =>
    side === "lower" ? betaQuantile(tail, a, b) : betaUpperQuantile(tail, a, b);
  return {
    alpha: a,
    beta: b,
    mean: a / total,
    standardDeviation: deviation,
    interval: equalTailed(confidenceLevel, quantile),
    highestDensityInterval: highestDensityOfBeta(density, confidenceLevel, quantile),
    quantiles: quantilesAt(quantileLevels, quantile),
  };
}

/** The density of a Beta variable rises to an end whose shape is at most 1; with both below 1, to both ends. */
function highestDensityOfBeta(
  density: BetaDensity,
  confidenceLevel: number,
  quantile: (side: Side, tail: number) => number,
): Interval {
  const { a, b } = density;
  if (a > 1 && b > 1) return highestDensityOfMarginal(betaMarginal(density), confidenceLevel);
  const outside = 1 - confidenceLevel;
  const rest = { confidenceLevel, method: "highest-density", dualToTest: false, excluded: null };
  const fromZero = { lower: 0, upper: quantile("upper", outside), ...rest };
  const toOne = { lower: quantile("lower", outside), upper: 1, ...rest };
  return fromZero.upper <= 1 - toOne.lower ? fromZero : toOne;
}
