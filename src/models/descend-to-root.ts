// Newton's method for the root of an increasing convex function. From above the root it descends without overshooting, so
// it needs no bracket; from a guess below, the tangent leads beyond the root, and the first step is cut at a point that
// is known to lie above and forgotten. Digits double at each step: two to four are enough from a good guess.
//
// Score limits write their loops out: numbers that a closure shares with its maker are boxed, which takes longer than the
// steps, and a batch of comparisons would allocate in each row.

/** More than Newton's method ever takes from there. */
export const MOST_STEPS = 100;
const ROUNDING = 4 * Number.EPSILON;
/** An error of the root that is lost in its rounding. */
const LOST = Number.EPSILON / 16;

/** A step as long as this share of x may lead to a place where the function bends otherwise. */
const LONG = 2 ** -12;

/** Whether x, which the last two steps of Newton's method led to, is the root; `before` is 0 where there was one step. */
export function isAtRoot(x: number, step: number, before: number): boolean {
  const size = Math.abs(step);
  // After steps of sizes a and b the next has about b³/a².
  return size <= ROUNDING * x || (size <= LONG * x && size * size * size <= LOST * x * (before * before));
}

/** The point to start from: the guess, unless it is none or lies above `top`, which is at or above the root. */
export function startBelow(top: number, guess: number): number {
  return guess > 0 && guess < top ? guess : top;
}

/** A guess at the root of m² (s + t m + u m²) = chiSquared, for small m; no number above 0 where there is none. */
export function guessShift(chiSquared: number, s: number, t: number, u: number): number {
  const inverse = 1 / s;
  const square = chiSquared * inverse;
  const first = Math.sqrt(square);
  const x = t * inverse * first;
  return first * (1 - 0.5 * x + (0.625 * x * x - 0.5 * u * inverse * square));
}

/**
 * The root of an increasing convex function.
 *
 * @param start - above 0, at or above the root, or so little below that the step from there stays small
 * @param newtonStep - value over slope at x
 */
export function descendToRoot(start: number, newtonStep: (x: number) => number): number {
  let x = start;
  let before = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const step = newtonStep(x);
    x -= step;
    if (isAtRoot(x, step, before)) break;
    before = step;
  }
  return x;
}
