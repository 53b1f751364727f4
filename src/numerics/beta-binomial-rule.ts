import type { QuadratureRule } from "./gauss-legendre.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/**
 * Gauss's rule for a beta-binomial count K: E f(K) is about Σ weights[i] · f(nodes[i]), exact for polynomials up to degree
 * 2 · size − 1, and for every f where there are no more counts than nodes. Nodes lie between 0 and n, mostly at no whole
 * number; weights sum to 1.
 *
 * The polynomials that are orthogonal under this distribution are Hahn's; the eigenvalues of the matrix of their
 * recurrence are the nodes, the squared first components of its eigenvectors the weights.
 * Source: Koekoek, Lesky and Swarttouw (2010), section 9.5, for the recurrence; Golub and Welsch (1969) for the rule.
 *
 * @param size number of nodes, at most n + 1 of which are used
 */
export function betaBinomialRule(n: number, alpha: number, beta: number, size: number): QuadratureRule {
  const nodes = Math.min(size, n + 1);
  const total = alpha + beta;
  const up = (k: number): number =>
    k === 0
      ? (alpha * n) / total
      : (((k + total - 1) / (2 * k + total - 1)) * (k + alpha) * (n - k)) / (2 * k + total);
  const down = (k: number): number =>
    k === 0 ? 0 : ((k * (k + beta - 1)) / (2 * k + total - 2)) * ((k + total + n - 1) / (2 * k + total - 1));
  const matrix = Array.from({ length: nodes }, (_, i) =>
    Array.from({ length: nodes }, (_unused, j) => {
      if (i === j) return up(i) + down(i);
      return Math.abs(i - j) === 1 ? -Math.sqrt(up(Math.min(i, j)) * down(Math.max(i, j))) : 0;
    }),
  );
  const { values, vectors } = symmetricEigen(matrix);
  return {
    nodes: values.map((value) => Math.min(n, Math.max(0, value))),
    weights: vectors.map((vector) => vector[0]! ** 2),
  };
}
