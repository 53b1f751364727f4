// Exact sizes carry a few roundings: one that is a whole number but for these is that whole number, not the next.
const ROUNDING = 8 * Number.EPSILON;

/** The smallest whole number at or above x, and at least 1. */
export function wholeUnits(x: number): number {
  const nearest = Math.round(x);
  return Math.max(1, Math.abs(x - nearest) <= ROUNDING * nearest ? nearest : Math.ceil(x));
}
