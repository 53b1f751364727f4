import type { Interval } from "../core/interval.ts";
import { sortWithOrder } from "../numerics/sort-with-order.ts";

/**
 * The equal-tailed interval of a quantity over the nodes of a posterior: weighted quantiles, each the smallest value
 * with at least its share of the weight at or below it.
 *
 * @param values - one a node, infinities included
 * @param weights - that sum to 1
 */
export function posteriorInterval(
  values: readonly number[],
  weights: readonly number[],
  confidenceLevel: number,
): Interval {
  const { sorted, order } = sortWithOrder(values);
  const quantile = (p: number): number => {
    let below = 0;
    for (let rank = 0; rank < sorted.length; rank++) {
      below += weights[order[rank]!]!;
      if (below >= p) return sorted[rank]!;
    }
    return sorted[sorted.length - 1]!;
  };
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
