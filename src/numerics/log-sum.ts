/** ln(e^a + e^b), also where neither power is a double. */
export function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}

/** ln Σ e^log; −Infinity for no logs at all. */
export function logSum(logs: readonly number[]): number {
  const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  if (largest === -Infinity) return largest;
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0));
}
