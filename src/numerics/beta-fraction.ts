/**
 * The lower tail of Beta(a, b) at x over x^a y^b / B(a, b), by continued fraction; for x at or below the mean, where it
 * converges whatever the shapes, so there is no limit on its terms. `lambda` is a − (a + b) x.
 *
 * Source: Didonato and Morris (1992), ACM TOMS 18, 360–373 (algorithm 708, BFRAC), evaluated by Lentz's method.
 */
export function betaFraction(x: number, a: number, b: number, lambda: number): number {
  let front = (a * (lambda + 1)) / (a + 1);
  let numerator = front;
  let denominator = 0;
  let value = front;
  let factor = Infinity;
  for (let n = 1; Math.abs(factor - 1) > Number.EPSILON; n += 1) {
    const shape = a + 2 * n - 1;
    const step = (n * (b - n) * x) / shape;
    const alpha = (((a + n - 1) * (a + b + n - 1)) / shape) * x * step;
    front = n + step + ((a + n) * (lambda + 1 + n * (2 - x))) / (shape + 2);
    numerator = front + alpha / numerator;
    denominator = 1 / (front + alpha * denominator);
    factor = numerator * denominator;
    value *= factor;
  }
  return 1 / value;
}
