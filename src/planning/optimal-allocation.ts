import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** In the log of the allocation: 11 powers of ten around the rule for equal variances, in either direction. */
const FARTHEST = 25;
/** Half the distance of the two totals that are compared. */
const STEP = 1e-3;
/** In the log of the allocation: what is finer is lost in the roundings of the totals. */
const TOLERANCE = 2e-11;
/** Totals beyond any traffic, where a search would run into the largest double. */
const OUT_OF_REACH = 1e200;

/**
 * The allocation (treatment n over control n) with the fewest units in all.
 *
 * In the log of the allocation the total falls to one minimum and rises from it. Where the variances stand still it is
 * symmetric about the minimum, which equal totals on both sides then find exactly; where they move with the allocation,
 * as the pooled variance and Dunnett's critical value do, they find it to six digits, which the total does not feel.
 *
 * @param total all units as a function of the allocation; where there is no finite number the answer is 1 / √treatments,
 *   the rule for equal variances
 */
export function optimalAllocation(total: (allocation: number) => number, treatments = 1): number {
  const rule = 1 / Math.sqrt(treatments);
  if (!(total(rule) < OUT_OF_REACH)) return rule;
  const at = (log: number): number => rule * exp(log);
  const slope = (log: number): number => total(at(log + STEP)) - total(at(log - STEP));
  const bracket = bracketRoot(slope, -0.5, 0.5, { minimum: -FARTHEST, maximum: FARTHEST });
  if (bracket === null) return at(slope(0) < 0 ? FARTHEST : -FARTHEST);
  return at(findRoot(slope, ...bracket, { tolerance: TOLERANCE }));
}
