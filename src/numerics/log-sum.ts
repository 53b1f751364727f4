import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** ln(e^a + e^b), also where neither power is a double. */
export function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === -Infinity ? larger : larger + log1p(exp(Math.min(a, b) - larger));
}

/** ln Σ e^log; −Infinity for no logs at all. */
export function logSum(logs: readonly number[]): number {
  const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  if (largest === -Infinity) return largest;
  return largest + ln(logs.reduce((sum, log) => sum + exp(log - largest), 0));
}
