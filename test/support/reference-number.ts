/** A number of a reference table, where infinities and NaN are strings. */
export function referenceNumber(value: number | string): number {
  return Number(value);
}
