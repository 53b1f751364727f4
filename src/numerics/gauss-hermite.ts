import { findRoot } from "./find-root.ts";
import type { QuadratureRule } from "./gauss-legendre.ts";
import { cos, sin } from "./elementary/trigonometric.ts";

/**
 * The Gauss–Hermite rule for a standard normal Z: E f(Z) is about Σ weights[i] · f(nodes[i]), exact for polynomials
 * up to degree 2n − 1. The weights sum to 1.
 *
 * Newton's method on the orthonormal recurrence, from the zeros of the WKB approximation (Szegő, Orthogonal
 * Polynomials, 8.22).
 *
 * @param n number of nodes, 1 to 700 (beyond it the polynomials overflow)
 * @returns nodes in increasing order
 */
export function gaussHermite(n: number): QuadratureRule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < (n + 1) / 2; i++) {
    const angle = findRoot((t) => (n + 0.5) * (t - sin(t) * cos(t)) - Math.PI * (i + 0.75), 0, Math.PI);
    let x = Math.sqrt(4 * n + 2) * cos(angle);
    let { value, previous } = hermite(n, x);
    for (let step = 0; step < 5; step++) {
      // The derivative of the orthonormal polynomial is √n times the one before it.
      x -= value / (Math.sqrt(n) * previous);
      ({ value, previous } = hermite(n, x));
    }
    if (2 * i + 1 === n) {
      x = 0;
      ({ previous } = hermite(n, x));
    }
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = 1 / (n * previous * previous);
    weights[n - 1 - i] = weights[i]!;
  }
  return { nodes, weights };
}

/** The orthonormal Hermite polynomials of degree n and n − 1 under N(0, 1). */
function hermite(n: number, x: number): { value: number; previous: number } {
  let previous = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    [previous, value] = [value, (x * value - Math.sqrt(k - 1) * previous) / Math.sqrt(k)];
  }
  return { value, previous };
}
