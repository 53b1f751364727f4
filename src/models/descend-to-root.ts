// Newton's method doubles the digits at each step; from a start within twice the value sought six or seven are enough.
const MOST_STEPS = 100;
const ROUNDING = 4 * Number.EPSILON;

/**
 * The root of an increasing convex function by Newton's method, from a start above the root: it descends without
 * overshooting, so it needs no bracket.
 *
 * @param start - above 0, at or above the root, or so little below that the step from there stays small
 * @param newtonStep - value over slope at x
 */
export function descendToRoot(start: number, newtonStep: (x: number) => number): number {
  let x = start;
  for (let i = 0; i < MOST_STEPS; i++) {
    const step = newtonStep(x);
    x -= step;
    if (Math.abs(step) <= ROUNDING * x) break;
  }
  return x;
}
