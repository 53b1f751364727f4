/** Of the distance between the quartiles: beyond lies what Tukey (1977) calls far out. */
const FAR_OUT = 3;
/** Of the domain, left free at either end. */
const MARGIN = 0.05;

/**
 * The part of the line that a chart shows: all of what must be seen, and of the other values those that are not far out,
 * so that one huge interval does not flatten all others. What lies beyond is drawn as an arrow.
 *
 * @param mustBeSeen - finite, at least one
 */
export function effectDomain(values: readonly number[], mustBeSeen: readonly number[]): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value)).toSorted((a, b) => a - b);
  const [lowerQuartile, upperQuartile] = [0.25, 0.75].map((share) => quantileOf(finite, share));
  const reach = FAR_OUT * (upperQuartile! - lowerQuartile!);
  const near =
    reach > 0
      ? finite.filter((value) => value >= lowerQuartile! - reach && value <= upperQuartile! + reach)
      : finite;
  const seen = [...near, ...mustBeSeen];
  const [lowest, highest] = [Math.min(...seen), Math.max(...seen)];
  const margin = highest > lowest ? MARGIN * (highest - lowest) : 1;
  return [lowest - margin, highest + margin];
}

function quantileOf(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const next = sorted[below + 1];
  const value = sorted[below] ?? 0;
  return next === undefined ? value : value + (place - below) * (next - value);
}
