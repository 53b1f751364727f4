import { logPowerConstant } from "./beta-prefix.ts";
import { ln } from "./elementary/ln.ts";

/** Whether Beta(a, b) at x is read off the power series at 0: a shape up to 1 and few terms, all of them small. */
export function inPowerRange(x: number, a: number, b: number): boolean {
  return a <= 1 && x <= 0.5 && b * x <= 1;
}

/**
 * ln of the leading term x^a / (a B(a, b)) of the lower tail, and the excess over 1 of the series that multiplies it.
 * The lower tail is exp(log) (1 + excess), the upper −expm1(log) − exp(log) excess, right even where a is tiny.
 * Source: Abramowitz and Stegun (1964), 26.5.4 regrouped as Didonato and Morris (1992) do for small shapes (BPSER).
 *
 * @param constant logPowerConstant(a, b), where the caller has it
 */
export function betaPowerSeries(
  x: number,
  a: number,
  b: number,
  constant: number = logPowerConstant(a, b),
): { log: number; excess: number } {
  let power = 1;
  let term = 1;
  let sum = 0;
  for (let n = 1; Math.abs(term) > Number.EPSILON * Math.abs(sum); n += 1) {
    power *= ((n - b) * x) / n;
    term = power / (a + n);
    sum += term;
  }
  return { log: a * ln(x) + constant, excess: a * sum };
}
