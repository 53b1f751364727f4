import { generalizedEigen } from "../numerics/generalized-eigen.ts";
import type { Matrix } from "../numerics/matrix.ts";

export interface SemidefiniteProjection {
  readonly matrix: Matrix;
  /** Whether the matrix was positive definite, and so came back as it was. */
  readonly wasDefinite: boolean;
}

/**
 * The positive semidefinite matrix nearest to a moment estimate in units of the sampling noise: eigenvalues below 0 are
 * set to 0 after whitening by the noise. No choice of units for the metrics moves it, and for equal sampling
 * covariances it is the restricted maximum likelihood estimate. Amemiya (1985).
 *
 * @param noise - positive definite: the average sampling covariance
 */
export function projectSemidefinite(matrix: Matrix, noise: Matrix): SemidefiniteProjection {
  const eigen = generalizedEigen(matrix, noise);
  if (eigen === null || eigen.values.at(-1)! > 0) return { matrix, wasDefinite: true };
  const size = matrix.length;
  const projected = matrix.map((row) => row.map(() => 0));
  eigen.values.forEach((value, r) => {
    if (value <= 0) return;
    const image = eigen.images[r]!;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) projected[i]![j]! += value * (image[i]! * image[j]!);
    }
  });
  return { matrix: projected, wasDefinite: false };
}
