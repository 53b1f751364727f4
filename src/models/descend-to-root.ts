const MOST_STEPS = 100;
const ROUNDING = 4 * Number.EPSILON;
/** An error of the root that is lost in its rounding. */
const LOST = Number.EPSILON / 16;

/**
 * The root of an increasing convex function by Newton's method: from above the root it descends without overshooting, so
 * it needs no bracket. A guess may lie below: the tangent there leads beyond the root, and no further than to `top`.
 *
 * @param top - above 0, at or above the root, or so little below that the step from there stays small
 * @param newtonStep - value over slope at x, for x from 0 to `top`
 * @param guess - near the root; `top` is taken where it does not lie between 0 and `top`
 */
export function descendToRoot(top: number, newtonStep: (x: number) => number, guess: number = top): number {
  const isGuessed = guess > 0 && guess < top;
  let x = isGuessed ? guess : top;
  let last = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const step = newtonStep(x);
    x -= step;
    if (i === 0 && isGuessed && x > top) x = top;
    const size = Math.abs(step);
    // The digits double: after steps of sizes a and b the next has about b³/a².
    if (size <= ROUNDING * x || size * size * size <= LOST * x * (last * last)) break;
    last = step;
  }
  return x;
}

/** A guess at the root of m² (s + m t) = chiSquared, for small m: no number between 0 and Infinity where there is none. */
export function guessShift(chiSquared: number, s: number, t: number): number {
  const square = chiSquared / s;
  return Math.sqrt(square) - (square * t) / (2 * s);
}
