import { ConvergenceError } from "../core/convergence-error.ts";
import { betaTailIntegral } from "./beta-tail-integral.ts";

/** What lies below a point x at or below the mean of Beta(a, b), both over x^a y^b / B(a, b). */
export interface BetaExcess {
  /** P(X < x). */
  readonly tail: number;
  /** (a + b) E max(x − X, 0). */
  readonly shortfall: number;
}

/** From these shapes on, and nearer to the mean than this many standard deviations, an integral is cheaper. */
const INTEGRAL_FROM = 10_000;
const FRACTION_FROM_DEVIATIONS = 3;
/** Twenty times what shapes of a millionth were seen to take; beyond it there is no number to come to. */
const MOST_TERMS = 5_000_000;

/** `lambda` is a − (a + b) x, at or above 0; `tolerance` is the relative error that may be left. */
export function betaExcess(
  x: number,
  y: number,
  a: number,
  b: number,
  lambda: number,
  tolerance: number = Number.EPSILON,
): BetaExcess {
  const variance = (a / (a + b)) * b;
  if (Math.min(a, b) >= INTEGRAL_FROM && lambda * lambda < FRACTION_FROM_DEVIATIONS ** 2 * variance) {
    const tail = betaTailIntegral(x, y, a, b, lambda);
    return { tail, shortfall: 1 - lambda * tail };
  }
  return byFraction(x, a, b, lambda, tolerance);
}

/**
 * The continued fraction of Didonato and Morris (1992, ACM TOMS 18, 360–373, BFRAC) is 1 / tail = front + rest with
 * front = a (lambda + 1) / (a + 1). So the shortfall, 1 − lambda · tail, is (front − lambda + rest) · tail, and
 * front − lambda = (a + b) x / (a + 1): nothing cancels, however far x lies in the tail. Evaluated by Lentz's method.
 */
function byFraction(x: number, a: number, b: number, lambda: number, tolerance: number): BetaExcess {
  const total = a + b;
  // 1 over the shape a + 2n − 1 of the nth term and of the one after it: a division in each term, instead of four.
  let inverse = 1 / (a + 1);
  let next = 1 / (a + 3);
  let half = (b - 1) * x * inverse;
  const first = a * total * inverse * x * half;
  let value = 1 + half + (a + 1) * (lambda + 3 - x) * next;
  let numerator = value;
  let denominator = 0;
  for (let n = 2; n <= MOST_TERMS; n += 1) {
    inverse = next;
    next = 1 / (a + 2 * n + 1);
    half = n * (b - n) * x * inverse;
    const alpha = (a + n - 1) * (total + n - 1) * inverse * x * half;
    const front = n + half + (a + n) * (lambda + 1 + n * (2 - x)) * next;
    numerator = front + alpha / numerator;
    denominator = 1 / (front + alpha * denominator);
    const factor = numerator * denominator;
    value *= factor;
    if (Math.abs(factor - 1) <= tolerance) {
      const rest = first / value;
      const tail = 1 / ((a * (lambda + 1)) / (a + 1) + rest);
      return { tail, shortfall: ((total * x) / (a + 1) + rest) * tail };
    }
  }
  throw new ConvergenceError(`the tail of Beta(${a}, ${b}) at ${x}`, MOST_TERMS);
}
