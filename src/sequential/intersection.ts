import type { Interval } from "../core/interval.ts";

type Gap = NonNullable<Interval["excluded"]>;

/**
 * The values that two sets both hold, null where there are none. An interval holds one gap: of two that stay apart the
 * wider is kept, and the set is then larger than the intersection.
 */
export function intersection(first: Interval, second: Interval): Interval | null {
  let lower = Math.max(first.lower, second.lower);
  let upper = Math.min(first.upper, second.upper);
  let excluded = unionOf(first.excluded, second.excluded);
  if (excluded !== null && excluded.lower < lower) {
    lower = Math.max(lower, excluded.upper);
    excluded = null;
  } else if (excluded !== null && excluded.upper > upper) {
    upper = Math.min(upper, excluded.lower);
    excluded = null;
  }
  if (lower > upper) return null;
  const { confidenceLevel, method, dualToTest } = second;
  return { lower, upper, confidenceLevel, method, dualToTest, excluded };
}

function unionOf(first: Gap | null, second: Gap | null): Gap | null {
  if (first === null || second === null) return first ?? second;
  if (first.lower < second.upper && second.lower < first.upper) {
    return { lower: Math.min(first.lower, second.lower), upper: Math.max(first.upper, second.upper) };
  }
  return first.upper - first.lower >= second.upper - second.lower ? first : second;
}
