/** How far an interval's ends are from a reference, relative to their own size or to the width, whichever is larger. */
export function endError(
  actual: { readonly lower: number; readonly upper: number },
  [lower, upper]: readonly [number, number],
): number {
  const width = upper - lower < Infinity ? upper - lower : 0;
  const error = (end: number, expected: number): number =>
    end === expected ? 0 : Math.abs(end - expected) / Math.max(Math.abs(expected), width);
  return Math.max(error(actual.lower, lower), error(actual.upper, upper));
}
