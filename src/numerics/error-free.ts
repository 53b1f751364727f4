// Error-free transformations: what a rounded sum or product lost, as a double.

/** a + b − sum exactly, where sum is the rounded a + b. Source: D. E. Knuth (1969), volume 2, 4.2.2, theorem B. */
export function sumError(a: number, b: number, sum: number): number {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}

const SPLITTER = 2 ** 27 + 1;

/**
 * a · b − product exactly, where product is the rounded a · b; both below 1e299.
 * Source: T. J. Dekker (1971), Numerische Mathematik 18, 224–242.
 */
export function productError(a: number, b: number, product: number): number {
  const aBig = SPLITTER * a;
  const aHigh = aBig - (aBig - a);
  const aLow = a - aHigh;
  const bBig = SPLITTER * b;
  const bHigh = bBig - (bBig - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * a / b − quotient to double precision, where quotient is the rounded a / b; 0 where the product back overflows.
 * Source: T. J. Dekker (1971).
 */
export function quotientError(a: number, b: number, quotient: number): number {
  const back = quotient * b;
  const error = (a - back - productError(quotient, b, back)) / b;
  return Number.isFinite(error) ? error : 0;
}
