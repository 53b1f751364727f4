import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { leastNormSolution } from "./least-norm-solution.ts";
import { dot, type Matrix, type Vector } from "./matrix.ts";

/** Of what b asks for: a smaller gradient is rounding. */
const ROUNDING = 1e-12;

/**
 * The x >= 0 that minimises ½ xᵀ A x − bᵀ x for a symmetric positive semidefinite A, by active sets: a variable is let go
 * while that lowers the minimum, and held at 0 again where its own optimum lies below. At the end A x − b is 0 at
 * variables above 0 and at or above 0 elsewhere (up to rounding), which is the optimum and only that.
 *
 * Lawson and Hanson (1974), chapter 23.
 */
export function nonNegativeSolution(matrix: Matrix, b: Vector): number[] {
  const x = b.map(() => 0);
  let free: number[] = [];
  let passes = 0;
  for (;;) {
    const entering = mostWanted(matrix, b, x, free);
    if (entering === null) return x;
    free.push(entering);
    for (;;) {
      passes += 1;
      if (passes > MOST_ROUNDS)
        throw new ConvergenceError(`an optimum of ${b.length} variables`, MOST_ROUNDS);
      const target = minimumOver(matrix, b, free);
      const share = longestStep(x, target, free);
      free.forEach((i, k) => (x[i]! += share * (target[k]! - x[i]!)));
      if (share === 1) break;
      // Who came to 0 stays there; the last to enter has a way up, so that the sets never repeat.
      free.forEach((i, k) => {
        if (target[k]! <= 0 && x[i]! <= ROUNDING * Math.abs(target[k]!)) x[i] = 0;
      });
      free = free.filter((i) => x[i]! > 0);
    }
  }
}

/** The variable at 0 that lowers the minimum most if let go, in units of its own; null at the optimum. */
function mostWanted(matrix: Matrix, b: Vector, x: Vector, free: readonly number[]): number | null {
  let best: number | null = null;
  let most = 0;
  matrix.forEach((row, i) => {
    if (free.includes(i) || !(row[i]! > 0)) return;
    const wanted = b[i]! - dot(row, x);
    const size = Math.abs(b[i]!) + row.reduce((sum, entry, j) => sum + Math.abs(entry * x[j]!), 0);
    const gain = wanted / Math.sqrt(row[i]!);
    if (wanted > ROUNDING * size && gain > most) {
      most = gain;
      best = i;
    }
  });
  return best;
}

function minimumOver(matrix: Matrix, b: Vector, free: readonly number[]): number[] {
  return leastNormSolution(
    free.map((i) => free.map((j) => matrix[i]![j]!)),
    free.map((i) => b[i]!),
  );
}

/** The share of the way to a target that leaves nothing below 0. */
function longestStep(x: Vector, target: Vector, free: readonly number[]): number {
  let share = 1;
  free.forEach((i, k) => {
    if (target[k]! <= 0) share = Math.min(share, x[i]! / (x[i]! - target[k]!));
  });
  return share;
}
