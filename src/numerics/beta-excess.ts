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

/** `lambda` is a − (a + b) x, at or above 0. */
export function betaExcess(x: number, y: number, a: number, b: number, lambda: number): BetaExcess {
  const variance = (a / (a + b)) * b;
  if (Math.min(a, b) >= INTEGRAL_FROM && lambda * lambda < FRACTION_FROM_DEVIATIONS ** 2 * variance) {
    const tail = betaTailIntegral(x, y, a, b, lambda);
    return { tail, shortfall: 1 - lambda * tail };
  }
  return byFraction(x, a, b, lambda);
}

/**
 * The continued fraction of Didonato and Morris (1992, ACM TOMS 18, 360–373, BFRAC) is 1 / tail = front + rest with
 * front = a (lambda + 1) / (a + 1). So the shortfall, 1 − lambda · tail, is (front − lambda + rest) · tail, and
 * front − lambda = (a + b) x / (a + 1): nothing cancels, however far x lies in the tail. Evaluated by Lentz's method.
 */
function byFraction(x: number, a: number, b: number, lambda: number): BetaExcess {
  const first = partialNumerator(1, x, a, b);
  let value = partialDenominator(1, x, a, b, lambda);
  let numerator = value;
  let denominator = 0;
  for (let n = 2; ; n += 1) {
    const alpha = partialNumerator(n, x, a, b);
    const front = partialDenominator(n, x, a, b, lambda);
    numerator = front + alpha / numerator;
    denominator = 1 / (front + alpha * denominator);
    const factor = numerator * denominator;
    value *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) break;
  }
  const rest = first / value;
  const tail = 1 / ((a * (lambda + 1)) / (a + 1) + rest);
  return { tail, shortfall: (((a + b) * x) / (a + 1) + rest) * tail };
}

function partialNumerator(n: number, x: number, a: number, b: number): number {
  const shape = a + 2 * n - 1;
  return (((a + n - 1) * (a + b + n - 1)) / shape) * x * ((n * (b - n) * x) / shape);
}

function partialDenominator(n: number, x: number, a: number, b: number, lambda: number): number {
  const shape = a + 2 * n;
  return n + (n * (b - n) * x) / (shape - 1) + ((a + n) * (lambda + 1 + n * (2 - x))) / (shape + 1);
}
