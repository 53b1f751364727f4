import { chiSquared } from "../../src/numerics/chi-squared.ts";

/** How far probabilities that should be uniform are from it. */
export interface Uniformity {
  readonly counts: readonly number[];
  readonly statistic: number;
  readonly pValue: number;
}

/** The histogram of values in [0, 1] over equal bins, with the chi-squared test that all bins are as likely. */
export function uniformity(values: readonly number[], bins = 20): Uniformity {
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))]! += 1;
  const expected = values.length / bins;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return { counts, statistic, pValue: chiSquared.sf(statistic, bins - 1) };
}
