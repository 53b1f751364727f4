import { type JointCounts, jointN } from "../summaries/joint-counts.ts";

/** A number for each cell of a table of micro × macro conversion. */
export type CellScores = { readonly [Cell in keyof JointCounts]: number };

const CELLS = ["neither", "macroOnly", "microOnly", "both"] as const;

/**
 * Sampling covariance of one arm's mean scores: the covariance of both scores between its units, over n. About the
 * means, so that nothing cancels.
 */
export function cellCovariance(table: JointCounts, first: CellScores, second: CellScores): number {
  const n = jointN(table);
  const mean = (scores: CellScores): number =>
    CELLS.reduce((sum, cell) => sum + (table[cell] / n) * scores[cell], 0);
  const [firstMean, secondMean] = [mean(first), mean(second)];
  const products = CELLS.reduce(
    (sum, cell) => sum + (table[cell] / n) * (first[cell] - firstMean) * (second[cell] - secondMean),
    0,
  );
  return products / n;
}
