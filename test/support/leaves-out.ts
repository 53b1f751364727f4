import type { Interval } from "../../src/core/interval.ts";

/** Whether an interval rules a value out: beyond its ends, or in its gap. */
export function leavesOut({ lower, upper, excluded }: Interval, value: number): boolean {
  const isInGap = excluded !== null && excluded.lower < value && excluded.upper > value;
  return lower > value || upper < value || isInGap;
}
