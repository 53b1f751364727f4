import { expectedCell } from "./expected-cell.ts";
import { type HypergeometricParameters, hypergeometricSupport } from "./hypergeometric-tails.ts";
import { exp } from "./elementary/exp.ts";

/** Probabilities of neighbouring whole numbers from `lowest` on; those left out on both sides are too small to show. */
export interface CountDistribution {
  readonly lowest: number;
  readonly probabilities: Float64Array;
}

/** Probabilities below this part of the largest are left out. */
const NEGLIGIBLE = 1e-30;

/** Fisher's noncentral hypergeometric distribution around its middle; in a table of counts above 1e9 it is too wide. */
export function noncentralDistribution(
  parameters: HypergeometricParameters,
  logOdds: number,
): CountDistribution {
  const { population, successes, draws } = parameters;
  const { lowest, highest } = hypergeometricSupport(parameters);
  const centre = Math.round(expectedCell(draws, successes, population, exp(logOdds)));
  const start = Math.min(highest, Math.max(lowest, centre));
  const odds = exp(logOdds);
  // P(K = k + 1) / P(K = k).
  const ratio = (k: number): number =>
    odds * ((draws - k) / (k + 1)) * ((successes - k) / (population - successes - draws + k + 1));
  const up = outward(highest - start, (step) => ratio(start + step));
  const down = outward(start - lowest, (step) => 1 / ratio(start - step - 1));
  const probabilities = Float64Array.from([...down.toReversed(), 1, ...up]);
  return { lowest: start - down.length, probabilities: normalised(probabilities) };
}

/** The distribution of the sum of independent counts, in time of the products of their widths. */
export function sumDistribution(parts: readonly CountDistribution[]): CountDistribution {
  return parts.reduce((sum, part) => {
    const probabilities = new Float64Array(sum.probabilities.length + part.probabilities.length - 1);
    part.probabilities.forEach((probability, j) => {
      sum.probabilities.forEach((other, i) => (probabilities[i + j]! += probability * other));
    });
    return { lowest: sum.lowest + part.lowest, probabilities };
  });
}

export function meanCount({ lowest, probabilities }: CountDistribution): number {
  return lowest + probabilities.reduce((sum, probability, i) => sum + probability * i, 0);
}

export function varianceOfCount(distribution: CountDistribution): number {
  const middle = meanCount(distribution) - distribution.lowest;
  return distribution.probabilities.reduce((sum, probability, i) => sum + probability * (i - middle) ** 2, 0);
}

/** Weights relative to that of the start, as far as they show. */
function outward(farthest: number, ratio: (step: number) => number): number[] {
  const weights: number[] = [];
  let weight = 1;
  let largest = 1;
  for (let step = 0; step < farthest; step++) {
    weight *= ratio(step);
    if (weight < NEGLIGIBLE * largest) break;
    largest = Math.max(largest, weight);
    weights.push(weight);
  }
  return weights;
}

function normalised(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
