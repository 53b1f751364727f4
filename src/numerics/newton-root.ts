import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
/**
 * The root of an increasing function by Newton's method, kept inside a bracket: a step that leaves it, or that no
 * longer halves the step before, is replaced by bisection (Press et al. 2007, Numerical Recipes, 9.4).
 *
 * @param f returns the value and the derivative at x; increasing, below 0 at lower and above 0 at upper
 * @param lower where f is below 0; −Infinity is legal, and so is a point where f cannot be evaluated
 * @param upper where f is above 0; Infinity is legal
 * @param start first point, strictly between lower and upper
 * @param tolerance a step that short is the last: the error left is about its square; 0 asks for double precision
 * @returns the root
 * @throws {Error} when f is NaN: a mistake of the calling code
 */
export function newtonRoot(
  f: (x: number) => readonly [value: number, derivative: number],
  lower: number,
  upper: number,
  start: number,
  tolerance = 0,
): number {
  let x = start;
  let lastStep = Infinity;
  let lastSize = Infinity;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [value, derivative] = f(x);
    if (Number.isNaN(value)) throw new Error(`newtonRoot: f(${x}) is NaN`);
    if (value === 0) return x;
    if (value < 0) lower = x;
    else upper = x;
    let next = x - value / derivative;
    // At the level of rounding Newton's steps stop shrinking: the better of the last two points is the root.
    const size = Math.abs(value);
    const shortest = Math.max(tolerance, 4 * Number.EPSILON * Math.abs(x));
    if (Math.abs(next - x) <= shortest && next >= lower && next <= upper) return next;
    const isProgress = Math.abs(next - x) <= 0.5 * Math.abs(lastStep) || size <= 0.25 * lastSize;
    if (!(next > lower && next < upper && isProgress)) next = middle(lower, upper, x);
    if (next <= lower || next >= upper) return x;
    lastStep = next - x;
    lastSize = size;
    x = next;
  }
  throw new ConvergenceError(`a root between ${lower} and ${upper}`, MOST_ROUNDS);
}

/** Half-way; towards an infinite end, twice as far. */
function middle(lower: number, upper: number, x: number): number {
  if (lower === -Infinity) return upper === Infinity ? x : x - Math.max(1, Math.abs(x));
  if (upper === Infinity) return x + Math.max(1, Math.abs(x));
  return lower + 0.5 * (upper - lower);
}
