import { DomainError } from "../core/domain-error.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import type { EffectTable } from "./effect-table.ts";

/**
 * How much each past experiment counts in a moment: all the same, in proportion to their precision (to n, where
 * sampling covariances are a unit covariance over n), or by given weights, such as units.
 */
export type ExperimentWeights = "equal" | "precision" | readonly number[];

/**
 * Weights of the experiments of a table, with sum 1.
 *
 * Precision is the inverse of a variance relative to the average experiment's, averaged over the metrics: so no unit of
 * measurement matters.
 *
 * @throws {DomainError} for given weights that are too few, too many, or not above 0
 */
export function experimentWeights(table: EffectTable, weights: ExperimentWeights): Float64Array {
  if (weights === "equal") return new Float64Array(table.experiments).fill(1 / table.experiments);
  if (weights === "precision") return normalised(precisions(table));
  if (!Array.isArray(weights) || weights.length !== table.experiments) {
    throw new DomainError(
      "weights",
      weights,
      `must be "equal", "precision", or one weight for each of the ${table.experiments} experiments`,
    );
  }
  weights.forEach((weight: number, k) => checkMagnitude(`weights[${k}]`, weight));
  return normalised(Float64Array.from(weights));
}

function precisions({ experiments, metrics, covariances }: EffectTable): Float64Array {
  const variance = (k: number, i: number): number => covariances[(k * metrics + i) * metrics + i]!;
  const average = new Float64Array(metrics);
  for (let k = 0; k < experiments; k++) {
    for (let i = 0; i < metrics; i++) average[i]! += variance(k, i) / experiments;
  }
  const precision = new Float64Array(experiments);
  for (let k = 0; k < experiments; k++) {
    let relative = 0;
    for (let i = 0; i < metrics; i++) relative += variance(k, i) / average[i]!;
    precision[k] = metrics / relative;
  }
  return precision;
}

function normalised(weights: Float64Array): Float64Array {
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}
