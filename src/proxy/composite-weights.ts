import { leastNormSolution } from "../numerics/least-norm-solution.ts";
import type { Matrix, Vector } from "../numerics/matrix.ts";
import { nonNegativeSolution } from "../numerics/non-negative-solution.ts";
import { averageCovariance, type CompleteJointNode } from "./joint-effect-covariance.ts";
import { proxyBlock } from "./proxy-block.ts";

/** Average over the nodes of the best weights, (Λ_ss + Ω_ss/n)⁻¹ Λ_sy; in the limit n → 0 times n. */
export function averageWeights(
  nodes: readonly CompleteJointNode[],
  unitCovariance: Matrix,
  n: number,
): number[] {
  const sum = unitCovariance.slice(1).map(() => 0);
  for (const { covariance, weight } of nodes) {
    const own = leastNormSolution(estimateCovariance(covariance, unitCovariance, n), macroColumn(covariance));
    own.forEach((value, i) => (sum[i]! += weight * value));
  }
  return sum;
}

/** The weights at or above 0 of least mean squared error over the nodes: those of their average covariance. */
export function nonNegativeWeights(
  nodes: readonly CompleteJointNode[],
  unitCovariance: Matrix,
  n: number,
): number[] {
  const average = averageCovariance(nodes);
  return nonNegativeSolution(estimateCovariance(average, unitCovariance, n), macroColumn(average));
}

function macroColumn(covariance: Matrix): Vector {
  return covariance.at(-1)!.slice(0, -1);
}

/** Covariance of the proxies' estimates; in the limit n → 0 times n. */
function estimateCovariance(covariance: Matrix, unitCovariance: Matrix, n: number): number[][] {
  const noise = proxyBlock(unitCovariance);
  if (n === 0) return noise;
  return proxyBlock(covariance).map((row, i) => row.map((entry, j) => entry + noise[i]![j]! / n));
}
