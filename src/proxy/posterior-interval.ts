import type { Interval } from "../core/interval.ts";
import { sortWithOrder } from "../numerics/sort-with-order.ts";

/** The equal-tailed interval of a distribution by its quantiles. */
export function equalTailedInterval(quantile: (p: number) => number, confidenceLevel: number): Interval {
  const tail = (1 - confidenceLevel) / 2;
  return {
    lower: quantile(tail),
    upper: quantile(1 - tail),
    confidenceLevel,
    method: "posterior-quantiles",
    dualToTest: false,
    excluded: null,
  };
}

/**
 * Quantiles of weighted values: each the smallest value with at least its share of the weight at or below it.
 *
 * @param values - infinities included
 * @param weights - that sum to 1
 */
export function weightedQuantiles(
  values: readonly number[],
  weights: readonly number[],
): (p: number) => number {
  const { sorted, order } = sortWithOrder(values);
  return (p) => {
    let below = 0;
    for (let rank = 0; rank < sorted.length; rank++) {
      below += weights[order[rank]!]!;
      if (below >= p) return sorted[rank]!;
    }
    return sorted[sorted.length - 1]!;
  };
}

/** The equal-tailed interval of a quantity over the nodes of a posterior, from its value at each. */
export function posteriorInterval(
  nodes: readonly { readonly weight: number }[],
  values: readonly number[],
  confidenceLevel: number,
): Interval {
  return equalTailedInterval(
    weightedQuantiles(
      values,
      nodes.map(({ weight }) => weight),
    ),
    confidenceLevel,
  );
}
