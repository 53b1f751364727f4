import { ConvergenceError } from "../core/convergence-error.ts";
export interface FindRootOptions {
  /** Absolute error of the root that is good enough; 0 (the default) asks for full double precision. */
  readonly tolerance?: number;
  /** 5000 by default: more than halving can need across all the exponents of a double. */
  readonly maxIterations?: number;
}

/**
 * A root of f between lower and upper, where f has opposite signs (either end may be the root itself).
 *
 * Inverse quadratic interpolation where it is safe and bisection where not: Chandrupatla (1997), "A new hybrid
 * quadratic/bisection algorithm". f may be infinite, never NaN.
 *
 * @throws {Error} when there is no sign change or f is NaN: mistakes of the calling code, not of its user
 */
export function findRoot(
  f: (x: number) => number,
  lower: number,
  upper: number,
  { tolerance = 0, maxIterations = 5000 }: FindRootOptions = {},
): number {
  let a = upper;
  let b = lower;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa > 0 !== fb > 0) || Number.isNaN(fa) || Number.isNaN(fb)) {
    throw new Error(`findRoot: no sign change, f(${lower}) = ${fb} and f(${upper}) = ${fa}`);
  }
  let fraction = 0.5;
  for (let i = 0; i < maxIterations; i++) {
    const x = a + fraction * (b - a);
    const fx = f(x);
    if (Number.isNaN(fx)) throw new Error(`findRoot: f(${x}) is NaN`);
    // The root stays between a, the newest point, and b; c is the point before.
    let c = a;
    let fc = fa;
    if (fx > 0 !== fa > 0) {
      c = b;
      fc = fb;
      b = a;
      fb = fa;
    }
    a = x;
    fa = fx;
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const smallestFraction =
      (2 ** -53 * Math.abs(best) + 0.5 * tolerance + Number.MIN_VALUE) / Math.abs(b - a);
    if (fa === 0 || smallestFraction >= 0.5 || a === b) return best;

    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    // Written so that NaN, from infinite values, means bisection.
    const interpolationIsSafe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    fraction = interpolationIsSafe
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * fa * fb) / ((fc - fa) * (fc - fb))
      : 0.5;
    if (!(fraction >= 0 && fraction <= 1)) fraction = 0.5;
    fraction = Math.min(Math.max(fraction, smallestFraction), 1 - smallestFraction);
  }
  throw new ConvergenceError(`a root between ${lower} and ${upper}`, maxIterations);
}
