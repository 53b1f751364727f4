import { sumOf } from "../numerics/sum.ts";

/** A straight line through estimates with known errors, weighed by 1/se². */
export interface WeightedLine {
  readonly slope: number;
  /** Of the slope, if the errors are all that the estimates differ from the line by. */
  readonly slopeError: number;
  /** Σ (residual / se)²: chi-squared with two degrees of freedom less than points, under the line. */
  readonly residualQ: number;
  readonly at: (x: number) => number;
  /** Residuals in their standard errors, √(1 − leverage) times those of the estimates; 0 where the line must pass. */
  readonly residuals: readonly number[];
}

/**
 * Regression of estimates on one covariate with the weights 1/se², as `lm(y ~ x, weights = 1/se^2)` and metafor's
 * `rma(method = "FE", mods = ~ x)`.
 *
 * @param x - at least two different values
 * @param standardErrors - of y, finite and above 0
 */
export function weightedLine(
  x: readonly number[],
  y: readonly number[],
  standardErrors: readonly number[],
): WeightedLine {
  // Relative to the smallest, so that no error a double holds over- or underflows when squared.
  const smallest = standardErrors.reduce((least, error) => Math.min(least, error), Infinity);
  const weights = standardErrors.map((error) => (smallest / error) ** 2);
  const total = sumOf(weights);
  const mean = (values: readonly number[]): number =>
    values[0]! + values.reduce((sum, value, i) => sum + weights[i]! * (value - values[0]!), 0) / total;
  const centre = mean(x);
  const level = mean(y);
  let [spread, joint] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const run = x[i]! - centre;
    spread += weights[i]! * run * run;
    joint += weights[i]! * run * (y[i]! - level);
  }
  const slope = joint / spread;
  const at = (value: number): number => level + slope * (value - centre);
  const ownResiduals = y.map((value, i) => (value - level - slope * (x[i]! - centre)) / standardErrors[i]!);
  return {
    slope,
    slopeError: smallest / Math.sqrt(spread),
    residualQ: ownResiduals.reduce((sum, residual) => sum + residual * residual, 0),
    at,
    residuals: ownResiduals.map((residual, i) => {
      const rest = 1 - weights[i]! * (1 / total + (x[i]! - centre) ** 2 / spread);
      return rest > ROUNDING ? residual / Math.sqrt(rest) : 0;
    }),
  };
}

/** A point with less than this of its variance left has all but fixed the line. */
const ROUNDING = 1e-9;
