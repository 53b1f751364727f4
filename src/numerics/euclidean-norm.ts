/** Root of the sum of squares of any number of values; the largest is divided out, so that none over- or underflows. */
export function euclideanNorm(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  return largest * Math.sqrt(values.reduce((sum, value) => sum + (value / largest) ** 2, 0));
}
