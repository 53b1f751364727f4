import { cholesky } from "../../src/numerics/cholesky.ts";
import type { Matrix } from "../../src/numerics/matrix.ts";
import type { Random } from "../../src/numerics/random.ts";

/** One draw from N(0, covariance). */
export function drawNormal(covariance: Matrix, random: Random): number[] {
  return drawNormals(covariance, random)();
}

/** Draws from N(0, covariance). */
export function drawNormals(covariance: Matrix, random: Random): () => number[] {
  const root = cholesky(covariance)!;
  return () => {
    const z = root.map(() => random.normal());
    return root.map((row, i) => {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += row[j]! * z[j]!;
      return sum;
    });
  };
}
