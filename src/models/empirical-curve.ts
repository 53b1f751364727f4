import type { DelayCurve } from "./delay-curve.ts";

/**
 * A delay as it was counted: straight lines between the points, from 0 at age 0 to the first of them, and level after
 * the last.
 */
export function empiricalCurve(days: readonly number[], shares: readonly number[]): DelayCurve {
  const at = [0, ...days];
  // A first point at age 0 is a share that converts at once.
  const share = [0, ...shares];
  /** Area under the curve up to each point. */
  const area = [0];
  for (let i = 1; i < at.length; i++) {
    area.push(area[i - 1]! + 0.5 * (at[i]! - at[i - 1]!) * (share[i]! + share[i - 1]!));
  }
  const last = at.length - 1;
  /** The last point at or before an age. */
  const pointBefore = (age: number): number => {
    let low = 0;
    let high = at.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (at[middle]! <= age) low = middle;
      else high = middle;
    }
    return low;
  };
  const shareAt = (age: number, point: number): number => {
    if (point === last) return share[last]!;
    const way = (age - at[point]!) / (at[point + 1]! - at[point]!);
    return share[point]! + way * (share[point + 1]! - share[point]!);
  };
  return {
    shareBy: (age) => shareAt(age, pointBefore(age)),
    meanShareBy(age) {
      const point = pointBefore(age);
      const rest = 0.5 * (age - at[point]!) * (share[point]! + shareAt(age, point));
      return (area[point]! + rest) / age;
    },
    largestShare: share[last]!,
    kinks: days,
  };
}
