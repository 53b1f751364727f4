// Squares between these neither overflow nor lose digits below the normal numbers.
const LEAST = 2 ** -480;
const MOST = 2 ** 480;

/** Root of the sum of squares of any number of values; none over- or underflows. */
export function euclideanNorm(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0 || largest === Infinity) return largest;
  const unit = largest < LEAST || largest > MOST ? largest : 1;
  return unit * Math.sqrt(values.reduce((sum, value) => sum + (value / unit) ** 2, 0));
}
