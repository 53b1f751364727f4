/** A computed correlation: rounding may carry a perfect one past ±1. */
export function withinOne(correlation: number): number {
  return Math.min(1, Math.max(-1, correlation));
}
