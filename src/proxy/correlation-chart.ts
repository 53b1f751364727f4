/**
 * Coordinates in which a covariance of true effects is free: the logs of the standard deviations, and the inverse
 * hyperbolic tangents of partial correlations. First come those of each proxy with the macro metric, which nothing is
 * held fixed for; then those of proxy 2 with proxy 1 given the macro metric, of proxy 3 with proxy 1 and then with
 * proxy 2 given proxy 1 too, and so on. Any values give a covariance, and for one proxy they are the coordinates of
 * the quadrature.
 *
 * Lewandowski, Kurowicka and Joe (2009), a C-vine whose root is the macro metric.
 */
export interface CorrelationChart {
  /** Metrics, the macro metric among them. */
  readonly metrics: number;
  /** Number of coordinates. */
  readonly size: number;
}

export function correlationChart(metrics: number): CorrelationChart {
  return { metrics, size: (metrics * (metrics + 1)) / 2 };
}

/** Which coordinate belongs to the partial correlation of proxy `i` with number `given` of macro, proxy 1, proxy 2, … */
export function partialCoordinate(metrics: number, i: number, given: number): number {
  const proxies = metrics - 1;
  return metrics + (given === 0 ? i : proxies + (i * (i - 1)) / 2 + given - 1);
}

/** Beyond it a hyperbolic tangent is a rounding away from ±1. */
export const LARGEST_COORDINATE = 17;

/** The covariance at a point, row by row, metrics in their order with the macro metric last. */
export function covarianceAtPoint(metrics: number, x: ArrayLike<number>, at = 0): Float64Array {
  const last = metrics - 1;
  // The Cholesky factor of the correlations, macro first: what each partial correlation leaves is passed on.
  const root = new Float64Array(metrics * metrics);
  root[last * metrics] = 1;
  for (let i = 0; i < last; i++) {
    let left = 1;
    for (let given = 0; given <= i; given++) {
      const z = x[at + partialCoordinate(metrics, i, given)]!;
      root[i * metrics + given] = left * Math.tanh(z);
      left /= Math.cosh(z); // √(1 − tanh²)
    }
    root[i * metrics + i + 1] = left;
  }
  const covariance = new Float64Array(metrics * metrics);
  for (let i = 0; i < metrics; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < metrics; k++) sum += root[i * metrics + k]! * root[j * metrics + k]!;
      covariance[i * metrics + j] = covariance[j * metrics + i] =
        (i === j ? 1 : sum) * Math.exp(x[at + i]! + x[at + j]!);
    }
  }
  return covariance;
}
