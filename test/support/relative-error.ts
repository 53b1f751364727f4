/** |actual / expected − 1|; 0 where both are equal, so that zeros and infinities can be compared. */
export function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs((actual - expected) / expected);
}

/** The error of a log or a statistic, which may be 0: relative where the expected value is above 1, absolute below. */
export function scaledError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
}
