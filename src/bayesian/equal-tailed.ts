import type { Interval } from "../core/interval.ts";
import type { Side } from "../numerics/beside-line.ts";

/** The credible interval that leaves out half of 1 − confidenceLevel on each side. */
export function equalTailed(
  confidenceLevel: number,
  quantile: (side: Side, tail: number) => number,
): Interval {
  const tail = (1 - confidenceLevel) / 2;
  return {
    lower: quantile("lower", tail),
    upper: quantile("upper", tail),
    confidenceLevel,
    method: "equal-tailed",
    dualToTest: false,
    excluded: null,
  };
}
