/** Between which numbers a value x lies that is known as v with |v − x| <= accuracy · |x|. */
export function valueBounds(value: number, accuracy: number): { low: number; high: number } {
  const outwards = Math.min(Number.MAX_VALUE, Math.abs(value) / (1 - accuracy));
  const inwards = Math.abs(value) / (1 + accuracy);
  return value < 0 ? { low: -outwards, high: -inwards } : { low: inwards, high: outwards };
}
