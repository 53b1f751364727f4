import type { Side } from "./beside-line.ts";
import { logSum } from "./log-sum.ts";
import { newtonRoot } from "./newton-root.ts";
import { logNormalLoss } from "./normal-loss.ts";
import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { normalCdf, normalLogCdf, normalLogSf, normalSf, normalUpperQuantile } from "./normal.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

/** One normal distribution of a mixture, or a point where its standard deviation is 0. */
export interface NormalComponent {
  /** ln of its share of the mixture; the shares sum to 1. */
  readonly logWeight: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

export type NormalMixture = readonly NormalComponent[];

export function mixtureMean(mixture: NormalMixture): number {
  let sum = 0;
  for (const { logWeight, mean } of mixture) sum += exp(logWeight) * mean;
  return sum;
}

/** Mean of the variances plus variance of the means. */
export function mixtureVariance(mixture: NormalMixture): number {
  const centre = mixtureMean(mixture);
  let sum = 0;
  for (const { logWeight, mean, standardDeviation } of mixture) {
    sum += exp(logWeight) * (standardDeviation ** 2 + (mean - centre) ** 2);
  }
  return sum;
}

/** P(X < value) or P(X > value), each a tail of its own; a point at the value itself is in neither. */
export function mixtureTail(mixture: NormalMixture, value: number, side: Side): number {
  let sum = 0;
  for (const { logWeight, mean, standardDeviation } of mixture) {
    const distance = value - mean;
    const weight = exp(logWeight);
    if (standardDeviation > 0) {
      sum += weight * (side === "lower" ? normalCdf : normalSf)(distance / standardDeviation);
    } else if (side === "lower" ? distance > 0 : distance < 0) sum += weight;
  }
  // Rounding may carry shares that sum to 1 past it.
  return Math.min(1, sum);
}

/** Sums from here on have lost nothing that matters to underflow, and their logs are to be had for one logarithm. */
const LEAST_SUM = 1e-280;

/** ln of the same, finite far below 1e-308. */
export function mixtureLogTail(mixture: NormalMixture, value: number, side: Side): number {
  const tail = mixtureTail(mixture, value, side);
  // Near 1 a tail has no digits left that its log would need.
  if (tail >= LEAST_SUM && tail <= 0.5) return ln(tail);
  const logTail = side === "lower" ? normalLogCdf : normalLogSf;
  const sign = side === "lower" ? -1 : 1;
  return Math.min(
    0,
    logSum(
      mixture.map(({ logWeight, mean, standardDeviation }) => {
        if (standardDeviation > 0) return logWeight + logTail((value - mean) / standardDeviation);
        return sign * (mean - value) > 0 ? logWeight : -Infinity;
      }),
    ),
  );
}

/** ln of the density beside the points. */
export function mixtureLogDensity(mixture: NormalMixture, value: number): number {
  let density = 0;
  for (const { logWeight, mean, standardDeviation } of mixture) {
    if (!(standardDeviation > 0)) continue;
    const distance = (value - mean) / standardDeviation;
    density += exp(logWeight - 0.5 * distance * distance) / standardDeviation;
  }
  if (density >= LEAST_SUM && density < Infinity) return ln(density) - LOG_SQRT_TWO_PI;
  return logSum(
    mixture.map(({ logWeight, mean, standardDeviation }) =>
      standardDeviation > 0
        ? logWeight -
          0.5 * ((value - mean) / standardDeviation) ** 2 -
          ln(standardDeviation) -
          LOG_SQRT_TWO_PI
        : -Infinity,
    ),
  );
}

/** E max(value − X, 0) or E max(X − value, 0): what is missed below or above a value. */
export function mixtureLoss(mixture: NormalMixture, value: number, side: Side): number {
  let sum = 0;
  for (const { logWeight, mean, standardDeviation } of mixture) {
    const distance = side === "lower" ? mean - value : value - mean;
    sum +=
      standardDeviation > 0
        ? standardDeviation * exp(logWeight + logNormalLoss(distance / standardDeviation))
        : exp(logWeight) * Math.max(0, -distance);
  }
  return sum;
}

/** The value that X stays below (`lower`) or above (`upper`) with probability `tail`; at a point, the point. */
export function mixtureQuantile(mixture: NormalMixture, side: Side, tail: number): number {
  const sign = side === "lower" ? 1 : -1;
  const z = normalUpperQuantile(tail);
  // The quantile lies between those of the components.
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { mean, standardDeviation } of mixture) {
    const own = mean - sign * z * standardDeviation;
    lowest = Math.min(lowest, own);
    highest = Math.max(highest, own);
  }
  if (!(highest > lowest)) return lowest;
  const other = side === "lower" ? "upper" : "lower";
  for (const { mean: point, standardDeviation } of mixture) {
    if (standardDeviation > 0) continue;
    const isOnSide = tail <= exp(mixtureLogTail(mixture, point, side));
    const isOnOther = 1 - tail < exp(mixtureLogTail(mixture, point, other));
    if (!isOnSide && !isOnOther) return point;
    if (isOnSide === (side === "lower")) highest = Math.min(highest, point);
    else lowest = Math.max(lowest, point);
  }
  const logTail = ln(tail);
  const excess = (value: number): readonly [number, number] => {
    const log = mixtureLogTail(mixture, value, side);
    return [sign * (log - logTail), exp(mixtureLogDensity(mixture, value) - log)];
  };
  return newtonRoot(excess, lowest, highest, lowest + 0.5 * (highest - lowest));
}
