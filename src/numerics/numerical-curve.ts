import type { Vector } from "./matrix.ts";
import type { Curved } from "./maximize-in-box.ts";

/** Balances what rounding and what higher derivatives do to a second difference of a log-density. */
const STEP = 1e-3;

/**
 * Value, gradient and Hessian of a smooth function by central differences, for functions of coordinates of the order of
 * 1: to some six digits of the gradient and three of the Hessian, from (size + 1) (size + 2)/2 + size values.
 */
export function numericalCurve(f: (x: Vector) => number, x: Vector): Curved {
  const value = f(x);
  const moved = (changes: readonly (readonly [number, number])[]): number => {
    const there = [...x];
    for (const [i, change] of changes) there[i]! += change;
    return f(there);
  };
  const above = x.map((_, i) => moved([[i, STEP]]));
  const below = x.map((_, i) => moved([[i, -STEP]]));
  const gradient = x.map((_, i) => (above[i]! - below[i]!) / (2 * STEP));
  const hessian = x.map((_, i) =>
    x.map((__, j) => (i === j ? (above[i]! + below[i]! - 2 * value) / STEP ** 2 : 0)),
  );
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const corner = moved([
        [i, STEP],
        [j, STEP],
      ]);
      // From four values, three of which are known: the error is of the order of a step.
      const mixed = (corner - above[i]! - above[j]! + value) / STEP ** 2;
      hessian[i]![j] = hessian[j]![i] = mixed;
    }
  }
  return { value, gradient, hessian };
}
