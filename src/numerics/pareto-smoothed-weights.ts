import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** Importance weights whose largest are made as large as a smooth tail has them. */
export interface ParetoSmoothedWeights {
  /** They sum to 1. */
  readonly weights: Float64Array;
  /**
   * Shape of the generalised Pareto distribution of the largest weights: averages are as good as their effective draws
   * tell below 0.5, still useful below 0.7, and have no mean from 1 on. −Infinity where the largest are all but equal, and
   * Infinity where too few draws have a weight at all.
   */
  readonly shape: number;
}

/** Beyond this shape it takes hopelessly many draws for averages to settle (Vehtari et al. 2024, section 3). */
export const LARGEST_SHAPE = 0.7;

/**
 * Replaces the largest weights by the expected order statistics of a generalised Pareto distribution fitted to them: a
 * draw that happens to lie far out then counts for no more than its rank among the others says.
 *
 * Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto smoothed importance sampling.
 *
 * @param weights - at or above 0, with a sum of 1
 */
export function paretoSmoothedWeights(weights: Float64Array): ParetoSmoothedWeights {
  const { length } = weights;
  const tail = Math.ceil(Math.min(0.2 * length, 3 * Math.sqrt(length)));
  const order = Array.from(weights.keys()).toSorted((a, b) => weights[a]! - weights[b]!);
  const cut = weights[order[length - tail - 1]!]!;
  const largest = order.slice(length - tail);
  const excesses = largest.map((k) => weights[k]! - cut);
  const most = excesses[tail - 1]!;
  if (!(cut > 0)) return { weights, shape: Infinity };
  if (!(excesses[quartile(tail)]! > ROUNDING * most)) return { weights, shape: -Infinity };
  const { shape, scale } = fitPareto(excesses);
  const smoothed = weights.slice();
  largest.forEach((k, rank) => {
    // −ln(1 − p) of the middle of the rank's share.
    const exponent = -log1p(-(rank + 0.5) / tail);
    const excess = shape === 0 ? scale * exponent : (scale * expm1(shape * exponent)) / shape;
    smoothed[k] = cut + Math.min(most, excess);
  });
  let total = 0;
  for (const weight of smoothed) total += weight;
  return { weights: smoothed.map((weight) => weight / total), shape };
}

/** Excesses of this share of the largest are ties up to rounding. */
const ROUNDING = 1e-12;
/** As many observations of a shape of a half stand for what is believed before a fit. */
const PRIOR_COUNT = 10;

/**
 * Shape and scale of a generalised Pareto distribution, by a posterior mean over a grid that the data lay out.
 *
 * Zhang and Stephens (2009), with the prior for the shape of Vehtari et al. (2024).
 *
 * @param values - above 0, in rising order
 */
function fitPareto(values: readonly number[]): { readonly shape: number; readonly scale: number } {
  const { length } = values;
  const size = 30 + Math.floor(Math.sqrt(length));
  const shapeAt = (theta: number): number =>
    values.reduce((sum, value) => sum + log1p(-theta * value), 0) / length;
  const thetas: number[] = [];
  const logs: number[] = [];
  for (let i = 0; i < size; i++) {
    const theta =
      1 / values[length - 1]! + (1 - Math.sqrt(size / (i + 0.5))) / (3 * values[quartile(length)]!);
    // At 0 the distribution is exponential, in the limit.
    if (theta === 0) continue;
    const shape = shapeAt(theta);
    thetas.push(theta);
    logs.push(length * (ln(-theta / shape) - shape - 1));
  }
  const highest = Math.max(...logs);
  const weights = logs.map((log) => exp(log - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const theta = thetas.reduce((sum, value, i) => sum + (weights[i]! / total) * value, 0);
  const shape = shapeAt(theta);
  return {
    shape: (shape * length + 0.5 * PRIOR_COUNT) / (length + PRIOR_COUNT),
    scale: -shape / theta,
  };
}

function quartile(length: number): number {
  return Math.floor(length / 4 + 0.5) - 1;
}
