import { productDifference } from "../models/product-difference.ts";
import { sumOf } from "../numerics/sum.ts";
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts";

/**
 * Pearson's chi-squared test that all rows of a table of counts share one distribution over the columns.
 *
 * Empty rows and columns say nothing and are left out of the degrees of freedom.
 *
 * @param rows - counts, each row of the same length; at least one count above 0
 */
export function tableHomogeneity(rows: readonly (readonly number[])[]): ChiSquaredTest {
  const rowTotals = rows.map(sumOf);
  const columnTotals = rows[0]!.map((_, column) => sumOf(rows.map((row) => row[column]!)));
  const total = sumOf(rowTotals);
  const filled = (totals: readonly number[]): number => totals.filter((count) => count > 0).length;
  let statistic = 0;
  rows.forEach((row, i) => {
    row.forEach((count, j) => {
      const rowTotal = rowTotals[i]!;
      const columnTotal = columnTotals[j]!;
      if (rowTotal === 0 || columnTotal === 0) return;
      // (observed − expected)² / expected with the deviation from exact products.
      const deviation = productDifference(count, total, rowTotal, columnTotal) / total;
      statistic += (deviation / rowTotal) * (deviation / columnTotal) * total;
    });
  });
  return chiSquaredTest(statistic, (filled(rowTotals) - 1) * (filled(columnTotals) - 1));
}
