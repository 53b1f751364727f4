import type { Matrix, Vector } from "../numerics/matrix.ts";
import type { Moments } from "./moments.ts";
import { mergeMoments } from "./moments.ts";

/** Ways to estimate the one coefficient vector θ of both arms; all aim at the same value. */
export type ThetaChoice = "minimum-variance" | "within" | "total";

export const THETA_CHOICES: readonly ThetaChoice[] = ["minimum-variance", "within", "total"];

/**
 * θ for moments whose first metric is to be adjusted by all others.
 *
 * - `minimum-variance`: makes the variance of the adjusted difference least, Σ S_xx/n · θ = Σ s_xy/n.
 * - `within`: least squares with a mean for each arm, Σ (n − 1) S_xx · θ = Σ (n − 1) s_xy.
 * - `total`: least squares over all units, arms ignored.
 */
export function covariateCoefficients(control: Moments, treatment: Moments, choice: ThetaChoice): number[] {
  if (choice === "total") return coefficientsOf(mergeMoments([control, treatment]).covariance);
  const weight = ({ n }: Moments): number => (choice === "within" ? n - 1 : 1 / n);
  const [first, second] = [weight(control), weight(treatment)];
  return coefficientsOf(
    control.covariance.map((row, i) =>
      row.map((entry, j) => first * entry + second * treatment.covariance[i]![j]!),
    ),
  );
}

/** A covariate that the ones before it determine but for this share of its variance adds rounding and nothing else. */
const ROUNDING = 1e-9;

/**
 * Regression of the first metric on the others, from a covariance matrix, by Cholesky on the scale of correlations.
 *
 * A covariate that does not vary, or that the ones before it determine, gets 0, as in R's `lm`: the coefficients are
 * then not unique, but the adjusted metric is.
 */
function coefficientsOf(covariance: Matrix): number[] {
  const scale = covariance.map((row, i) => Math.sqrt(row[i]!));
  const size = covariance.length;
  const factor: number[][] = covariance.map((row) => row.map(() => 0));
  const projected: number[] = covariance.map(() => 0);
  for (let i = 1; i < size; i++) {
    if (scale[i] === 0) continue;
    for (let j = 1; j <= i; j++) {
      if (factor[j]![j] === 0 && j < i) continue;
      const rest = covariance[i]![j]! / scale[i]! / scale[j]! - upTo(factor[i]!, factor[j]!, j);
      if (j < i) factor[i]![j] = rest / factor[j]![j]!;
      else factor[i]![i] = rest > ROUNDING ? Math.sqrt(rest) : 0;
    }
    if (factor[i]![i] === 0) continue;
    projected[i] = (covariance[i]![0]! / scale[i]! - upTo(factor[i]!, projected, i)) / factor[i]![i]!;
  }
  const theta = covariance.map(() => 0);
  for (let i = size - 1; i >= 1; i--) {
    if (factor[i]![i] === 0) continue;
    let rest = projected[i]!;
    for (let k = i + 1; k < size; k++) rest -= factor[k]![i]! * theta[k]!;
    theta[i] = rest / factor[i]![i]!;
  }
  return theta.slice(1).map((value, i) => (scale[i + 1] === 0 ? 0 : value / scale[i + 1]!));
}

function upTo(x: Vector, y: Vector, end: number): number {
  let sum = 0;
  for (let k = 1; k < end; k++) sum += x[k]! * y[k]!;
  return sum;
}
