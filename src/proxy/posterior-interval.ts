import type { Interval } from "../core/interval.ts";

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
  const order = values.map((_, i) => i);
  order.sort((i, j) => compare(values[i]!, values[j]!));
  const quantile = (p: number): number => {
    let below = 0;
    for (const i of order) {
      below += weights[i]!;
      if (below >= p) return values[i]!;
    }
    return values[order[order.length - 1]!]!;
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

/** Orders infinities too, whose difference is NaN. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
