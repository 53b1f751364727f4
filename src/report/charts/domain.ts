/** The part of a line that a chart shows. */
export type Domain = readonly [lowest: number, highest: number];

/** A value, or the end of the domain that is nearest to it. */
export function within([lowest, highest]: Domain, value: number): number {
  return Math.min(Math.max(value, lowest), highest);
}

/**
 * From the smallest to the largest of some values, with a margin at either end.
 *
 * @param values - finite, at least one
 * @param margin - a share of the distance between them
 */
export function domainAround(values: readonly number[], margin: number): [number, number] {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const room = margin * (highest - lowest || 1);
  return [lowest - room, highest + room];
}
