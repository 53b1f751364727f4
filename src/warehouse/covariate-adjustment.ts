import { combinedVariance } from "../summaries/combined-variance.ts";
import type { SummaryRow } from "./summary-row.ts";

/** Mean and variance of one arm's metric after the adjustment by its covariate. */
export interface AdjustedResult {
  readonly mean: number;
  readonly variance: number;
}

/**
 * The coefficient that makes the variance of differences between arms least, Σ(s_xy/n) / Σ(s_xx/n) over all arms; 0
 * where the covariate does not vary. With two arms it is that of `adjustWithCovariate`.
 */
export function commonTheta(rows: readonly SummaryRow[]): number {
  let [shared, own] = [0, 0];
  for (const { n, covariance, other_variance: variance } of rows) {
    if (n === null || n === 0) continue;
    shared += covariance! / n;
    own += variance! / n;
  }
  return own > 0 ? shared / own : 0;
}

/** Each arm's metric adjusted to the covariate's mean over all of the arms, by their names. */
export function adjustedResults(rows: readonly SummaryRow[], theta: number): Map<string, AdjustedResult> {
  const filled = rows.filter(({ n }) => n !== null && n > 0);
  const total = filled.reduce((sum, { n }) => sum + n!, 0);
  // Steps from one arm's mean keep their digits where the covariate is large and varies little.
  const stepOf = ({ other_mean: mean }: SummaryRow): number => mean! - filled[0]!.other_mean!;
  const pooled = filled.reduce((sum, row) => sum + (row.n! / total) * stepOf(row), 0);
  return new Map(
    filled.map((row) => {
      const { arm, mean, variance, covariance, other_variance: spread } = row;
      const matrix = [
        [variance!, covariance!],
        [covariance!, spread!],
      ];
      const adjusted = {
        mean: mean! - theta * (stepOf(row) - pooled),
        variance: combinedVariance(matrix, [1, -theta]),
      };
      return [arm, adjusted];
    }),
  );
}
