import { sin } from "./elementary/trigonometric.ts";

/** Nodes and weights of a quadrature rule: the integral is about the sum of weights[i] · f(nodes[i]). */
export interface QuadratureRule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The Gauss–Legendre rule on [−1, 1], exact for polynomials up to degree 2n − 1.
 *
 * Newton's method on the three-term recurrence from the asymptotic zeros (Abramowitz & Stegun 22.16.6), in y = 1 − x:
 * near the ends, where nodes crowd, x itself has too few digits left for the weights.
 *
 * @param n number of nodes, at least 1
 * @returns nodes in increasing order
 */
export function gaussLegendre(n: number): QuadratureRule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < (n + 1) / 2; i++) {
    let y = 2 * sin((Math.PI * (i + 0.75)) / (2 * n + 1)) ** 2;
    let { value, slope } = legendre(n, y);
    // From this start each step squares the error, beginning below 1e-3; four reach double precision.
    for (let step = 0; step < 4; step++) {
      y += value / slope;
      ({ value, slope } = legendre(n, y));
    }
    // The middle node of an odd rule is 0 by symmetry.
    const x = 2 * i + 1 === n ? 0 : 1 - y;
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = 2 / (y * (2 - y) * slope * slope);
    weights[n - 1 - i] = weights[i]!;
  }
  return { nodes, weights };
}

/** P_n and its derivative at x = 1 − y, by the recurrence for P_k − P_{k−1}. */
function legendre(n: number, y: number): { value: number; slope: number } {
  let value = 1;
  let difference = 0;
  for (let k = 1; k <= n; k++) {
    difference = ((k - 1) * difference - (2 * k - 1) * y * value) / k;
    value += difference;
  }
  return { value, slope: (n * (y * value - difference)) / (y * (2 - y)) };
}
