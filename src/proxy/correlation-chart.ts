import { cholesky } from "../numerics/cholesky.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { cosh, tanh } from "../numerics/elementary/hyperbolic.ts";
import { atanh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";

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

/** Beyond it less than 1e-10 of a variance is left, and rounding decides whether a covariance is definite. */
export const LARGEST_COORDINATE = 12;

/**
 * The point of a covariance, positive definite and given row by row.
 *
 * @returns null where it is not positive definite
 */
export function pointOfCovariance(metrics: number, covariance: Float64Array): number[] | null {
  const last = metrics - 1;
  const order = [last, ...Array.from({ length: last }, (_, i) => i)];
  const deviation = Array.from({ length: metrics }, (_, i) => Math.sqrt(covariance[i * metrics + i]!));
  const root = cholesky(
    order.map((i) => order.map((j) => covariance[i * metrics + j]! / (deviation[i]! * deviation[j]!))),
  );
  if (root === null) return null;
  const x = deviation.map(ln);
  for (let i = 0; i < last; i++) {
    // What earlier metrics leave of this one's variance: all of it, less a square for each.
    let left = 1;
    for (let given = 0; given <= i; given++) {
      const own = root[i + 1]![given]!;
      x[partialCoordinate(metrics, i, given)] = atanh(own / Math.sqrt(left));
      left -= own * own;
    }
  }
  return x;
}

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
      root[i * metrics + given] = left * tanh(z);
      left /= cosh(z); // √(1 − tanh²)
    }
    root[i * metrics + i + 1] = left;
  }
  const covariance = new Float64Array(metrics * metrics);
  for (let i = 0; i < metrics; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < metrics; k++) sum += root[i * metrics + k]! * root[j * metrics + k]!;
      covariance[i * metrics + j] = covariance[j * metrics + i] =
        (i === j ? 1 : sum) * exp(x[at + i]! + x[at + j]!);
    }
  }
  return covariance;
}
