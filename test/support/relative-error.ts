/** |actual / expected − 1|; 0 where both are equal, so that zeros and infinities can be compared. */
export function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs((actual - expected) / expected);
}
